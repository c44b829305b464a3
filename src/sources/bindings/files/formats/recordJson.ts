import { z } from 'zod'
import type { SourceLayout } from '../../../sourceLayout.ts'
import {
  FileFault,
  type IdentityFacts,
  type ImportFile,
  type IncomingRecord,
  type ReadRecords,
  type RefusedLine,
} from '../incoming.ts'
import { nameOf } from '../storedRecord.ts'
import { typedValue } from '../typedValue.ts'
import { objectLines } from './objectLines.ts'

/** What a file of records says that it is. */
export const recordFormat = 'wholeview-records/1'

const text = z.string()
const said = z.union([z.string(), z.number(), z.boolean()]).nullish()

const address = z.strictObject({
  display: said,
  postcode: said,
  la: said,
  force: said,
  from: said,
  to: said,
  protected: said,
})

/** The child to whom a household of adult services matters. */
const childShape = z.strictObject({
  given: text.nullish(),
  family: text.nullish(),
  dateOfBirth: text.nullish(),
  nhsNumber: text.nullish(),
  nhsNumberVerified: z.boolean().nullish(),
  upn: text.nullish(),
  postcode: text.nullish(),
})

/** One person, as a file of records has them. */
export const personShape = z.strictObject({
  id: said,
  family: said,
  given: said,
  name: said,
  middleName: text.nullish(),
  otherFamilyNames: z.array(text).nullish(),
  dateOfBirth: said,
  expectedDate: said,
  sex: said,
  nhsNumber: said,
  nhsNumberVerified: said,
  motherNhsNumber: text.nullish(),
  upn: said,
  upnUnknown: said,
  laChildId: said,
  homeLanguage: said,
  ethnicity: said,
  immigration: said,
  isAlias: said,
  child: childShape.nullish(),
  addresses: z.array(address).nullish(),
  recordedAt: said,
  recordedBy: said,
  labels: z.array(text).nullish(),
})

/** One record, whatever its list. */
export const recordShape = z.strictObject({
  id: said,
  person: said,
  parent: said,
  eventAt: said,
  recordedAt: said,
  recordedBy: said,
  service: said,
  la: said,
  force: said,
  evidence: said,
  supersedes: said,
  labels: z.array(text).nullish(),
  handling: said,
  relevance: said,
  withdrawn: z.boolean().nullish(),
  fields: z.record(z.string(), z.unknown()).nullish(),
})

const document = z.strictObject({
  $schema: text.nullish(),
  format: z.literal(recordFormat),
  kind: text.nullish(),
  holder: text.nullish(),
  madeAt: text.nullish(),
  people: z.array(z.unknown()).nullish(),
  records: z.record(z.string(), z.array(z.unknown())).nullish(),
})

/**
 * Records in our own JSON.
 *
 * @param json the same text, parsed.
 * @throws FileFault where it is no such file, or one of another holder or kind.
 */
export function readRecordJson(
  json: unknown,
  jsonText: string,
  { name }: ImportFile,
  layout: SourceLayout,
  holder: string,
): ReadRecords {
  const checked = document.safeParse(json)
  if (!checked.success)
    throw new FileFault(`${name} is no file of records: ${faultsOf(checked.error)}. Nothing of the file is taken.`)
  const { kind, holder: of, madeAt, people, records } = checked.data
  if (kind && kind !== layout.contract.name)
    throw new FileFault(`${name} says that it has records of another kind of agency than ${layout.contract.name}.`)
  if (of && of !== holder) throw new FileFault(`${name} says that it has records of another holder than ${holder}.`)
  const lineOf = objectLines(jsonText)
  const refused: RefusedLine[] = []
  const taken: IncomingRecord[] = []
  const common = { file: name, ...(madeAt ? { madeAt } : {}) }
  const lines = linesOf(lineOf)
  for (const each of people ?? []) {
    const stands = { file: name, ...lines('people', each) }
    const person = personShape.safeParse(each)
    if (person.success && person.data.child && layout.contract.name !== 'adultServices')
      refused.push({ ...stands, fault: 'FIELD_UNKNOWN', where: 'people.child' })
    else if (person.success)
      taken.push(...personRecords(person.data, layout).map((record) => ({ ...common, ...stands, ...record })))
    else refused.push({ ...stands, fault: faultOf(person.error), where: whereOf('people', person.error) })
  }
  for (const [list, rows] of Object.entries(records ?? {}))
    for (const each of rows) {
      const stands = { file: name, ...lines(list, each) }
      const record = recordShape.safeParse(each)
      if (!record.success) {
        refused.push({ ...stands, fault: faultOf(record.error), where: whereOf(list, record.error) })
        continue
      }
      const { withdrawn, fields, ...rest } = record.data
      taken.push({
        ...common,
        ...{ ...stands, list, fields: fields ?? {}, id: rest.id, person: rest.person },
        ...rest,
        ...(withdrawn ? { withdrawn } : {}),
      })
    }
  return { records: taken, refused, notes: [] }
}

/**
 * The line of each item of an array, asked for one after the other, and its place in it: a document may stand in one
 * line. What is no object has no line.
 */
function linesOf(
  lineOf: (array: string, place: number) => number,
): (array: string, item: unknown) => { readonly line: number; readonly at: string } {
  const items = new Map<string, number>()
  const objects = new Map<string, number>()
  const next = (counted: Map<string, number>, array: string): number => {
    const place = counted.get(array) ?? 0
    counted.set(array, place + 1)
    return place
  }
  return (array, item) => {
    const at = `${nameOf(array)}[${next(items, array)}]`
    const isObject = typeof item === 'object' && item !== null && !Array.isArray(item)
    return { line: isObject ? lineOf(array, next(objects, array)) : 0, at }
  }
}

type PersonSaid = z.infer<typeof personShape>

/** A person is a record of the kind's list of persons, and of its list of addresses where it has one. */
function personRecords(person: PersonSaid, layout: SourceLayout): readonly Omit<IncomingRecord, 'file' | 'line'>[] {
  const { id, addresses, recordedAt, recordedBy, labels, ...said } = person
  const { middleName, otherFamilyNames, motherNhsNumber, child, ...facts } = said
  const columns = layout.lists.get('person')?.columns
  const own = { recordedAt, recordedBy, ...(labels ? { labels } : {}) }
  const name = { name: facts.name ?? ([facts.given, facts.family].filter(Boolean).join(' ') || undefined) }
  const fields = Object.fromEntries(
    Object.entries({ ...facts, ...name }).filter(([field, value]) => columns?.has(field) && value != null),
  )
  const listsAddresses = layout.lists.has('addresses')
  const [postcode, ...previousPostcodes] = listsAddresses
    ? []
    : latestFirst(addresses ?? []).flatMap((each) => (typeof each.postcode === 'string' ? each.postcode : []))
  const isProtected = (addresses ?? []).some((each) => mayBeProtected(each.protected))
  const verified = columns?.has('nhsNumberVerified') ? false : saysYes(facts.nhsNumberVerified)
  const identity: IdentityFacts = {
    ...(middleName ? { middleName } : {}),
    ...(otherFamilyNames?.length ? { otherFamilyNames } : {}),
    ...(motherNhsNumber ? { motherNhsNumber } : {}),
    ...Object.fromEntries(
      (['nhsNumber', 'upn', 'expectedDate'] as const).flatMap((fact) =>
        facts[fact] != null && !columns?.has(fact) ? [[fact, String(facts[fact])]] : [],
      ),
    ),
    ...(verified === true ? { nhsNumberVerified: true } : {}),
    // One that must not be found makes no key, whoever lists it.
    ...(postcode && !isProtected ? { postcode, previousPostcodes } : {}),
    ...(isProtected ? { isProtected } : {}),
    ...(child ? { child } : {}),
  }
  const unread = verified === 'UNREADABLE' ? { unread: ['nhsNumberVerified'] } : {}
  const record = { list: 'person', id, person: id, ...own, fields, ...unread }
  return [
    Object.keys(identity).length > 0 ? { ...record, identity } : record,
    ...(listsAddresses ? (addresses ?? []) : []).map((each, at) => ({
      ...{ list: 'addresses', id: `${String(id)}/address/${at + 1}`, person: id, recordedBy },
      ...{ recordedAt: recordedAt ?? undefined, eventAt: each.from },
      labels: [...(labels ?? []), ...(mayBeProtected(each.protected) ? ['ADDRESS_PROTECTED'] : [])],
      fields: Object.fromEntries(Object.entries(each).filter(([, value]) => value != null)),
    })),
  ]
}

type Said = z.infer<typeof said>

/** Yes and no as systems write them; what is left out says no. */
function saysYes(value: Said): boolean | 'UNREADABLE' {
  const typed = typedValue(value, 'boolean', 'UTC')
  return typed === 'UNREADABLE' ? typed : typed !== 'EMPTY' && typed.value === true
}

/** Where nobody can read whether an address is protected, it is kept as one that is. */
const mayBeProtected = (value: Said): boolean => saysYes(value) !== false

const latestFirst = (addresses: NonNullable<PersonSaid['addresses']>) =>
  addresses.toSorted((one, other) => String(other.from ?? '').localeCompare(String(one.from ?? '')))

const isUnknownKey = ({ issues }: z.ZodError) => issues.some(({ code }) => code === 'unrecognized_keys')

const faultOf = (error: z.ZodError): RefusedLine['fault'] => (isUnknownKey(error) ? 'FIELD_UNKNOWN' : 'NOT_A_RECORD')

/** The first place at fault. Names of members are the writer's, and are shown as plain text alone. */
const whereOf = (list: string, { issues }: z.ZodError): string => {
  const [issue] = issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : (issue?.path ?? [])
  return [list, ...keys.slice(0, 1).map(String)].map(nameOf).join('.')
}

/** What is wrong with the document as a whole. Names of its members are the writer's, and are shown as plain text. */
const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map((issue) => {
      const place = issue.path.length === 0 ? 'the document' : nameOf(issue.path.map(String).join('.'))
      if (issue.code === 'invalid_value') return `${place} must be ${issue.values.map(String).join(' or ')}`
      if (issue.code === 'invalid_type') return `${place} must be ${wordsOfTypes[issue.expected] ?? issue.expected}`
      if (issue.code !== 'unrecognized_keys') return `${place} is not as it should be`
      const known = Object.keys(document.shape).join(', ')
      return `${issue.keys.slice(0, 3).map(nameOf).join(', ')} is nothing that a document has; it has ${known}, and lists stand under records`
    })
    .join('; ')

const wordsOfTypes: Readonly<Record<string, string>> = {
  array: 'a list in brackets',
  object: 'an object in braces',
  record: 'an object in braces',
  string: 'a text',
}
