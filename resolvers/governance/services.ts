import type { AgencyName } from '../../src/foundation/agencies.ts'
import type { Person } from '../../src/identity/person.ts'
import { LogReader } from '../../src/obligations/logReader.ts'
import type { Policy } from '../../src/policy/compilePolicy.ts'
import type { ListReading } from '../../src/policy/explain.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import type { Grant } from '../../src/policy/grant.ts'
import type { Disclosure, Label } from '../../src/policy/labels.ts'
import type { Party, PartyReading, PlacedOrganisation } from '../../src/policy/namedParty.ts'
import type { PlaceGrain } from '../../src/policy/placePrecision.ts'
import type { AgencyType } from '../../src/policy/vocabulary.ts'
import type { elsewhereOf } from '../../src/policy/whatWouldOpen.ts'
import type { PersonGrain } from '../../src/policy/whichPersonsNamed.ts'
import { AgreementRegister } from '../../src/registers/agreements.ts'
import { BreakGlassRegister } from '../../src/registers/breakGlass.ts'
import { ReviewRegister } from '../../src/registers/breakGlassReviews.ts'
import { ConsentRegister } from '../../src/registers/consents.ts'
import { type CaseRegister, caseRegister } from '../../src/registers/governanceCases.ts'
import { HoldEventRegister } from '../../src/registers/holdEvents.ts'
import { HoldRegister } from '../../src/registers/holds.ts'
import { DecisionRegister } from '../../src/registers/legalRecords.ts'
import { type RetentionRegister, retentionRegister } from '../../src/registers/retention.ts'
import { RelationshipRegister } from '../../src/registers/workingRelationships.ts'
import type { Database } from '../../src/store/database.ts'
import type { SubjectFile } from '../../src/subjectAccess/subjectAccess.ts'

/** What the resolvers of governance need of a request beyond the request itself. */
export interface GovernanceServices extends Registers {
  /**
   * Facts for this request's caller; null when there is no such child. Whether the caller may know of it is decided by
   * the policy.
   */
  facts(childId: string): Promise<ChildFacts | null>
  /** Forgets the facts of a child in this request, after a register has changed. */
  forget(childId: string): void
  /**
   * Ids of the own organisation's records of the child that this caller could read if no single record were held back.
   */
  recordsBehindHolds(childId: string, agency: AgencyName): Promise<ReadonlySet<string>>
  /**
   * The one label that such a record bears; null where it bears another besides, or its holder marked how it is to be
   * handled or whether it is relevant.
   */
  plainLabelOf(childId: string, agency: AgencyName, recordId: string): Promise<Label | null>
  readonly policy: Policy
  /** What this caller may have of one agency. */
  grant(facts: ChildFacts, agency: AgencyName): Grant
  /** What an organisation is, and where; null for one that no issuer registers. */
  placed(organisation: string): PlacedOrganisation | null
  /** Whether this caller, as a reader of the child, is told that it was this organisation and role, or why not. */
  partyReading(facts: ChildFacts, party: Party): PartyReading
  /** Whether the caller is told that it signed an entry of a register. */
  maySign(facts: ChildFacts, party: Party): boolean
  /** Whether the caller is given the words that it, or an operator, wrote in a register. */
  mayReadWords(facts: ChildFacts, party: Party | null): boolean
  /** What would open what one agency withholds of a child. */
  elsewhere(facts: ChildFacts, agency: AgencyName): ReturnType<typeof elsewhereOf>
  /** Reads the whole file of a child for the one it is about, under grants made for that alone. */
  subjectFile(facts: ChildFacts): Promise<SubjectFile>
  /** The spellings, birth dates and numbers of a child that its own file would give, for a comparison alone. */
  personsInFile(facts: ChildFacts): Promise<readonly Person[]>
  /** Whether the partnership wants a second person to confirm before break-glass opens anything. */
  readonly twoPersons: boolean
  /** How the schema classifies a field, by coordinate `Type.field`; null when no agency's type has it. */
  fieldOf(coordinate: string): ClassifiedField | null
}

export interface ClassifiedField {
  readonly agency: AgencyName
  readonly home: AgencyType
  readonly label: Label
  readonly level: Disclosure
  readonly person?: PersonGrain | null
  readonly place?: PlaceGrain | null
  /** What it takes to know of a row at all. */
  readonly list?: ListReading
}

export interface Registers {
  readonly agreements: AgreementRegister
  readonly consents: ConsentRegister
  readonly holds: HoldRegister
  readonly relationships: RelationshipRegister
  readonly holdEvents: HoldEventRegister
  readonly decisions: DecisionRegister
  readonly breakGlass: BreakGlassRegister
  readonly reviews: ReviewRegister
  readonly cases: CaseRegister
  readonly retention: RetentionRegister
  readonly log: LogReader
}

/** The registers over the gateway's own database. */
export const openRegisters = (database: Database): Registers => ({
  agreements: new AgreementRegister(database),
  consents: new ConsentRegister(database),
  holds: new HoldRegister(database),
  relationships: new RelationshipRegister(database),
  holdEvents: new HoldEventRegister(database),
  decisions: new DecisionRegister(database),
  breakGlass: new BreakGlassRegister(database),
  reviews: new ReviewRegister(database),
  cases: caseRegister(database),
  retention: retentionRegister(database),
  log: new LogReader(database),
})
