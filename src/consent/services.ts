import type { AgencyName } from '../agencies.ts'
import type { Policy } from '../policy/compile.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Disclosure, Label } from '../policy/labels.ts'
import type { AgencyType } from '../policy/vocabulary.ts'
import type { Database } from '../store/database.ts'
import { ConsentRegister } from './consents.ts'
import { HoldRegister } from './holds.ts'
import { RelationshipRegister } from './relationships.ts'

/** What `resolvers/governance.ts` needs of a request beyond the request itself. */
export interface GovernanceServices extends Registers {
  /** Facts for this request's caller; null when there is no such child. Whether the caller may know of it is decided by the policy. */
  facts(childId: string): Promise<ChildFacts | null>
  /** Forgets the facts of a child in this request, after a register has changed. */
  forget(childId: string): void
  /** Ids of one agency's records of the child that this caller could read if no single record were held back. */
  recordsBehindHolds(childId: string, agency: AgencyName): Promise<ReadonlySet<string>>
  readonly policy: Policy
  /** How the schema classifies a field, by coordinate `Type.field`; null when no agency's type has it. */
  fieldOf(coordinate: string): ClassifiedField | null
}

export interface ClassifiedField {
  readonly agency: AgencyName
  readonly home: AgencyType
  readonly label: Label
  readonly level: Disclosure
}

export interface Registers {
  readonly consents: ConsentRegister
  readonly holds: HoldRegister
  readonly relationships: RelationshipRegister
}

/** The registers over the gateway's own database. */
export const openRegisters = (database: Database): Registers => ({
  consents: new ConsentRegister(database),
  holds: new HoldRegister(database),
  relationships: new RelationshipRegister(database),
})
