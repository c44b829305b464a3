import type { AgencyName } from '../foundation/agencies.ts'
import type { Holder } from '../foundation/holder.ts'
import type { Policy } from '../policy/compilePolicy.ts'
import type { Label } from '../policy/labels.ts'
import type { HolderStates } from '../registers/holderStates.ts'
import type { CarriedLists } from '../sources/carriedLists.ts'
import type { Database } from '../store/database.ts'
import type { FactsSetting } from './factsLookupParts.ts'
import type { ChildPlan, Planning } from './needsPlan.ts'

/** What opening a child needs; the same for every request. */
export interface AccessSetting extends FactsSetting {
  readonly store: Database
  readonly policy: Policy
  readonly planning: Planning
  /** Labels that each agency's types use. */
  readonly labels: Readonly<Record<AgencyName, readonly Label[]>>
  /** What is known of holders beside their records. */
  readonly holderStates: () => HolderStates
  /** What a holder's records can say at all; null where that is everything. */
  readonly carriedBy: (holder: Holder) => CarriedLists | null
  /** What says where a child learns and is registered. */
  readonly attendedPlan: ChildPlan
}
