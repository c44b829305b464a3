import type { GrantSigner } from '../federation/grantToken.ts'
import { type AgencyName, eachAgency } from '../foundation/agencies.ts'
import { GuardedSource } from '../sources/guardedSource.ts'
import { KindSource } from '../sources/kindSource.ts'
import type { Stores } from '../store/stores.ts'
import { openBinding, tellsApart } from './bindings.ts'
import { boundHolders } from './boundHolders.ts'
import type { Start } from './startContext.ts'

/** Everybody who holds records, by kind: each binding behind a deadline and a breaker of its own. */
export function openSources(start: Start, stores: Stores, signer: GrantSigner): Record<AgencyName, KindSource> {
  const { config, catalogue, clock, log, metrics, options } = start
  const { wrapSource = (_, source) => source } = options
  const all = boundHolders(catalogue.registry, config)
  return eachAgency((kind) => {
    const parts = all
      .filter((bound) => bound.kind === kind)
      .map((bound) => {
        const { id, holders } = bound
        const source = wrapSource(kind, openBinding(bound, { start, stores, signer }), holders)
        return {
          ...{ id, holders, tellsApart: holders.length === 1 || tellsApart(bound, config) },
          source: new GuardedSource(source, {
            deadlineMs: config.sourceDeadlineMs,
            clock,
            onFailure: (_, reason) => log.warn('SOURCE_UNREACHABLE', { agency: id, reason }),
            onAnswers: (name, state, count) => metrics.sources(name, state, count),
          }),
        }
      })
    return new KindSource(kind, parts)
  })
}
