import { isNotSaid } from './cannotBeSaid.ts'
import { type Grant, type RowsGrant, toldOf } from './grant.ts'
import { bitOf, type Disclosure, isLabel } from './labels.ts'
import { type About, mayTellOf, unnamedServices } from './revealingServices.ts'
import type { AgencyType } from './vocabulary.ts'

/** What the admission of a row must know of its list. */
export interface AdmittedList {
  /** Label and level of the list's type: what a record's existence needs. */
  readonly type: { readonly bit: number; readonly level: Disclosure }
  /** Whether its headline says the area, which then stands in for a protected place. */
  readonly saysArea: boolean
  /** Where each row names the service that owns it; null where none does. */
  readonly owner: string | null
  /**
   * Where each row names a service, its own among them; a service that reveals what it treats carries that kind's label
   * by being named.
   */
  readonly naming: readonly string[]
  readonly about: About
  /** Services for which each type of organisation speaks: whose actions a caller owns. */
  readonly speakers: Speakers
}

export type Speakers = Readonly<Partial<Record<AgencyType, readonly string[]>>>

/**
 * What is read of a row to admit it. Null wherever the holder left it empty: a comparison with nothing does not hold,
 * as in SQL, so that a row which does not say how it is to be handled is not read by anyone for whom that matters.
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
  /** What it says where the list names a service, in the order of `naming`: last the one that holds it. */
  readonly named: readonly (string | null)[]
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
  | 'OTHER_SERVICE'
  | 'REVEALING_SERVICE'
  | 'PARENT_NOT_ADMITTED'

/** @param rows the part of the grant for whoever holds the row: the caller's own organisation, or another. */
type Holds = (grant: Grant, list: AdmittedList, head: RowHead, rows: RowsGrant) => boolean

/**
 * Every clause in the order in which the statement has it (`src/sources/bindings/sql/rowConditions.ts`): a clause is
 * changed in both or in neither. All must hold.
 */
export const rowClauses: Readonly<Record<Exclude<NotAdmitted, 'PARENT_NOT_ADMITTED'>, Holds>> = {
  LIST_CLOSED: (_, list, __, rows) => opensRows(rows, list),
  OTHER_PERSON: (grant, _, { person }) => person !== null && grant.persons.includes(person),
  RECORDED_LATER: (grant, _, { recordedAt }) =>
    recordedAt !== null && microseconds(recordedAt) <= microseconds(grant.asOf),
  LABEL_CLOSED: (_, list, { labels }, rows) =>
    labels !== null &&
    areWithin(coarsens(rows, list) ? labels.filter((label) => label !== 'ADDRESS_PROTECTED') : labels, rows.content),
  HELD: (_, __, { id }, rows) => rows.heldRecords.length === 0 || (id !== null && !rows.heldRecords.includes(id)),
  NEITHER_CONFIRMED_NOR_DENIED: (_, __, { handling }, { rows }) => rows.ncnd || isOther(handling, 'NCND'),
  HANDLING_CONDITIONS: (_, __, { handling }, { rows }) => rows.conditions || isOther(handling, 'CONDITIONS'),
  NOT_RELEVANT: (_, __, { relevance }, { rows }) => rows.notRelevant || isOther(relevance, 'NOT_RELEVANT'),
  RELEVANCE_UNDECIDED: (_, __, { relevance }, { rows }) => rows.undecided || isOther(relevance, 'UNDECIDED'),
  // What the service that holds the row is to do itself is no other organisation's of its kind.
  OTHER_SERVICE: (grant, list, { named, owner }, rows) =>
    list.owner === null ||
    (rows.content & list.type.bit) !== 0 ||
    (owner !== null &&
      (list.speakers[grant.callerType] ?? []).includes(owner) &&
      (rows === grant.own || owner !== named.at(-1))),
  // An organisation knows whom it employs.
  REVEALING_SERVICE: (grant, { about }, { named }, rows) =>
    rows === grant.own || mayTellOf(about, named, rows.headline),
}

export type RowClauses = Readonly<Partial<Record<NotAdmitted, Holds>>>

/**
 * Whether a grant lets a row be read, and if not, by which clause first. Whoever reads a holder without the statement
 * of `src/sources/bindings/sql/statement.ts` asks this of every row; a test over generated rows and grants holds the
 * two equal.
 *
 * @param clauses those that can be judged: over a subgraph's answer a person or a handling is not known here.
 */
export const admits = (
  grant: Grant,
  { list, head, parent }: Candidate,
  clauses: RowClauses = rowClauses,
): 'ADMITTED' | NotAdmitted => {
  const rows = partFor(grant, head)
  for (const [reason, holds] of entriesOf(clauses)) if (!holds(grant, list, head, rows)) return reason
  if (parent === null) return 'ADMITTED'
  return parent !== 'MISSING' && admits(grant, parent, clauses) === 'ADMITTED' ? 'ADMITTED' : 'PARENT_NOT_ADMITTED'
}

/** The part of a grant that a row stands under. One that does not say who holds it is another's. */
const partFor = (grant: Grant, { organisation }: RowHead): RowsGrant =>
  grant.own !== null && organisation === grant.organisation ? grant.own : grant

/** Whether records of a list may be read at all, be they others' or the caller's own organisation's. */
export const opensList = (grant: Pick<Grant, 'own'> & RowsGrant, list: Pick<AdmittedList, 'type'>): boolean =>
  opensRows(grant, list) || (grant.own !== null && opensRows(grant.own, list))

/** The same under one part of a grant, by the list's own label. */
export const opensRows = (rows: RowsGrant, { type }: Pick<AdmittedList, 'type'>): boolean =>
  ((type.level === 'HEADLINE' ? rows.headline : rows.content) & type.bit) !== 0

/**
 * Whether of a list no more is read than what the caller's own organisation holds or its services own, or than what a
 * holder does not keep back, or than services that say nothing of whom they treat, and the rest is told as withheld.
 * Where no such row is there, it cannot be said whether there are others: the list is then null, and never empty.
 */
export const isReadInPart = (grant: Grant, list: Pick<AdmittedList, 'type' | 'owner' | 'about'>): boolean =>
  grant.heldParts?.some(
    ({ label, level }) => bitOf(label) === list.type.bit && (level === 'HEADLINE' || list.type.level === 'CONTENT'),
  ) === true ||
  [grant, ...(grant.apart ?? [])].some((one) => {
    const isShut = !opensRows(one, list) || (list.owner !== null && (one.content & list.type.bit) === 0)
    const unnamed = list.about === 'ADULT' ? unnamedServices('ADULT', one.headline) : []
    if (one.withheld.some(({ label, level }) => level === 'HEADLINE' && unnamed.includes(label))) return true
    // Where its holder neither confirms nor denies single records, the rest is open and says nothing of these.
    return one.withheld.some(
      (each) =>
        bitOf(each.label) === list.type.bit &&
        (isNotSaid(each) || (isShut && toldOf(one, each.label, list.type.level) === each)),
    )
  })

/**
 * Whether protected places of a list are read as their area: by one who may know that there is an address and not
 * where. Only lists that say the area in their headline; a protected row of any other list stays out.
 */
export const coarsens = (grant: Pick<RowsGrant, 'redact'>, list: Pick<AdmittedList, 'saysArea'>): boolean =>
  list.saysArea && (grant.redact & bitOf('ADDRESS_PROTECTED')) !== 0

/** A value that is there, and another: nothing is neither the same nor another. */
const isOther = (value: string | null, than: string): boolean => value !== null && value !== than

/** A label that nobody knows is within no mask. */
const areWithin = (labels: readonly (string | null)[], mask: number): boolean =>
  labels.every((label) => label !== null && isLabel(label) && (mask & bitOf(label)) !== 0)

/**
 * A database tells microseconds, which `Date` drops: a record of the microsecond after would be read. Not a number for
 * what is no instant, which is before nothing.
 */
const microseconds = (instant: string): number => {
  const [, whole = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(instant) ?? []
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, '0'))
}

const entriesOf = (clauses: RowClauses): readonly (readonly [NotAdmitted, Holds])[] =>
  Object.entries(clauses) as [NotAdmitted, Holds][]
