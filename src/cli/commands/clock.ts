import { unwind, wind, woundBy } from '../../composition/demonstrationClock.ts'
import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { CommandFailure, UsageFailure } from '../commandFailure.ts'
import { count } from '../terminalText.ts'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** `+2d`, `+90m`, `+1w` in milliseconds; null where it is none. */
export function windingOf(text: string): number | null {
  const [, number = '', unit = ''] = /^\+(\d{1,5})([mhdw])$/.exec(text) ?? []
  const length = units[unit]
  return length === undefined ? null : Number(number) * length
}

/** `wholeview clock`: tells by how much the demonstration's clock is wound ahead, winds it further, or puts it back. */
export const clock = ({ env, terminal }: CommandContext, by?: string): void => {
  const config = readConfig(env)
  if (!config.demonstration || !config.demonstrationAsOf)
    throw new CommandFailure('Only the demonstration has a clock of its own.')
  if (by === 'reset') unwind(config.dataDir)
  else if (by !== undefined) {
    const milliseconds = windingOf(by)
    if (milliseconds === null) throw new UsageFailure('Say +30m, +3h, +2d, +1w or reset.')
    wind(config.dataDir, milliseconds)
  }
  const ahead = woundBy(config.dataDir)
  const begins = new Date(config.demonstrationAsOf.getTime() + ahead).toISOString()
  if (terminal.json) terminal.out(JSON.stringify({ begins, aheadMilliseconds: ahead }))
  else
    terminal.out(
      `The demonstration begins at ${begins}, ${count(Math.round(ahead / 60_000), 'minute')} after its first day ends. A gateway that runs follows within a second.`,
    )
}
