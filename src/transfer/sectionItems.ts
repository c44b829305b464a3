import type { AgencyName } from '../foundation/agencies.ts'
import type { Label } from '../policy/labels.ts'
import {
  answered,
  type Carried,
  carriedRowsOf,
  isOfSomeHolder,
  mayKnow,
  mayLackUnclassified,
  rowLabelsWithheld,
  rowsOf,
  type SectionInput,
  withheldOf,
  withheldOfAgency,
} from './carriedRows.ts'
import { groupBy } from './groupBy.ts'
import { field, inWords } from './sectionWords.ts'
import { disclosureOf, listsTakenFrom } from './transferableLists.ts'
import type { ItemState, TransferItem } from './transferTypes.ts'

const blank = { value: null, reason: null, contact: null, agency: null, la: null, records: [] } as const

/** A value that rests on rows. Its agency and authority are the rows' own, and left out where they differ. */
export const known = (label: string, value: string, rows: readonly Carried[] = []): TransferItem => ({
  ...blank,
  label: inWords(label),
  state: 'KNOWN',
  value: inWords(value),
  agency: same(rows, 'provenance.agency'),
  la: same(rows, 'provenance.la'),
  records: rows.map(({ id }) => id),
})

/** An answer without a value: it always has a reason, so that it can never be read as "nothing there" by mistake. */
export const without = (
  label: string,
  state: Exclude<ItemState, 'KNOWN'>,
  reason: string,
  contact: string | null = null,
  agency: string | null = null,
): TransferItem => ({ ...blank, label, state, reason, contact, agency })

const same = (rows: readonly Carried[], name: 'provenance.agency' | 'provenance.la'): string | null => {
  const values = new Set(rows.map((row) => field(row, name)))
  const [only] = values
  return values.size === 1 ? (only ?? null) : null
}

/** A question to one list. */
export interface Question<Agency extends string = AgencyName, List extends string = string, Row = never> {
  readonly label: string
  readonly agency: Agency
  readonly list: List
  readonly pick?: (row: Row) => boolean
  readonly tell: (row: Row) => string | null
  /**
   * Labels of the field asked, or of what keeps a record of the list back, where they differ from the list's: when one
   * is withheld, an empty field says nothing.
   */
  readonly fieldLabels?: readonly Label[] | undefined
  /** One item for each row under this label, instead of one for all. */
  readonly each?: (row: Row) => string
  /** Only the latest so many. */
  readonly latest?: number
  /** Why there is nothing, as a sentence. */
  readonly none: string
  /** Somebody must have written it: nothing there is MISSING, not NOT_HELD. */
  readonly expected?: boolean
}

/** Answers a question: values first; then silence, distinguished by its cause. */
export const ask = <
  Rows extends { readonly [Each in AgencyName]?: object },
  Agency extends keyof Rows & AgencyName,
  List extends keyof Rows[Agency] & string,
>(
  input: SectionInput<Rows>,
  question: Question<Agency, List, Rows[Agency][List] & Carried>,
): TransferItem[] => {
  const { agency, label, list, each, tell, latest } = question
  const { agency: controller, contact, title } = input.contracts[agency]
  const lacking = answered(input, agency)
    ? []
    : [without(label, 'MISSING', `${title} could not be reached.`, contact, controller)]
  const rows = (rowsOf(input, agency, list) as readonly (Rows[Agency][List] & Carried)[]).filter(
    question.pick ?? (() => true),
  )
  const described = rows.flatMap((row) => {
    const value = tell(row)
    return value === null ? [] : [{ row, value }]
  })
  const chosen = latest === undefined ? described : described.slice(-latest)
  if (chosen.length > 0) {
    const beside = lacking.length > 0 ? lacking : partWithheld(input, question, described.length < rows.length)
    if (each) return [...chosen.map(({ row, value }) => known(each(row), value, [row])), ...beside]
    const values = counted(chosen.map(({ value }) => value))
    return [
      known(
        label,
        values.join('; '),
        chosen.map(({ row }) => row),
      ),
      ...beside,
    ]
  }
  if (lacking.length > 0) return lacking
  const { none, expected, fieldLabels } = question
  return [
    withheldFrom(input, { agency, label, list, fieldLabels }, rows.length > 0) ??
      without(label, expected ? 'MISSING' : 'NOT_HELD', none, contact, controller),
  ]
}

/** Each value once, with how often where it is there more than once: two records are never one. */
const counted = (values: readonly string[]): readonly string[] =>
  [...groupBy(values, (value) => value)].map(([value, same]) => (same.length > 1 ? `${value} (${same.length})` : value))

/** Why silence of a list says nothing of what its agency holds; null where it does: then there is none. */
export const withheldFrom = (
  input: SectionInput,
  question: Pick<Question, 'agency' | 'label' | 'list' | 'fieldLabels'>,
  hasRows: boolean,
): TransferItem | null => {
  const { agency, label, list, fieldLabels = [] } = question
  const { agency: controller, contact } = input.contracts[agency]
  const [ofField] = fieldLabels.flatMap((one) => withheldOf(input, agency, one) ?? [])
  if (ofField) return without(label, 'WITHHELD', ofField.reason, ofField.contact, controller)
  const disclosure = disclosureOf(input.contracts[agency], list)
  const withheld = disclosure && withheldOf(input, agency, disclosure.label)
  if (withheld && (hasRows || isOfSomeHolder(input, agency, withheld) || !mayKnow(input, agency, list)))
    return without(label, 'WITHHELD', withheld.reason, withheld.contact, controller)
  // Rows of the list can bear a label that is withheld: then nothing that was read says that there is none.
  const ofRows = rowLabelsWithheld(input, agency, list)[0]
  if (ofRows) return without(label, 'WITHHELD', ofRows.reason, ofRows.contact, controller)
  if (mayLackUnclassified(input, agency, list)) return without(label, 'WITHHELD', 'W_UNCLASSIFIED', contact, controller)
  // What the grant does not let the recipient know of is not there for any child alike: that nothing is held would
  // reassure.
  if (disclosure && !mayKnow(input, agency, list)) return without(label, 'NOT_KNOWN', notAnswered, contact, controller)
  // Nothing of this agency was read and some of it is withheld: `sources` does not say of it that it holds nothing.
  const [ofAgency] = isSilent(input, agency) ? withheldOfAgency(input, agency) : []
  if (ofAgency) return without(label, 'WITHHELD', ofAgency.reason, ofAgency.contact, controller)
  return null
}

/** What is told of a list beside what was read of it, where a part of the list is withheld: it is not the whole. */
export const partWithheld = (
  input: SectionInput,
  question: Pick<Question, 'agency' | 'label' | 'list' | 'fieldLabels'>,
  lacksValues = false,
): readonly TransferItem[] => {
  const beside = withheldFrom(input, question, lacksValues)
  return beside?.state === 'WITHHELD' ? [beside] : []
}

const isSilent = (input: SectionInput, agency: AgencyName): boolean =>
  Object.keys(listsTakenFrom(input.contracts[agency])).every((list) => carriedRowsOf(input, agency, list).length === 0)

const notAnswered = 'Not answered to this role, which says nothing about whether it exists. Ring the holder.'
