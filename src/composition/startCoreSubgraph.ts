import { authorizationHeaders } from '../auth/bearer.ts'
import { presentedBy } from '../auth/presentedCredentials.ts'
import { isStoreSilent } from '../auth/verifyToken.ts'
import { dataOf } from '../disclosure/answer.ts'
import { DisclosureRequest } from '../disclosure/disclosureRequest.ts'
import { coreSchema } from '../federation/coreSubgraph.ts'
import { routerOf } from '../federation/routerSignature.ts'
import { type RunningSubgraph, startSubgraphHttp } from '../federation/subgraphHttp.ts'
import { type ErrorCode, Refusal, StartupError } from '../foundation/errors.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import { coreResolvers, mergeByType } from '../graphql/coreResolvers.ts'
import type { Log } from '../server/log.ts'
import { openAnswering } from './openAnswering.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { subgraphLog } from './subgraphLog.ts'

/**
 * The gateway's own part of the schema, for a federation router in front. The caller's token is judged here, the
 * decision is made here and leaves as grants, and the audit entry is committed before they leave: by the gateway's own
 * pipeline.
 */
export async function startCoreSubgraph(
  gateway: OpenedGateway,
  sdl: string,
  port: number,
  log: Log,
): Promise<RunningSubgraph> {
  const { catalogue, config, open, signer } = gateway
  if (config.routerSecret === null)
    throw new StartupError([
      'ROUTER_SECRET is missing: the core hands grants to a router, and agencies must know it from others by that secret.',
    ])
  const schema = coreSchema({
    sdl,
    signer,
    sender: routerOf(config.routerSecret).sender,
    holdersOf: (agency) => holdersOfKind(catalogue.registry, agency),
    resolvers: mergeByType(coreResolvers(catalogue.scalars)),
    open: (id, context) => requestOf(context).openWhole(id),
  })
  // What was agreed is agreed with those who ask a router, not with the router.
  const answering = await openAnswering({
    schema,
    open,
    config: { ...config, safelist: { mode: 'off', file: null } },
    log,
  })
  const http = await startSubgraphHttp({
    host: config.host,
    port,
    tls: config.tls,
    log: subgraphLog(log),
    challenge: () => gateway.challenge(),
    ready: async () => (await gateway.readiness()).every(({ ok }) => ok),
    answer: async ({ request, requestId, operation: { query, operationName, variables }, gone }) => {
      const headers = authorizationHeaders(request.rawHeaders)
      const verdict = await gateway.authenticate(headers, presentedBy(request, config.trustedProxy))
      if (!verdict.ok) throw new Refusal(refusalOf(verdict.reason), { detail: verdict.reason })
      const asked = answering.prepare({ query, operationName, variables, requestId })
      gone.addEventListener('abort', () => asked.leave())
      const answer = await asked.answer(verdict.caller)
      return { data: dataOf(answer), errors: answer.errors }
    },
  })
  return {
    url: http.url,
    close: async () => {
      await http.close()
      await answering.stop()
    },
  }
}

const refusalOf = (reason: string): ErrorCode => (isStoreSilent(reason) ? 'SERVICE_UNAVAILABLE' : 'UNAUTHENTICATED')

const requestOf = (context: unknown): DisclosureRequest => {
  if (context instanceof DisclosureRequest) return context
  throw new TypeError('The core subgraph opens its own requests.')
}
