import { readRegistry } from '../../composition/catalogue.ts'
import { readConfig } from '../../foundation/config.ts'
import type { Holder } from '../../foundation/holder.ts'
import type { CommandContext } from '../commandContext.ts'
import { table } from '../text.ts'

/** `wholeview holders`: who holds records, where they are read, and who is not connected. */
export const listHolders = async ({ env, terminal }: CommandContext): Promise<void> => {
  const { holders } = await readRegistry(readConfig(env).registryFile)
  const all = [...holders.values()]
  if (terminal.json) terminal.out(JSON.stringify(all))
  else terminal.out(table(all.map((holder) => [...row(holder)])))
}

const row = ({ id, kind, service, organisation, name, areas, binding, contact }: Holder): readonly string[] => [
  ...[id, kind, service, organisation ?? 'whoever the records name', name],
  areas.length === 0 ? 'no area' : areas.join(' '),
  placeOf(binding),
  contact?.office ?? '',
]

const placeOf = (binding: Holder['binding']): string => {
  if (binding === null) return 'NOT_CONNECTED'
  const name = 'database' in binding ? binding.database : 'server' in binding ? binding.server : undefined
  return name === undefined ? binding.type : `${binding.type} ${name}`
}
