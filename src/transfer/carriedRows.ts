import type { AuthorisedChild, RequestContext } from '../disclosure/requestContext.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { contactOfParty } from '../foundation/contactOf.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import { partyName } from '../foundation/partyName.ts'
import type { Registry } from '../foundation/registry.ts'
import { permits, toldAsWithheld, withoutApart } from '../policy/grant.ts'
import { bitOf, type Label } from '../policy/labels.ts'
import { tellsOfUnclassified } from '../policy/readsUnclassified.ts'
import { type AnswersWith, anyRowsOf } from '../records/agencyAnswers.ts'
import { uncorrected } from '../records/currentRows.ts'
import type { RowsOf } from '../records/requiredFields.ts'
import type { AnyRow, CommonField, CommonRow, RecordHead } from '../sources/commonRowFields.ts'
import { supplierKey, supplierOf } from './supplier.ts'
import { disclosureOf, neverWritten } from './transferableLists.ts'
import type { Contribution, SupplierContent, TransferHead, WithheldEntry } from './transferTypes.ts'

/** Fields that are read of every record that goes into a transfer. */
export const everyRecord = [
  'eventAt',
  'sensitivity',
  'provenance.recordedAt',
  'provenance.supersedes',
  'provenance.agency',
  'provenance.la',
  'provenance.force',
  'provenance.organisation',
] as const satisfies readonly CommonField[]

/** A record that may go into a transfer, whatever its list. */
export type Carried = RecordHead & Pick<CommonRow, (typeof everyRecord)[number]>

/** The rows by list that a section's needs give. */
export type CarriedRows<Required> = {
  readonly [Agency in keyof RowsOf<Required>]: {
    readonly [List in keyof RowsOf<Required>[Agency]]: RowsOf<Required>[Agency][List] & Carried
  }
}

/**
 * What every section is filled from: the agencies' answers under the receiving authority's grants, and nothing else.
 */
export interface SectionInput<Rows = unknown> {
  readonly transfer: TransferHead
  readonly child: Pick<AuthorisedChild, 'id' | 'asOf' | 'facts' | 'grants'>
  readonly answers: AnswersWith<Rows>
  readonly contracts: RequestContext['contracts']
  readonly registry: Registry
  readonly contributions: readonly Contribution[]
  /** ISO 8601. */
  readonly now: string
}

/** What decides which records may be carried. */
export type CarriedInput = Pick<SectionInput, 'answers' | 'contracts' | 'contributions'>

/** What a section is given besides: it is computed first. */
export interface FilledInput<Rows = unknown> extends SectionInput<Rows> {
  readonly suppliers: readonly SupplierContent[]
}

const carries = (row: Carried): boolean => {
  const { sensitivity } = row
  return !(Array.isArray(sensitivity) && sensitivity.some((label) => neverWritten.has(String(label))))
}

const byDateThenId = (a: Carried, b: Carried): number => {
  const one = `${a.eventAt ?? ''} ${a.id}`
  const two = `${b.eventAt ?? ''} ${b.id}`
  return one < two ? -1 : one > two ? 1 : 0
}

/** Rows of a list that may be written into the record, in a fixed order. Empty when the agency did not answer. */
export function rowsOf<
  Rows extends { readonly [Agency in AgencyName]?: object },
  Agency extends keyof Rows & AgencyName,
  List extends keyof Rows[Agency] & string,
>(input: SectionInput<Rows>, agency: Agency, list: List): readonly Rows[Agency][List][] {
  // As in `rowsOf` of the records: the rows have what the section needs.
  return carriedRowsOf(input, agency, list) as readonly object[] as readonly Rows[Agency][List][]
}

/** The same where the list comes from a contract. */
export const carriedRowsOf = (input: CarriedInput, agency: AgencyName, list: string): readonly AnyRow[] =>
  heldRowsOf(input, agency, list).filter((row) => !isWithheldBySupplier(input, agency, row))

/**
 * The same, without what a later record corrects, with what its supplier withholds: who has a part in the record, and
 * never what is in that part.
 */
export const heldRowsOf = (input: CarriedInput, agency: AgencyName, list: string): readonly AnyRow[] =>
  uncorrected(anyRowsOf(input.answers, agency, list))
    .filter(carries)
    .toSorted(byDateThenId)

/**
 * Whether the supplier that holds a record said that it withholds its part: then nothing of that part is in the record.
 */
const isWithheldBySupplier = (input: CarriedInput, source: AgencyName, row: Carried): boolean => {
  const withheld = input.contributions.filter(({ state }) => state === 'WITHHELD')
  if (withheld.length === 0) return false
  const key = supplierKey(supplierOf(source, row, input.contracts[source].agency))
  return withheld.some((contribution) => supplierKey(contribution) === key)
}

/** Whether the agency answered, and none of its holders was away: else what is not here may be there. */
export const answered = (input: SectionInput, agency: AgencyName): boolean => {
  const { state, gaps = [] } = input.answers[agency]
  return state === 'ANSWERED' && !gaps.some((gap) => gap.state === 'UNAVAILABLE')
}

/** What the recipient may have of every holder of a kind: where one holds back, silence says nothing. */
const ofEveryHolder = madeOnce(withoutApart)

/** Whether the recipient may know that records of this list exist, whichever holder has them. */
export const mayKnow = (input: SectionInput, agency: AgencyName, list: string): boolean => {
  const disclosure = disclosureOf(input.contracts[agency], list)
  return (
    disclosure !== undefined &&
    permits(ofEveryHolder(input.child.grants[agency]), bitOf(disclosure.label), disclosure.existence)
  )
}

/**
 * What is withheld of the labels that single records of a list can bear besides, as the contract says: of no row in
 * particular.
 */
export const rowLabelsWithheld = (input: SectionInput, agency: AgencyName, list: string): readonly WithheldEntry[] =>
  (input.contracts[agency].lists[list]?.rowLabels ?? []).flatMap((label) => {
    const entry = withheldOf(input, agency, label)
    return entry?.level === 'HEADLINE' ? [entry] : []
  })

/**
 * Whether records of a list may be among those that nobody classified: of no row in particular, as the contract says.
 */
export const mayLackUnclassified = (input: SectionInput, agency: AgencyName, list: string): boolean =>
  input.contracts[agency].lists[list]?.unclassified === true && tellsOfUnclassified(input.child.grants[agency])

/**
 * What is withheld of a label, as the recipient's grant says. Independent of every row, so it tells nothing of hidden
 * ones.
 */
export const withheldOf = (input: SectionInput, agency: AgencyName, label: Label): WithheldEntry | null => {
  const of = everyWithheldOf(input, agency, label)
  return of.find(({ level }) => level === 'HEADLINE') ?? of[0] ?? null
}

/** The same for each reason: what one holder keeps back is withheld beside what the role may not read. */
export function everyWithheldOf(input: SectionInput, agency: AgencyName, label: Label): readonly WithheldEntry[] {
  if (neverWritten.has(label)) return []
  const { agency: controller, contact: office = null } = input.contracts[agency]
  const entries = toldAsWithheld(input.child.grants[agency])
    .filter((withheld) => withheld.label === label)
    .map(({ reason, level, requestable }) => {
      const holders = isOfSomeHolder(input, agency, { category: label, level }) ? holdingBack(input, agency, label) : []
      const contact = holders.length === 0 ? office : holders.map((one) => reached(input.registry, one)).join('; ')
      return { reason, category: label, level, controller, contact, requestable }
    })
  return [...new Map(entries.map((entry) => [`${entry.level} ${entry.reason}`, entry])).values()]
}

/** Organisations that hold back records of a label which the others give, as far as the recipient may be told whose. */
const holdingBack = ({ child }: SectionInput, agency: AgencyName, label: Label): readonly string[] => {
  const { apart = [], heldParts = [] } = child.grants[agency]
  const organisations = [
    ...apart.filter(({ withheld }) => withheld.some((one) => one.label === label)).map((one) => one.heldBackBy),
    ...heldParts.filter((part) => part.label === label).map(({ organisation }) => organisation),
  ]
  return [...new Set(organisations)].filter((organisation) => organisation !== '').sort()
}

/** A holder by its name, and whom to ring there. */
const reached = (registry: Registry, holder: string): string =>
  [partyName(registry, holder), contactOfParty(registry, holder)].filter((part) => part !== null).join(', ')

/** Whether this much of a label is withheld by one holder alone, or of single records: the rest of it is read. */
export const isOfSomeHolder = (
  input: SectionInput,
  agency: AgencyName,
  { category, level }: Pick<WithheldEntry, 'category' | 'level'>,
): boolean =>
  !input.child.grants[agency].withheld.some(
    (withheld) => withheld.label === category && (withheld.level === 'HEADLINE' || level === 'CONTENT'),
  )

/** What is withheld of every label of an agency. */
export const withheldOfAgency = (input: SectionInput, agency: AgencyName): readonly WithheldEntry[] =>
  [...new Set(toldAsWithheld(input.child.grants[agency]).map(({ label }) => label))].flatMap((label) =>
    everyWithheldOf(input, agency, label),
  )
