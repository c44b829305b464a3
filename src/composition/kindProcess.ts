import { missingKey, signingKeyIfThere } from '../auth/signingKeys.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { systemClock } from '../foundation/clock.ts'
import type { Config } from '../foundation/config.ts'
import { addressVariable, type Holder } from '../foundation/holder.ts'
import { holdersOfKind } from '../foundation/registry.ts'
import type { Log } from '../server/log.ts'
import { createMetrics } from '../server/metrics.ts'
import { GuardedSource } from '../sources/guardedSource.ts'
import { KindSource } from '../sources/kindSource.ts'
import type { AgencySource } from '../sources/source.ts'
import type { Stores } from '../store/stores.ts'
import { openBinding } from './bindings.ts'
import { type BoundHolders, boundHolders } from './boundHolders.ts'
import type { Catalogue } from './catalogue.ts'
import { identityOf } from './issuers.ts'

/** Holders of one kind, as a process that serves the kind reads them: what its own settings say is read here. */
export function bindingsOfKind(kind: AgencyName, config: Config, { registry }: Catalogue): readonly BoundHolders[] {
  const holders = new Map(holdersOfKind(registry, kind).map((holder) => [holder.id, holder]))
  const own = new Set([...holders.values()].flatMap(addressOf))
  const holderUrls = Object.fromEntries(Object.entries(config.holderUrls).filter(([name]) => own.has(name)))
  return boundHolders({ holders }, { ...readingItself(kind, config), holderUrls })
}

const addressOf = ({ binding }: Holder): readonly string[] => {
  const name = binding?.type === 'sql' ? binding.database : binding && 'server' in binding ? binding.server : undefined
  return name === undefined ? [] : [addressVariable(name)]
}

/** A process that serves a kind is not sent to itself, wherever a gateway is told to find it. */
export const readingItself = (kind: AgencyName, config: Config): Config => ({
  ...config,
  agencies: { ...config.agencies, [kind]: { ...config.agencies[kind], subgraphUrl: null } },
})

/**
 * All holders of a kind as one source, each binding behind a deadline and a breaker of its own: one that is away costs
 * its own part. To a holder's own process goes a grant for that holder alone, signed with the gateway's key: so that
 * this is one of the gateway's own processes, with its keys.
 */
export async function sourceOfKind(
  kind: AgencyName,
  bindings: readonly BoundHolders[],
  { config, catalogue, stores, log }: { config: Config; catalogue: Catalogue; stores: Stores; log: Log },
): Promise<AgencySource> {
  const needsKey = bindings.some(({ binding }) => binding.type === 'subgraph')
  const signer = needsKey ? await gatewaySigner(config) : noSigner
  const metrics = createMetrics()
  const clock = systemClock(config.demonstrationAsOf ?? undefined)
  const start = { config: readingItself(kind, config), catalogue, log, options: {}, metrics, clock }
  const parts = bindings.map((bound) => ({
    ...{ id: bound.id, holders: bound.holders, tellsApart: true },
    source: new GuardedSource(openBinding(bound, { start, stores, signer }), {
      deadlineMs: config.sourceDeadlineMs,
      clock: systemClock(),
      onFailure: (_, reason) => log.warn('SOURCE_UNREACHABLE', { agency: bound.id, reason }),
      onAnswers: (name, state, count) => metrics.sources(name, state, count),
    }),
  }))
  return asOneSource(new KindSource(kind, parts))
}

/** A child of whom nobody could be asked has no answer. */
const asOneSource = (kind: KindSource): AgencySource => ({
  agency: kind.agency,
  async fetch(grants, selection) {
    const answers = await kind.ask(grants.map((grant) => ({ grant, selection })))
    return new Map(
      grants.flatMap((grant, at) => {
        const answer = answers[at]
        return answer?.state === 'ANSWERED' ? [[grant.childId, answer] as const] : []
      }),
    )
  },
  async health() {
    const away = (await kind.health()).find(({ ok }) => !ok)
    return away ? { ok: false, detail: `${away.id}: ${away.detail}` } : { ok: true, detail: 'answers' }
  },
  close: () => kind.close(),
})

/** With which a process of the gateway's own signs. @throws StartupError where its key is not there. */
export async function gatewaySigner(config: Config): Promise<GrantSigner> {
  const key = await signingKeyIfThere(config.keysDir, 'grant')
  if (key === null) throw missingKey(config.keysDir, 'grant')
  return { issuer: identityOf(config), kid: key.kid, key: key.privateKey, clock: systemClock() }
}

/** Where nothing is passed on, nothing is signed. */
const noSigner: GrantSigner = {
  ...{ issuer: '', kid: '', clock: systemClock() },
  get key(): never {
    throw new TypeError('This process passes no grant on.')
  },
}
