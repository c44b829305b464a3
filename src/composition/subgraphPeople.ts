import { proofHeader, signSenderProof } from '../federation/senderProof.ts'
import type { Config } from '../foundation/config.ts'
import { isWholeKind } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import { personOf } from '../identity/person.ts'
import { peopleAudience, subgraphPeople, type ToldPerson } from '../sources/bindings/subgraph/people.ts'
import type { IndexedPerson } from './agencyPeople.ts'
import { asSettingsSay } from './bindings.ts'
import { type BoundHolders, boundHolders, isOfKind } from './boundHolders.ts'
import { gatewaySigner } from './kindProcess.ts'
import type { PeopleOfHolders } from './registerHolderPeople.ts'

/** A page of people may take as long as this. */
const pageMs = 60_000

/** Those whom processes at agencies know. */
export const peopleBehindSubgraphs = (registry: Registry, config: Config): readonly PeopleOfHolders[] =>
  boundHolders(registry, config)
    .map((bound) => asSettingsSay(bound, config))
    .filter(({ binding }) => binding.type === 'subgraph')
    .map((bound) => ({
      ...{ id: bound.id, kind: bound.kind, holders: bound.holders.map(({ id }) => id), tellsOfNobody: true },
      count: () => Promise.resolve(0),
      pages: () => pagesOf(bound, config),
    }))

async function* pagesOf(bound: BoundHolders, config: Config): AsyncGenerator<readonly IndexedPerson[]> {
  const { kind, url, holders } = bound
  const signer = await gatewaySigner(config)
  const only = isOfKind(bound) ? null : holders[0].id
  const audience = peopleAudience(kind, only)
  const pages = subgraphPeople({
    holders: holders.flatMap((holder) => (isWholeKind(holder) ? [] : holder.id)),
    ...{ url: new URL(url ?? ''), holder: only, signal: () => AbortSignal.timeout(pageMs) },
    prove: async (to, body) => ({ [proofHeader]: await signSenderProof({ agency: audience, url: to, body }, signer) }),
  })
  for await (const page of pages) yield page.flatMap((person) => entryOf(bound, only, person) ?? [])
}

/** Null of whom another holder knows than those that are read there. */
function entryOf({ kind, holders }: BoundHolders, only: string | null, person: ToldPerson): IndexedPerson | null {
  const { localId, described, isProtected, hasProtectedPlace, ownNumbers } = person
  const holder = only ?? holders.find(({ id }) => id === person.holder)?.id
  if (holder === undefined && !holders.every(isWholeKind)) return null
  return {
    ...{ agency: kind, localId, person: personOf(described), isProtected, hasProtectedPlace, ownNumbers },
    ...(holder === undefined ? {} : { holder }),
  }
}
