import { followedFrom, ownHolders } from '../facts/followedRelationships.ts'
import type { RelationshipKind } from '../facts/gatewayFacts.ts'
import { type Linked, ownRecordGrant } from '../facts/internalReadGrant.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { secondsOf } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import { labels, maskOf } from '../policy/labels.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { SourceContract } from '../sources/contract.ts'
import { readingsOf } from '../sources/recordSet.ts'
import type { Asking } from './agencyQueries.ts'
import type { ChildPlan } from './needsPlan.ts'

/** What a relationship is read with, where it follows from an organisation's own records. */
export interface OwnRecordsSetting {
  readonly registry: Registry
  readonly contracts: Readonly<Record<AgencyName, SourceContract>>
  /** What the relationship of an organisation follows from, in its own records. */
  readonly followedPlan: ChildPlan
  readonly policy: Pick<Policy, 'hides'>
}

/**
 * What the caller's organisation has to do with children by current records in its own holder; null where it has
 * nothing. Read also for an id that no child has. Absent where the organisation holds no such records: then nothing is
 * read.
 */
export async function relationshipsOfOwnRecords(
  linked: readonly Linked[],
  { caller, today }: { readonly caller: Caller; readonly today: Date },
  { registry, contracts, followedPlan, policy }: OwnRecordsSetting,
  ask: Asking,
): Promise<ReadonlyMap<string, RelationshipKind | null>> {
  const { organisation } = caller
  const own = ownHolders(registry, contracts, organisation)
  if (own.size === 0) return new Map()
  const asOf = secondsOf(today)
  const told = maskOf(labels.filter((label) => !policy.hides(caller, label)))
  const found = await Promise.all(
    linked.map(async (child) => {
      const kinds = agencies.map(async (agency) => {
        const ids = own.get(agency)
        if (!ids) return null
        const answer = await ask(
          agency,
          ownRecordGrant(child, { own: ids, told }, asOf, agency),
          followedPlan[agency].selection,
        )
        if (answer.state !== 'ANSWERED') return null
        const all = followedFrom(readingsOf(answer.records), contracts[agency], ukDay(today))
        answer.records.release()
        return all.find((each) => each.organisation === organisation)?.kind ?? null
      })
      return [child.childId, (await Promise.all(kinds)).find((kind) => kind !== null) ?? null] as const
    }),
  )
  return new Map(found)
}
