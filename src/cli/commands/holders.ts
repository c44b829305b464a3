import { readRegistry } from '../../composition/catalogue.ts'
import { type Config, readConfig } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import type { Holder } from '../../foundation/holder.ts'
import type { HolderStanding } from '../../server/gatewayPort.ts'
import { createLog } from '../../server/log.ts'
import type { CommandContext } from '../commandContext.ts'
import { loadGateway } from '../gatewayModule.ts'
import { table } from '../text.ts'

/** `wholeview holders`: who holds records, where they are read, and how each stands now. */
export const listHolders = async ({ env, terminal }: CommandContext): Promise<void> => {
  const config = readConfig(env)
  const { holders } = await readRegistry(config.registryFile)
  const standings = await standingsOf(config)
  const all = [...holders.values()].map((holder) => ({ ...holder, ...stateOf(holder, standings) }))
  if (terminal.json) terminal.out(JSON.stringify(all))
  else terminal.out(table(all.map((holder) => [...told(holder)])))
}

/** Null where the stores cannot be opened, as while a gateway runs on the embedded one: then no state is told. */
async function standingsOf(config: Config): Promise<readonly HolderStanding[] | null> {
  try {
    const { openGateway } = await loadGateway()
    const gateway = await openGateway(config, { log: createLog('silent') })
    try {
      return await gateway.holders()
    } finally {
      await gateway.close()
    }
  } catch (error) {
    if (error instanceof StartupError) return null
    throw error
  }
}

const stateOf = ({ id, binding }: Holder, standings: readonly HolderStanding[] | null) => {
  const found = standings?.find((each) => each.id === id)
  if (found) return { state: found.state, detail: found.detail }
  return binding === null
    ? { state: 'NOT_CONNECTED', detail: 'nothing connects it' }
    : { state: 'NOT_KNOWN', detail: 'its binding could not be opened here' }
}

const told = (holder: Holder & ReturnType<typeof stateOf>): readonly string[] => {
  const { id, kind, service, organisation, name, areas, contact, state } = holder
  const served = areas.length === 0 ? 'no area' : areas.join(' ')
  return [
    id,
    state,
    kind,
    service,
    organisation ?? 'whoever the records name',
    name,
    served,
    state === 'NOT_CONNECTED' ? '' : placeOf(holder),
    contact?.office ?? '',
  ]
}

const placeOf = ({ binding }: Holder): string => {
  if (binding === null) return ''
  const name = 'database' in binding ? binding.database : 'server' in binding ? binding.server : undefined
  return name === undefined ? binding.type : `${binding.type} ${name}`
}
