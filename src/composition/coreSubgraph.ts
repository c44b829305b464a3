import { randomUUID } from 'node:crypto'
import { authorizationHeaders } from '../auth/bearer.ts'
import { presentedBy } from '../auth/presented.ts'
import { isStoreSilent } from '../auth/verify.ts'
import { Request } from '../disclosure/disclosureRequest.ts'
import { type ErrorCode, Refusal } from '../errors.ts'
import type { CoreSchemaOptions } from '../federation/coreSubgraph.ts'
import type { SubgraphHttpOptions } from '../federation/subgraphHttp.ts'
import { coreResolvers, mergeByType } from '../graphql/core.ts'
import { type CallerError, callerError } from '../server/errors.ts'
import { readOperation } from '../server/limits.ts'
import type { Log } from '../server/log.ts'
import type { OpenedGateway } from './openedGateway.ts'
import { subgraphLog } from './subgraphLog.ts'

/**
 * The gateway's own part of the schema, for a federation router in front. The caller's token is judged here, the decision is
 * made here and leaves as grants, and the audit leaf is committed before they leave.
 */
export function coreSubgraphParts(
  gateway: OpenedGateway,
  sdl: string,
  log: Log,
): { schema: CoreSchemaOptions; http: Omit<SubgraphHttpOptions, 'schema' | 'host' | 'port'> } {
  const { blueprint, signer } = gateway
  return {
    schema: {
      sdl,
      signer,
      resolvers: mergeByType(coreResolvers(blueprint.scalars)),
      open: (id, context) => requestOf(context).openWhole(id),
    },
    http: {
      log: subgraphLog(log),
      readOperation,
      introspection: gateway.config.introspection,
      challenge: () => gateway.challenge(),
      ready: async () => (await gateway.readiness()).every(({ ok }) => ok),
      open: async (incoming) => {
        const verdict = await gateway.authenticate(
          authorizationHeaders(incoming.rawHeaders),
          presentedBy(incoming, gateway.config.trustedProxy, '/graphql'),
        )
        if (!verdict.ok) throw new Refusal(refusalOf(verdict.reason), { detail: verdict.reason })
        const context = gateway.open(verdict.caller, {
          requestId: randomUUID(),
          operationName: null,
          query: 'core subgraph',
          authorization: incoming.headers.authorization ?? '',
        })
        return {
          contextValue: context,
          release: (result) => {
            const errors: CallerError[] = (result.errors ?? []).map((error) => callerError(error.toJSON(), error))
            return gateway.record(context, {
              errors: errors.map(({ extensions }) => ({ code: extensions.code })),
              disclosed: result.data != null && Object.values(result.data).some((value) => value !== null),
            })
          },
        }
      },
    },
  }
}

const refusalOf = (reason: string): ErrorCode => (isStoreSilent(reason) ? 'SERVICE_UNAVAILABLE' : 'UNAUTHENTICATED')

const requestOf = (context: unknown): Request => {
  if (context instanceof Request) return context
  throw new TypeError('The core subgraph opens its own requests.')
}
