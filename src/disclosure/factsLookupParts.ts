import type { FactsCache } from '../facts/factsCache.ts'
import type { FactsQuestion } from '../facts/factsStatement.ts'
import type { Facts } from '../facts/gatewayFacts.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { KindSource } from '../sources/kindSource.ts'
import type { Database } from '../store/database.ts'
import type { RegisterVersions } from '../store/registerChanges.ts'
import type { AgencyPlan, ChildPlan } from './needsPlan.ts'
import type { OwnRecordsSetting } from './ownRecordRelationships.ts'

/** What looking up facts needs; the same for every request. */
export interface FactsSetting extends OwnRecordsSetting {
  /** Where it is kept of whom a place was recorded that must not be found. */
  readonly store: Pick<Database, 'rows'>
  readonly factsOf: (question: FactsQuestion) => Promise<Facts>
  /** Facts that hold while nothing changes; null where all are looked up every time. */
  readonly cache: FactsCache | null
  readonly registerVersions: RegisterVersions
  readonly registry: Registry
  readonly clock: Clock
  readonly sources: Readonly<Record<AgencyName, KindSource>>
  /** What case status needs of the lead agency. */
  readonly caseStatusPlan: AgencyPlan
  /** What bears a transfer out. */
  readonly evidencePlan: ChildPlan
  /** What bears out that somebody answers for a missing child. */
  readonly missingPlan: ChildPlan
}
