import { z } from 'zod'
import { type ErrorCode, errorCodes, Refusal } from '../../../foundation/errors.ts'
import { admits } from '../../../policy/admits.ts'
import type { Grant } from '../../../policy/grant.ts'
import type { Row, Value } from '../../contract.ts'
import { nounIn, nounsByHolder } from '../../fieldReading.ts'
import { judgedParts } from '../../partAboveWhole.ts'
import { plainRecords, type Unread } from '../../plainRecords.ts'
import { isPseudonym } from '../../pseudonyms.ts'
import type { Holding, SourceAnswer } from '../../source.ts'
import type { ListLayout } from '../../sourceLayout.ts'
import { countInto, type OnRefused, readCounts } from './counts.ts'
import { candidateIn, judgedOver } from './head.ts'
import type { AskedField, AskedList, SubgraphQuery } from './query.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>
type Json = Readonly<Record<string, unknown>>

const object = z.record(z.string(), z.unknown())
const response = z.object({
  data: z.object({ _entities: z.array(object.nullable()) }).nullish(),
  errors: z
    .array(
      z.object({
        path: z.array(z.union([z.string(), z.number()])).nullish(),
        extensions: z.object({ code: z.string() }).partial().nullish(),
      }),
    )
    .nullish(),
})

/**
 * The answers, in the order of the representations: one child's answer, or why that child has none. An error in a
 * child's part is an error of the whole part, since a list that failed must not be read as one with nothing in it. Only
 * a single value of a record that is there, malformed where it is held, costs no more than itself, as it does in one
 * process. A record that the grant does not let be read costs itself and what stands under it: the agency gave what it
 * was not asked for.
 *
 * @throws when the answer as a whole is not what was asked for.
 */
export const readSubgraphAnswer = (
  json: unknown,
  agency: string,
  query: SubgraphQuery,
  grants: readonly Grant[],
  onRefused: OnRefused,
): (Answered | Refusal)[] => {
  const { data, errors } = response.parse(json)
  const entities = data?._entities
  const general = errors?.find((error) => error.path?.[0] !== '_entities' || typeof error.path[1] !== 'number')
  if (general || !entities) throw refusalOf(agency, general?.extensions?.code)
  if (entities.length !== grants.length) throw new TypeError('not as many answers as were asked for')
  return entities.map((entity, index) => {
    const error = errors?.find((each) => each.path?.[1] === index && !isOneValue(each.path, entity))
    if (error || entity === null) return refusalOf(agency, error?.extensions?.code)
    const grant = grants[index]
    if (!grant || entity['id'] !== grant.childId) throw new TypeError('an answer about another child')
    const lost = (errors ?? []).flatMap(({ path }) => (path?.[1] === index ? [path] : []))
    return readRecord(entity[agency], query, grant, onRefused, unreadBy(lost, query))
  })
}

/**
 * Whether an error left a record in its place and one value of it empty. An error that emptied a list has the same path
 * and no record.
 */
const isOneValue = (path: readonly (string | number)[], entity: Json | null): boolean => {
  let at: unknown = entity
  let inRecord = false
  for (const step of path.slice(2, -1)) {
    if (typeof at !== 'object' || at === null) return false
    at = Object.entries(at).find(([name]) => name === String(step))?.[1]
    inRecord ||= typeof step === 'number'
  }
  return inRecord && typeof at === 'object' && at !== null && !Array.isArray(at)
}

const refusalOf = (agency: string, code: string | undefined): Refusal => {
  const known: ErrorCode = code === 'GRANT_REQUIRED' || code === 'GRANT_REFUSED' ? code : 'SOURCE_UNAVAILABLE'
  return new Refusal(known, {
    detail: `${agency} answered ${code && code in errorCodes ? code : 'an unknown error'}`,
    extensions: { agency },
  })
}

/** Single values that the agency could not give, by their list and field. */
function unreadBy(paths: readonly (readonly (string | number)[])[], query: SubgraphQuery): Unread {
  const unread = new Map<string, Set<string>>()
  for (const path of paths) {
    const steps = path.slice(3).filter((step) => typeof step === 'string')
    let asked: AskedList | undefined
    for (const step of steps) asked = (asked?.nested ?? query.lists).find(({ field }) => field === step) ?? asked
    const field = asked?.fields.find(({ name }) => steps.includes(name))
    if (asked && field) unread.set(asked.list, (unread.get(asked.list) ?? new Set()).add(field.key))
  }
  return unread
}

const readRecord = (
  given: unknown,
  query: SubgraphQuery,
  grant: Grant,
  onRefused: OnRefused,
  unread: Unread,
): Answered => {
  const record = object.parse(given)
  const lists: Record<string, Row[]> = {}
  const counted = new Map<string, Holding>()
  const bad = new Map(unread)
  const begin = (asked: AskedList): void => {
    if (asked.selected) lists[asked.list] = []
    asked.nested.forEach(begin)
  }
  query.lists.forEach(begin)
  const read = (asked: AskedList, parent: Json, parentId: string | null): void => {
    const rows = parent[asked.field] ?? []
    if (!Array.isArray(rows)) throw new TypeError(`${asked.list} is not a list`)
    for (const each of rows) {
      const row = object.parse(each)
      const id = idOf(row['id'], query.prefixes)
      const provenance = object.parse(row['provenance'])
      const told = asked.selected ? rowOf(row, provenance, id, parentId, asked.fields) : null
      const judged = told && judgedParts(asked.layout, told)
      const made = judged?.fields ?? null
      const candidate = candidateIn(asked.layout, id, row, provenance)
      const reason = admits(grant, candidate, judgedOver)
      if (reason !== 'ADMITTED') {
        onRefused(asked.list, reason)
        continue
      }
      for (const field of judged?.above ?? []) bad.set(asked.list, new Set([...(bad.get(asked.list) ?? []), field]))
      if (made) lists[asked.list]?.push(withoutNames(made, asked.layout, grant, candidate.head.organisation))
      if (parentId === null) countInto(counted, asked.list, provenance['agency'], candidate.head.recordedAt)
      for (const nested of asked.nested) read(nested, row, id)
    }
  }
  for (const asked of query.lists) {
    read(asked, record, null)
    for (const nested of asked.nested) putInOrder(lists, nested, record[asked.field])
  }
  return {
    state: 'ANSWERED',
    records: plainRecords(lists, bad),
    holdings: query.holdings ? readCounts(record['holdings'], query, grant, counted, onRefused) : [],
  }
}

const rowOf = (row: Json, provenance: Json, id: string, parent: string | null, fields: readonly AskedField[]): Row => {
  const values: Record<string, Value> = {}
  for (const field of fields) {
    values[field.key] = readValue(field, (field.key === field.name ? row : provenance)[field.name])
  }
  // Of a record's labels the first is its type's, which a row does not carry and the schema puts there again.
  if (Array.isArray(values['sensitivity'])) values['sensitivity'] = values['sensitivity'].slice(1)
  // The agency's own person id does not leave it.
  return { ...values, id, person: '', ...(parent === null ? {} : { parent }) }
}

/** A name that the agency was to keep is not passed on: in its place stands a pseudonym, or nothing. */
function withoutNames(row: Row, { columns }: ListLayout, grant: Grant, organisation: string | null): Row {
  const isOwn = grant.own !== null && organisation === grant.organisation
  const named = Object.entries(row).filter(([key, value]) => {
    const label = columns.get(key)?.label
    if (!label || value === null || value === undefined) return false
    const isAdult = label.adultUnless !== null && row[label.adultUnless] === false
    const noun = nounIn(nounsByHolder(grant, label), isOwn, isAdult)
    return noun !== null && ![value].flat().every((each) => isPseudonym(String(each)))
  })
  return named.length === 0 ? row : { ...row, ...Object.fromEntries(named.map(([key]) => [key, null])) }
}

const readValue = (field: AskedField, given: unknown): Value => {
  if (given === null) return null
  if (!field.list) return scalarOf(field, given)
  if (!Array.isArray(given)) throw new TypeError(`${field.key} is not a list`)
  if (field.parts.length === 0) return given.map((each) => textOf(field, each))
  return given.map((each: unknown) => {
    const part = object.parse(each)
    return Object.fromEntries(field.parts.map((name) => [name, part[name] ?? null]))
  })
}

const scalarOf = (field: AskedField, given: unknown): string | number | boolean => {
  if (field.kind === 'number' && typeof given === 'number' && Number.isFinite(given)) return given
  if (field.kind === 'boolean' && typeof given === 'boolean') return given
  if (field.kind === 'text') return textOf(field, given)
  throw new TypeError(`${field.key} is not a ${field.kind}`)
}

const textOf = (field: AskedField, given: unknown): string => {
  if (typeof given !== 'string') throw new TypeError(`${field.key} is not a text`)
  return given
}

const idOf = (given: unknown, prefixes: readonly string[]): string => {
  if (typeof given !== 'string' || !prefixes.some((prefix) => given.startsWith(`${prefix}:`)))
    throw new TypeError('a record with no id of this agency')
  return given
}

/** By time, those without one last, then by id: the order in which a database gives them. */
const putInOrder = (lists: Readonly<Record<string, Row[]>>, nested: AskedList, parents: unknown): void => {
  const at = new Map<unknown, string>()
  for (const parent of Array.isArray(parents) ? parents : []) {
    const rows: unknown = object.parse(parent)[nested.field] ?? []
    for (const row of Array.isArray(rows) ? rows : []) {
      const { id, orderedAt } = object.parse(row)
      if (typeof orderedAt === 'string') at.set(id, orderedAt)
    }
  }
  const placeOf = (row: Row): string => `${at.get(row.id) ?? '~'}|${row.id}`
  lists[nested.list]?.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}
