import { readOf } from '../../composition/boundHolders.ts'
import { readRegistry } from '../../composition/catalogue.ts'
import { type Config, readConfig } from '../../foundation/config.ts'
import { StartupError } from '../../foundation/errors.ts'
import type { Holder } from '../../foundation/holder.ts'
import type { HolderStanding } from '../../server/gatewayTypes.ts'
import { createLog } from '../../server/log.ts'
import type { CommandContext } from '../commandContext.ts'
import { DoneInPart } from '../commandFailure.ts'
import { loadGateway } from '../loadGateway.ts'
import { table } from '../terminalText.ts'

/** `wholeview holders`: who holds records, where they are read, and how each stands now. */
export const listHolders = async ({ env, terminal }: CommandContext): Promise<void> => {
  const config = readConfig(env)
  const { holders, contacts } = await readRegistry(config.registryFile)
  const standings = await standingsOf(config)
  const isRead = readOf({ holders }, config)
  const all = [...holders.values()].map((holder) => {
    const office = contacts[holder.kind]
    const contact = holder.contact ?? (office === undefined ? null : { office })
    return { ...holder, contact, ...stateOf(holder, standings, isRead(holder)) }
  })
  if (terminal.json) terminal.out(JSON.stringify(all))
  else {
    terminal.out(table([columns, ...all.map((holder) => [...told(holder)])]))
    const steps = all.flatMap(({ id, detail, step }) => (step === null ? [] : [[id, `${detail}.`, step]]))
    if (steps.length > 0) terminal.out(`What is to be done:\n${table(steps)}`)
  }
  if ('problems' in standings)
    throw new DoneInPart(
      `How those stand that are read here is not known:\n${standings.problems.map((each) => `  - ${each}`).join('\n')}`,
    )
}

/** How each stands, or why that is not known. */
type Standings = { readonly known: readonly HolderStanding[] } | { readonly problems: readonly string[] }

/** Not known where the stores cannot be opened, as while a gateway runs on the embedded one. */
async function standingsOf(config: Config): Promise<Standings> {
  try {
    const { openGateway } = await loadGateway()
    const gateway = await openGateway(config, { log: createLog('silent') })
    try {
      return { known: await gateway.holders() }
    } finally {
      await gateway.close()
    }
  } catch (error) {
    if (error instanceof StartupError) return { problems: error.problems }
    throw error
  }
}

const stateOf = ({ id }: Holder, standings: Standings, isRead: boolean) => {
  const found = 'known' in standings ? standings.known.find((each) => each.id === id) : undefined
  if (found) return { state: found.state, detail: found.detail, step: found.step }
  return isRead
    ? { state: 'NOT_KNOWN', detail: 'its binding could not be opened here', step: null }
    : { state: 'NOT_CONNECTED', detail: 'nothing connects it', step: null }
}

const columns = ['id', 'state', 'kind', 'service', 'organisation', 'name', 'areas', 'read from', 'whom to ring']

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
