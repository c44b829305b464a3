import type { DocumentNode } from 'graphql'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { TlsFiles } from '../foundation/config.ts'
import type { Holder } from '../foundation/holder.ts'
import type { AgencySource } from '../sources/source.ts'
import { type AgencyCall, type AgencyModel, agencySchema } from './agencySchema.ts'
import { type GatewayKeys, gatewayKeys } from './gatewayKeys.ts'
import { answerPeople, type ReadPeople } from './peopleEndpoint.ts'
import { provenSender } from './provenSender.ts'
import { recordLoader } from './recordLoader.ts'
import type { Router } from './routerSignature.ts'
import { subgraphEngine } from './subgraphEngine.ts'
import { formatSubgraphError, type SubgraphLog } from './subgraphErrors.ts'
import { type RunningSubgraph, startSubgraphHttp } from './subgraphHttp.ts'

export interface AgencySubgraphOptions {
  readonly agency: AgencyName
  /** The one holder that is served; absent: the agency as a whole. */
  readonly holder?: string | undefined
  /** Of the agency as a whole, who holds its records, where they are told apart. */
  readonly holders?: readonly Holder[] | undefined
  readonly source: AgencySource
  /** Whom it knows, for the gateway's register; absent: that is told to nobody. */
  readonly people?: ReadPeople
  /** From `agencySubgraphSdl`. */
  readonly sdl: string
  readonly model: AgencyModel
  /** The gateway whose grants are accepted, as `iss` names it. */
  readonly issuer: string
  readonly keys: GatewayKeys
  /** The router that may present grants of its own; absent or null: none. */
  readonly router?: Router | null
  /** Where the gateway reaches this agency, for its proofs; absent or null: it is not known here, and not looked at. */
  readonly address?: URL | null
  readonly clock: Clock
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Absent or null: plain HTTP. */
  readonly tls?: TlsFiles | null
  readonly log: SubgraphLog
  /** Reads an operation's text, and refuses one that asks for too much before it is validated. */
  readonly readOperation: (text: string) => DocumentNode
  /** Whether the schema may be read; off in production. */
  readonly introspection?: boolean
  /** How long the agency's own store may take. */
  readonly deadlineMilliseconds?: number
}

/**
 * Serves one agency alone, in a process of its own. It trusts a grant signed by its gateway, from the sender that the
 * grant names, and nothing else; it is handed no caller's token. There is no field that reads a record without one, and
 * no statement reaches the agency's store before a grant was opened. What it released stands in its log by the ids of
 * the grants, which stand in the gateway's.
 */
export const startAgencySubgraph = async (options: AgencySubgraphOptions): Promise<RunningSubgraph> => {
  const { agency, source, clock, issuer, log, deadlineMilliseconds = 5000 } = options
  const keys = await gatewayKeys(options.keys)
  const { router = null, address = null, holder, holders } = options
  const senderOf = provenSender({ agency, address, issuer, keys, clock, router })
  const engine = subgraphEngine({
    schema: agencySchema(options.sdl, { agency, holder, holders, issuer, keys, clock }, options.model),
    readOperation: options.readOperation,
    introspection: options.introspection ?? true,
  })
  return startSubgraphHttp({
    host: options.host,
    port: options.port,
    tls: options.tls ?? null,
    log,
    ...(options.people
      ? {
          people: answerPeople({
            ...{ agency, holder: holder ?? null, holders: (holders ?? []).map(({ id }) => id), address },
            ...{ issuer, keys, clock, log, people: options.people },
          }),
        }
      : {}),
    ready: async () => (await source.health()).ok,
    answer: async ({ request, requestId, operation, body, gone }) => {
      const call: AgencyCall = {
        sender: await senderOf(request, body, { ...operation }),
        records: recordLoader(source, () => AbortSignal.any([gone, AbortSignal.timeout(deadlineMilliseconds)])),
        plans: new WeakMap(),
        opened: [],
      }
      const { data, errors = [] } = await engine(operation, call)
      // Before the first byte leaves.
      if (call.opened.length > 0) log.info({ requestId, agency, grants: call.opened }, 'released')
      return { data, errors: errors.map((error) => formatSubgraphError(error, requestId, log)) }
    },
  })
}
