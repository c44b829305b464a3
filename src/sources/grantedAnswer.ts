import type { Holder } from '../foundation/holder.ts'
import { londonDay } from '../foundation/london.ts'
import { admits } from '../policy/admits.ts'
import type { Grant } from '../policy/grant.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import { readsUnclassified } from '../policy/readsUnclassified.ts'
import type { ColumnLayout } from './columnLayout.ts'
import type { Row, Value } from './contract.ts'
import {
  holderReading,
  type Nouns,
  nounIn,
  nounsByHolder,
  type Selected,
  type SelectedByHolder,
  selectedOf,
} from './fieldReading.ts'
import { candidateOf, type HeldById, type HeldCommon, type HeldRecord, heldById } from './heldRecord.ts'
import { judgedParts } from './partAboveWhole.ts'
import { plainRecords, wholeRecord } from './plainRecords.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { recordPrefix } from './servedHolders.ts'
import type { FieldSelection, Holding, SourceAnswer } from './source.ts'
import { isCounted, type ListLayout, type SourceLayout } from './sourceLayout.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

/**
 * One child's answer from records that were read whole: each is admitted by `admits`, and of each the fields are read
 * that the grant permits. What the statement of our own tables answers, this answers of the same records; a test over
 * generated records and grants holds the two equal.
 *
 * @param holder whose records they all are; null: of whoever holds them, as one kind.
 */
export function grantedAnswer(
  layout: SourceLayout,
  grant: Grant,
  selection: FieldSelection,
  given: readonly HeldRecord[],
  holder: Pick<Holder, 'id' | 'kind'> | null = null,
): Answered {
  const held = given.map((record) => judged(layout, record))
  const known = heldById(held)
  const admitted = held.filter((record) => isAdmitted(layout, grant, record, known))
  const rows = new Map<string, readonly Row[]>([...selection.lists.keys()].map((list) => [list, []]))
  const unread = new Map<string, ReadonlySet<string>>()
  const pseudonyms = new Pseudonyms(grant.pseudonymKey)
  for (const list of layout.lists.values()) {
    const asked = selection.lists.get(list.list)
    if (!asked) continue
    const cells = cellsOf(layout, list, grant, asked)
    const ofList = admitted.filter((record) => record.list === list.list).toSorted(byTime)
    rows.set(
      list.list,
      ofList.map((record) => rowOf(layout, grant, holder, record, cells, pseudonyms)),
    )
    const isUnread = held.some((record) => record.list === list.list && isUndated(layout, grant, record, known))
    const isReadOf = ({ select }: CellReading, record: HeldRecord) =>
      isRead(select[whoseOf(grant, record)], layout, grant, record)
    unread.set(list.list, new Set([...(isUnread ? [wholeRecord] : []), ...unreadFields(list, cells, ofList, isReadOf)]))
  }
  return {
    state: 'ANSWERED',
    records: plainRecords(Object.fromEntries(rows), unread),
    holdings: selection.holdings ? holdingsOf(layout, admitted) : [],
  }
}

/** A part above its whole is no value. */
function judged({ lists }: SourceLayout, record: HeldRecord): HeldRecord {
  const list = lists.get(record.list)
  const { fields, above } = list ? judgedParts(list, record.fields) : { fields: record.fields, above: [] }
  return above.length === 0 ? record : { ...record, fields, unread: [...(record.unread ?? []), ...above] }
}

/** Fields that are read of a list, and of which a record has a value that is not what it should be. */
const unreadFields = (
  { columns }: ListLayout,
  cells: readonly CellReading[],
  records: readonly HeldRecord[],
  isReadOf: (cell: CellReading, record: HeldRecord) => boolean,
): readonly string[] =>
  cells
    .filter((cell) =>
      records.some(
        (record) =>
          isReadOf(cell, record) &&
          (record.unread?.includes(cell.key) || !isClean(columns.get(cell.key), record.fields[cell.key] ?? null)),
      ),
    )
    .map(({ key }) => key)

const isClean = (column: ReturnType<ListLayout['columns']['get']>, value: Value): boolean => {
  if (!column?.clean || value === null) return true
  const clean = column.clean(value)
  return clean === value || (Array.isArray(clean) && Array.isArray(value) && clean.length === value.length)
}

/** Whether nothing keeps a record back but that it says of no readable day when its holder knew. */
const isUndated = (layout: SourceLayout, grant: Grant, record: HeldRecord, known: HeldById): boolean =>
  record.common.recordedAt === null &&
  isAdmitted(layout, grant, { ...record, common: { ...record.common, recordedAt: grant.asOf } }, known)

const isAdmitted = (layout: SourceLayout, grant: Grant, record: HeldRecord, known: HeldById): boolean => {
  if (record.isUnclassified && !readsUnclassified(grant, record.common.organisation)) return false
  const candidate = candidateOf(layout, record, known)
  return candidate !== null && admits(grant, candidate) === 'ADMITTED'
}

/** How one field of a list is read from a record under one grant. */
interface CellReading {
  readonly key: string
  readonly value: (record: HeldRecord) => Value
  readonly select: SelectedByHolder
  readonly nouns: Nouns | null
  readonly adultUnless: string | null
}

const commonOf: Readonly<Record<string, keyof HeldCommon>> = {
  'provenance.agency': 'service',
  'provenance.la': 'la',
  'provenance.force': 'force',
  'provenance.organisation': 'organisation',
  'provenance.recordedBy': 'recordedBy',
  'provenance.recordedAt': 'recordedAt',
  'provenance.evidence': 'evidence',
  'provenance.supersedes': 'supersedes',
  eventAt: 'eventAt',
}

const named = { nouns: null, adultUnless: null }
const everyRow: SelectedByHolder = { others: 'VALUE', own: 'VALUE' }

function cellsOf(
  layout: SourceLayout,
  list: ListLayout,
  grant: Grant,
  asked: ReadonlySet<string>,
): readonly CellReading[] {
  const ages = [...asked].flatMap((field) => list.columns.get(field)?.label.adultUnless ?? [])
  const fields = new Set([...asked, ...ages, ...(grant.own === null ? [] : [holderField])])
  const limit = { instant: Date.parse(grant.asOf), day: londonDay(Date.parse(grant.asOf)) }
  return [...fields].flatMap((key): readonly CellReading[] => {
    if (key === 'sensitivity')
      return [{ key, value: ({ labels }) => labels && [...labels], select: everyRow, ...named }]
    const common = commonOf[key]
    if (common) {
      const clean = list.commonClean[key] ?? same
      const value = (record: HeldRecord): Value => clean(record.common[common])
      return [{ key, value, select: holderReading(layout, key, grant), ...named }]
    }
    const column = list.columns.get(key)
    if (!column) return []
    const others = selectedOf(list, column, grant)
    const own = grant.own ? selectedOf(list, column, grant.own) : others
    if (others === 'NOTHING' && own === 'NOTHING') return []
    const clean = column.clean ?? same
    return [
      {
        key,
        value: ({ fields: of }) => (isLater(of, list, column, limit) ? null : clean(of[key] ?? null)),
        select: { others, own },
        nouns: nounsByHolder(grant, column.label),
        adultUnless: column.label.adultUnless,
      },
    ]
  })
}

const same = (value: Value): Value => value

/** Whether a field was filled in after the day as of which is read: see `datedFields.ts`. */
function isLater(
  fields: HeldRecord['fields'],
  { columns }: ListLayout,
  { datedBy }: ColumnLayout,
  limit: { readonly instant: number; readonly day: string },
): boolean {
  const date = datedBy === null ? undefined : columns.get(datedBy)
  const at = date && fields[date.field]
  if (typeof at !== 'string' || !/^\d{4}-/.test(at)) return false
  return date?.kind === 'date' ? at > limit.day : Date.parse(at) > limit.instant
}

const whoseOf = (grant: Grant, { common }: HeldRecord): 'own' | 'others' =>
  grant.own !== null && common.organisation === grant.organisation ? 'own' : 'others'

function rowOf(
  layout: SourceLayout,
  grant: Grant,
  holder: Pick<Holder, 'id' | 'kind'> | null,
  record: HeldRecord,
  cells: readonly CellReading[],
  pseudonyms: Pseudonyms,
): Row {
  const whose = whoseOf(grant, record)
  const prefix = holder ? recordPrefix(grant, holder, whose === 'own') : `${layout.contract.name}:`
  const row: Record<string, Value> & { id: string; person: string } = {
    id: `${prefix}${record.id}`,
    person: record.person ?? '',
  }
  if (layout.lists.get(record.list)?.contract.parent)
    row['parent'] = record.parent === null ? null : `${prefix}${record.parent}`
  for (const { key, value, select } of cells)
    row[key] = isRead(select[whose], layout, grant, record) ? value(record) : null
  for (const { key, nouns, adultUnless } of cells) {
    const noun = nounIn(nouns, whose === 'own', adultUnless !== null && row[adultUnless] === false)
    if (noun !== null) row[key] = pseudonyms.of(noun, row[key] ?? null)
  }
  if (typeof row['provenance.supersedes'] === 'string')
    row['provenance.supersedes'] = `${prefix}${row['provenance.supersedes']}`
  return row
}

function isRead(selected: Selected, { contract }: SourceLayout, { keeper }: Grant, record: HeldRecord): boolean {
  const { la, service } = record.common
  if (selected === 'IF_KEEPERS') return keeper !== null && la === keeper && service === contract.agency
  if (selected === 'UNLESS_PROTECTED') return record.labels?.includes('ADDRESS_PROTECTED') === false
  return selected === 'VALUE'
}

/**
 * By the time of the record, then by the bytes of its id, as a database compares them; what has no time stands last.
 */
const byTime = (one: HeldRecord, other: HeldRecord): number =>
  compared(one.common.eventAt, other.common.eventAt) || compared(one.id, other.id)

const compared = (one: string | null, other: string | null): number => {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  // Without the mark of UTC a fraction of a second stands after its whole second.
  const [a, b] = [one, other].map((text) => Buffer.from(text.replace(/Z$/u, '')))
  return one === other || !a || !b ? 0 : Buffer.compare(a, b)
}

function holdingsOf(layout: SourceLayout, admitted: readonly HeldRecord[]): readonly Holding[] {
  const holdings = new Map<string, Holding>()
  for (const { list, common } of admitted) {
    const of = layout.lists.get(list)
    if (!of || !isCounted(of)) continue
    const service = common.service ?? ''
    const key = `${list}|${service}`
    const before = holdings.get(key)
    const latest = laterOf(before?.latest ?? null, common.recordedAt)
    holdings.set(key, { list, service, count: (before?.count ?? 0) + 1, latest })
  }
  return [...holdings].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, holding]) => holding)
}

const laterOf = (one: string | null, other: string | null): string | null => {
  if (one === null || other === null) return one ?? other
  return compared(one, other) < 0 ? other : one
}
