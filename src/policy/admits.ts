import type { Grant } from './grant.ts'
import { bitOf, type Disclosure, isLabel } from './labels.ts'
import type { AgencyType } from './vocabulary.ts'

/** What the admission of a row must know of its list. */
export interface AdmittedList {
  /** Label and level of the list's type: what a record's existence needs. */
  readonly type: { readonly bit: number; readonly level: Disclosure }
  /** Whether its headline says the area, which then stands in for a protected place. */
  readonly saysArea: boolean
  /** Where each row names the service that owns it; null where none does. */
  readonly owner: string | null
}

/**
 * What is read of a row to admit it. Null wherever the holder left it empty: a comparison with nothing does not hold, as in
 * SQL, so that a row which does not say how it is to be handled is not read by anyone for whom that matters.
 */
export interface RowHead {
  /** The holder's own id of the record. */
  readonly id: string | null
  /** The holder's own id of the person. */
  readonly person: string | null
  /** ISO 8601, in UTC. */
  readonly recordedAt: string | null
  /** Labels of the row itself, besides its type's. */
  readonly labels: readonly (string | null)[] | null
  readonly handling: string | null
  readonly relevance: string | null
  /** The organisation whose record it is. */
  readonly organisation: string | null
  /** The service that owns it, where the list says. */
  readonly owner: string | null
}

/** A row, its list, and the row that it stands under; null where its list stands under none. */
export interface Candidate {
  readonly list: AdmittedList
  readonly head: RowHead
  /** `MISSING`: the list stands under another, and no such row is there. */
  readonly parent: Candidate | 'MISSING' | null
}

/** Why a row is not read. */
export type NotAdmitted =
  | 'LIST_CLOSED'
  | 'OTHER_PERSON'
  | 'RECORDED_LATER'
  | 'LABEL_CLOSED'
  | 'HELD'
  | 'NEITHER_CONFIRMED_NOR_DENIED'
  | 'HANDLING_CONDITIONS'
  | 'NOT_RELEVANT'
  | 'RELEVANCE_UNDECIDED'
  | 'OTHER_ORGANISATION'
  | 'OTHER_SERVICE'
  | 'PARENT_NOT_ADMITTED'

type Holds = (grant: Grant, list: AdmittedList, head: RowHead) => boolean

/**
 * Every clause in the order in which the statement has it (`src/sources/sqlRows.ts`): a clause is changed in both or in
 * neither. All must hold.
 */
export const rowClauses: Readonly<Record<Exclude<NotAdmitted, 'PARENT_NOT_ADMITTED'>, Holds>> = {
  LIST_CLOSED: (grant, list) => opensList(grant, list),
  OTHER_PERSON: (grant, _, { person }) => person !== null && grant.persons.includes(person),
  RECORDED_LATER: (grant, _, { recordedAt }) =>
    recordedAt !== null && microseconds(recordedAt) <= microseconds(grant.asOf),
  LABEL_CLOSED: (grant, list, { labels }) =>
    labels !== null &&
    areWithin(coarsens(grant, list) ? labels.filter((label) => label !== 'ADDRESS_PROTECTED') : labels, grant.content),
  HELD: (grant, _, { id }) => grant.heldRecords.length === 0 || (id !== null && !grant.heldRecords.includes(id)),
  NEITHER_CONFIRMED_NOR_DENIED: (grant, _, { handling }) => grant.rows.ncnd || isOther(handling, 'NCND'),
  HANDLING_CONDITIONS: (grant, _, { handling }) => grant.rows.conditions || isOther(handling, 'CONDITIONS'),
  NOT_RELEVANT: (grant, _, { relevance }) => grant.rows.notRelevant || isOther(relevance, 'NOT_RELEVANT'),
  RELEVANCE_UNDECIDED: (grant, _, { relevance }) => grant.rows.undecided || isOther(relevance, 'UNDECIDED'),
  OTHER_ORGANISATION: (grant, list, { organisation, labels }) =>
    grant.own === 0 ||
    organisation === grant.organisation ||
    ((grant.own & list.type.bit) === 0 && labels !== null && areWithin(labels, grant.content & ~grant.own)),
  OTHER_SERVICE: (grant, list, { owner }) =>
    list.owner === null ||
    (grant.content & list.type.bit) !== 0 ||
    (owner !== null && servicesOf(grant.callerType).includes(owner)),
}

export type RowClauses = Readonly<Partial<Record<NotAdmitted, Holds>>>

/**
 * Whether a grant lets a row be read, and if not, by which clause first. Whoever reads a holder without the statement of
 * `src/sources/sqlPlan.ts` asks this of every row; a test over generated rows and grants holds the two equal.
 *
 * @param clauses those that can be judged: over a subgraph's answer a person or a handling is not known here.
 */
export const admits = (
  grant: Grant,
  { list, head, parent }: Candidate,
  clauses: RowClauses = rowClauses,
): 'ADMITTED' | NotAdmitted => {
  for (const [reason, holds] of entriesOf(clauses)) if (!holds(grant, list, head)) return reason
  if (parent === null) return 'ADMITTED'
  return parent !== 'MISSING' && admits(grant, parent, clauses) === 'ADMITTED' ? 'ADMITTED' : 'PARENT_NOT_ADMITTED'
}

/** Whether records of a list may be read at all, by their type's own label. */
export const opensList = (grant: Grant, { type }: Pick<AdmittedList, 'type'>): boolean =>
  ((type.level === 'HEADLINE' ? grant.headline : grant.content) & type.bit) !== 0

/**
 * Whether protected places of a list are read as their area: by one who may know that there is an address and not where. Only
 * lists that say the area in their headline; a protected row of any other list stays out.
 */
export const coarsens = (grant: Grant, list: Pick<AdmittedList, 'saysArea'>): boolean =>
  list.saysArea && (grant.redact & bitOf('ADDRESS_PROTECTED')) !== 0

/** Services whose actions a caller owns, by type of organisation. */
const services: Readonly<Partial<Record<AgencyType, readonly string[]>>> = {
  SOCIAL_CARE: ['CHILDRENS_SOCIAL_CARE', 'EARLY_HELP'],
  MASH: ['CHILDRENS_SOCIAL_CARE'],
  HEALTH: ['HEALTH', 'HEALTH_GP', 'HEALTH_ACUTE', 'HEALTH_COMMUNITY', 'HEALTH_MENTAL_HEALTH', 'HEALTH_SARC'],
  EDUCATION: ['EDUCATION'],
  POLICE: ['POLICE'],
  ADULT: ['ADULT_SERVICES', 'ADULT_SOCIAL_CARE', 'SUBSTANCE_SERVICE', 'HOUSING', 'PROBATION'],
  CARE_PROVIDER: ['CHILDRENS_HOME', 'FOSTER_CARER'],
}

export const servicesOf = (callerType: AgencyType): readonly string[] => services[callerType] ?? []

/** A value that is there, and another: nothing is neither the same nor another. */
const isOther = (value: string | null, than: string): boolean => value !== null && value !== than

/** A label that nobody knows is within no mask. */
const areWithin = (labels: readonly (string | null)[], mask: number): boolean =>
  labels.every((label) => label !== null && isLabel(label) && (mask & bitOf(label)) !== 0)

/** A database tells microseconds, which `Date` drops: a record of the microsecond after would be read. Not a number for what is no instant, which is before nothing. */
const microseconds = (instant: string): number => {
  const [, whole = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(instant) ?? []
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, '0'))
}

const entriesOf = (clauses: RowClauses): readonly (readonly [NotAdmitted, Holds])[] =>
  Object.entries(clauses) as [NotAdmitted, Holds][]
