import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableOf } from '../goalTable.ts'
import { machineText } from '../machine.ts'
import { withSection } from '../pageSection.ts'
import { root } from '../runningContestant.ts'
import { answerFor } from '../usageAnswer.ts'
import { chronology } from './chronology.ts'
import { firstScreen } from './firstScreen.ts'
import { holders } from './holders.ts'
import { inbox } from './inbox.ts'
import { inPlace, type Row } from './measuringPlace.ts'
import { readOptions, usageOf } from './options.ts'
import { rules } from './rules.ts'
import { watcher } from './watcher.ts'

/** What changes records comes last. */
const rows: readonly Row[] = [holders, firstScreen, rules, watcher, inbox, chronology]

/** Measures how far the gateway reaches, row by row, in one run. @returns the exit code: 1 when a goal is missed. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words, rows)
  if (typeof options === 'string') return answerFor(options, usageOf(rows))
  const { goals, version, records } = await inPlace(
    options,
    rows.filter(({ name }) => options.rows.includes(name)),
  )
  const text = [
    '## Reach: holders, alerts, messages and long records',
    '',
    `\`${['npm run bench -- reach', ...words].join(' ')}\` on ${new Date().toISOString().slice(0, 10)}: ${machineText(version)}. ${options.children} generated children with ${records} records, everything on; the middle of ${options.rounds} rounds of ${options.seconds} s, each warm before.`,
    '',
    tableOf(goals),
  ].join('\n')
  console.log(text)
  if (options.write) {
    const page = join(root, 'bench/README.md')
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'reach', text))
  }
  return goals.every(({ isReached }) => isReached !== false) ? 0 : 1
}
