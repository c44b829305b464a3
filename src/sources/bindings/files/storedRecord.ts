import { createHash } from 'node:crypto'
import { isEnumType } from 'graphql'
import { instantText } from '../../../foundation/identifiers.ts'
import { imageryIn } from '../../../foundation/refuseImagery.ts'
import { isLabel } from '../../../policy/labels.ts'
import type { ColumnLayout } from '../../columnLayout.ts'
import { partsAboveWhole } from '../../partAboveWhole.ts'
import { type ClosedSet, publishedCode } from '../../publishedCodes.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'
import type { IdentityFacts, IncomingRecord, LineFault, Raw } from './incoming.ts'
import { largest, standsAt } from './incoming.ts'
import { instantIn } from './localTime.ts'
import { type Stored, textIn, typedValue } from './typedValue.ts'

/** Whose records a file has. */
export interface RecordOwner {
  /** The holder's id. */
  readonly id: string
  readonly kind: string
  readonly service: string
  /** Null: whoever each record names. */
  readonly organisation: string | null
  readonly la: string | null
  readonly force: string | null
  readonly timeZone: string
}

/** A record as it is stored, but for its version. */
export interface StoredRecord {
  readonly file: string
  readonly line: number
  readonly at?: string
  /** What the file is. */
  readonly format: string
  readonly list: string
  readonly id: string
  readonly person: string
  readonly parent: string | null
  readonly eventAt: string | null
  /** When the holder knew, where the file says so. */
  readonly recordedAt: string | null
  /** When this was said: when it was recorded, or when the file was made, or now. */
  readonly statedAt: string
  readonly recordedBy: string | null
  readonly service: string
  readonly la: string | null
  readonly force: string | null
  readonly organisation: string | null
  readonly evidence: string
  readonly supersedes: string | null
  readonly labels: readonly string[]
  readonly handling: string
  readonly relevance: string
  readonly withdrawn: boolean
  readonly fields: Readonly<Record<string, Stored | IdentityFacts>>
  /** Fields that cannot be read. */
  readonly unread: readonly string[]
  /** Digest of all of it but for when it was recorded and said: the same is nothing new. */
  readonly content: string
}

/** Under this name stands, among the fields of a person, what finds the person and is no field. */
export const identityKey = '$identity'

export const handlings: ReadonlySet<string> = new Set(['NONE', 'NCND', 'CONDITIONS'])
export const relevances: ReadonlySet<string> = new Set(['RELEVANT', 'UNDECIDED', 'NOT_RELEVANT'])

/** A record to be stored, or why it is none: the first reason, and where. */
export function storedRecord(
  incoming: IncomingRecord,
  layout: SourceLayout,
  owner: RecordOwner,
  now: Date,
  format = 'json',
): StoredRecord | { readonly fault: LineFault; readonly where: string } {
  const list = layout.lists.get(incoming.list)
  if (!list) return { fault: 'LIST_UNKNOWN', where: nameOf(incoming.list) }
  const refuse = (fault: LineFault, field?: string) => ({
    fault,
    where: field === undefined ? list.list : `${list.list}.${nameOf(field)}`,
  })
  const id = idIn(incoming.id)
  if (id === null) return refuse('NO_ID')
  const person = idIn(incoming.person)
  if (person === null) return refuse('NO_PERSON')
  const parent = idIn(incoming.parent)
  if (list.contract.parent && parent === null) return refuse('NO_PARENT')
  const unknown = Object.keys(incoming.fields).find((field) => !list.columns.has(field))
  if (unknown !== undefined) return refuse('FIELD_UNKNOWN', unknown)
  const event = instantOf(incoming.eventAt, owner)
  if (event === 'UNREADABLE') return refuse('DATE_UNREADABLE', 'eventAt')
  const recorded = instantOf(incoming.recordedAt, owner)
  if (recorded === 'UNREADABLE') return refuse('DATE_UNREADABLE', 'recordedAt')
  if (isYetToCome(recorded, now)) return refuse('RECORDED_LATER', 'recordedAt')
  const said = codesOf(incoming, list, owner)
  if ('field' in said) return refuse('CODE_UNKNOWN', said.field)
  const pictured = Object.entries(incoming.fields).find(([, raw]) => holdsImagery(raw))
  if (pictured) return refuse('IMAGERY', pictured[0])
  if ([incoming.id, incoming.person, incoming.recordedBy].some(holdsImagery)) return refuse('IMAGERY')
  const { fields, unread, tooLong } = fieldsOf(incoming, list, owner, now)
  if (tooLong !== null) return refuse('TOO_LONG', tooLong)
  const backwards = periods.find(([begins, ends]) =>
    isBackwards(begins === 'eventAt' ? event : fields[begins], fields[ends]),
  )
  if (backwards) return refuse('ENDS_BEFORE_BEGIN', backwards[1])
  const made = madeOn(incoming, owner)
  const record = {
    ...{ list: list.list, id, person, parent: list.contract.parent ? parent : null, eventAt: event },
    ...{ recordedBy: wordIn(incoming.recordedBy), la: wordIn(incoming.la) ?? owner.la },
    ...{ force: wordIn(incoming.force) ?? owner.force },
    ...{ organisation: wordIn(incoming.organisation) ?? owner.organisation, supersedes: idIn(incoming.supersedes) },
    ...{ ...said, withdrawn: incoming.withdrawn ?? false, fields, unread },
  }
  return {
    ...record,
    ...standsAt(incoming),
    ...{ format, recordedAt: recorded },
    statedAt: recorded ?? notAfter(made, now) ?? instantText(now),
    content: createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 24),
  }
}

/** A name out of a file as it may be shown: no control characters, not endless. */
export const nameOf = (text: string): string => text.replace(/[^\p{L}\p{N} _.$-]/gu, '?').slice(0, 60)

/** When the file of a record says that it was made. */
export const madeOn = (
  { madeAt }: Pick<IncomingRecord, 'madeAt'>,
  { timeZone }: Pick<RecordOwner, 'timeZone'>,
): string | null => (madeAt === undefined ? null : instantIn(madeAt, timeZone))

/** An instant that is not yet to come; null where it is, or is not known. */
export const notAfter = (instant: string | null, now: Date): string | null =>
  instant !== null && Date.parse(instant) <= now.getTime() ? instant : null

function idIn(raw: Raw): string | null {
  const read = textIn(raw)
  if (typeof read === 'string' || read.text.length > largest.id || /\p{Cc}/u.test(read.text)) return null
  return read.text
}

/** No text as short as this holds any. */
const shortestImagery = 12

/** Of a list each text is looked at. */
const holdsImagery = (raw: unknown): boolean =>
  typeof raw === 'string'
    ? raw.length >= shortestImagery && imageryIn(raw) !== 'NONE'
    : Array.isArray(raw) && raw.some(holdsImagery)

const wordIn = (raw: Raw): string | null => {
  const read = textIn(raw)
  return typeof read === 'string' ? null : read.text
}

function instantOf(raw: Raw, { timeZone }: RecordOwner): string | null | 'UNREADABLE' {
  const typed = typedValue(raw, 'instant', timeZone)
  if (typed === 'EMPTY') return null
  return typed === 'UNREADABLE' ? typed : String(typed.value)
}

type Codes = Pick<StoredRecord, 'service' | 'evidence' | 'labels' | 'handling' | 'relevance'>

/**
 * What decides who reads a record is taken as it should be written or not at all: a marking that is misspelt would mark
 * nothing.
 */
function codesOf(incoming: IncomingRecord, list: ListLayout, owner: RecordOwner): Codes | { readonly field: string } {
  const service = wordIn(incoming.service) ?? owner.service
  if (!isOf(list, 'provenance.agency', service)) return { field: 'service' }
  const evidence = wordIn(incoming.evidence) ?? 'FACT'
  if (!isOf(list, 'provenance.evidence', evidence)) return { field: 'evidence' }
  const labels = typedValue(incoming.labels ?? [], 'list', owner.timeZone)
  if (typeof labels === 'string' || !Array.isArray(labels.value) || !labels.value.every(isLabel))
    return { field: 'labels' }
  const handling = wordIn(incoming.handling) ?? 'NONE'
  if (!handlings.has(handling)) return { field: 'handling' }
  const relevance = wordIn(incoming.relevance) ?? 'RELEVANT'
  if (!relevances.has(relevance)) return { field: 'relevance' }
  return { service, evidence, labels: labels.value, handling, relevance }
}

const isOf = ({ commonClean }: ListLayout, field: string, value: string): boolean => {
  const clean = commonClean[field]
  return !clean || clean(value) !== null
}

function fieldsOf(incoming: IncomingRecord, list: ListLayout, { timeZone }: RecordOwner, now: Date) {
  const fields: Record<string, Stored | IdentityFacts> = {}
  const unread: string[] = [...(incoming.unread ?? [])]
  const codes = { ...list.contract.codes, ...incoming.codes }
  let tooLong: string | null = null
  for (const [field, raw] of Object.entries(incoming.fields)) {
    const column = list.columns.get(field)
    if (!column) continue
    if (typeof raw === 'string' && raw.length > largest.text) tooLong = field
    const typed = typedValue(raw, column.kind, timeZone)
    if (typed === 'EMPTY') continue
    if (typed === 'UNREADABLE' || (list.list === 'person' && isNobodys(field, typed.value, now))) {
      unread.push(field)
      continue
    }
    const set = codes[field]
    const value = set ? ofSet(typed.value, set) : asNamed(typed.value, column)
    if (value !== null) fields[field] = value
    // What its type refuses is kept as it was said, since whoever reads it leaves it out, and counts it.
    const isGood = value !== null && (!column.clean || isClean(column.clean(value), value))
    if (!isGood || !isAsLong(value, typed.value)) unread.push(field)
  }
  for (const part of partsAboveWhole(list.contract, fields)) {
    delete fields[part]
    unread.push(part)
  }
  if (incoming.identity) fields[identityKey] = incoming.identity
  return { fields, unread, tooLong }
}

/** A word of the schema in whichever case it was written: `m` is M. */
const asNamed = (value: Stored, { leaf }: ColumnLayout): Stored =>
  isEnumType(leaf) && typeof value === 'string' && !leaf.getValue(value) && leaf.getValue(value.toUpperCase())
    ? value.toUpperCase()
    : value

/** A code of its set, or those of several that are; null where none is. */
function ofSet(value: Stored, set: ClosedSet): Stored | null {
  if (!Array.isArray(value)) return publishedCode(set, String(value))
  const good = value.flatMap((item) => publishedCode(set, String(item)) ?? [])
  return good.length === 0 && value.length > 0 ? null : good
}

const isAsLong = (value: Stored, said: Stored): boolean =>
  !Array.isArray(value) || !Array.isArray(said) || value.length === said.length

const names: ReadonlySet<string> = new Set(['family', 'given', 'name'])

/** What can be read and is of no person: a name that is a page long, a birth that is yet to come. */
const isNobodys = (field: string, value: Stored, now: Date): boolean =>
  (names.has(field) && String(value).length > largest.name) ||
  (field === 'dateOfBirth' && isYetToCome(String(value), now))

/** In no time zone is it later than tomorrow. */
const dayLength = 86_400_000

/** Whether a time is later than any clock shows. */
export const isYetToCome = (instant: string | null, now: Date): boolean =>
  instant !== null && Date.parse(instant) > now.getTime() + dayLength

/** What begins a record, and what ends it. */
const periods = [
  ['from', 'to'],
  ['startedOn', 'endedOn'],
  ['eventAt', 'closedOn'],
] as const

/** Of two that are not written alike, the days are compared. */
function isBackwards(from: unknown, to: unknown): boolean {
  if (typeof from !== 'string' || typeof to !== 'string') return false
  const length = Math.min(from.length, to.length) > 10 ? undefined : 10
  const [begins, ends] = [from, to].map((text) => Date.parse(text.slice(0, length)))
  return begins !== undefined && ends !== undefined && ends < begins
}

const isClean = (cleaned: unknown, value: Stored): boolean =>
  Array.isArray(value) ? Array.isArray(cleaned) && cleaned.length === value.length : cleaned !== null
