import type { AgencyName } from '../foundation/agencies.ts'
import { type Described, type Person, personOf } from '../identity/person.ts'
import type { PersonEntry } from '../identity/registerTypes.ts'
import { findingStatements } from '../sources/bindings/sql/mapping/mappedLayout.ts'
import { type FindingFact, findingFacts, type Mapping } from '../sources/bindings/sql/mapping/mapping.ts'
import type { Served } from '../sources/servedHolders.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { Database } from '../store/database.ts'

/** Persons that are read together. */
const batchSize = 500

/** A person for the register, and whether a place of theirs is one that must not be found. */
export interface IndexedPerson extends PersonEntry {
  readonly hasProtectedPlace: boolean
  /** The child whom an adult or a household matters to, where their holder says so. */
  readonly child?: Person
}

/** A person as their holder's rows describe them. */
export interface DescribedPerson extends Omit<IndexedPerson, 'person' | 'child'> {
  readonly described: Described
}

/** How many people an agency holds. */
export async function countPeople(database: Database, layout: SourceLayout): Promise<number> {
  const list = layout.lists.get('person')
  if (!list) return 0
  const rows = await database.rows({
    name: `index_count_${layout.schema}`,
    text: `select count(distinct "${list.common.person}")::text from ${list.relation}`,
    values: [],
  })
  return Number(rows[0]?.[0] ?? 0)
}

/** Where an agency's persons stand. */
export interface PeopleTables {
  readonly agency: AgencyName
  readonly database: Database
  readonly layout: SourceLayout
  readonly served: Served
  readonly mapping: Mapping | undefined
}

/** An agency's persons, some at a time, one for each id: the name that is no alias, with the others beside it. */
export async function* agencyPeople(tables: PeopleTables): AsyncGenerator<readonly IndexedPerson[]> {
  for (let after: string | null = ''; after !== null; ) {
    const page: DescribedPage = await describedPeople(tables, after)
    if (page.people.length > 0)
      yield page.people.map(({ described, ...entry }) => ({ ...entry, person: personOf(described) }))
    after = page.last
  }
}

interface DescribedPage {
  readonly people: readonly DescribedPerson[]
  /** The last id of the page; null where nobody stands behind it. */
  readonly last: string | null
}

/** Those whose ids come after one. */
export async function describedPeople(tables: PeopleTables, after: string): Promise<DescribedPage> {
  const { database, layout, mapping } = tables
  const ids = await idsAfter(database, layout, after)
  const last = ids.at(-1) ?? null
  if (last === null) return { people: [], last }
  const found = await foundBy(database, layout, mapping ? findingStatements(mapping) : [], ids)
  return { people: await peopleOf(tables, ids, found), last }
}

async function idsAfter(database: Database, layout: SourceLayout, after: string): Promise<readonly string[]> {
  const list = layout.lists.get('person')
  if (!list) return []
  const rows = await database.rows({
    name: `index_ids_${layout.schema}`,
    // In the index's own order: in any other, each batch would sort everybody.
    text: `select distinct "${list.common.person}" as id from ${list.relation}
      where "${list.common.person}" > $1::text order by id limit ${batchSize}`,
    values: [after],
  })
  return rows.flatMap(([id]) => id ?? [])
}

const personFields = [
  'family',
  'given',
  'name',
  'dateOfBirth',
  'expectedDate',
  'sex',
  'nhsNumber',
  'nhsNumberVerified',
  'upn',
  'isAlias',
]

async function peopleOf(
  { agency, database, layout, served }: PeopleTables,
  ids: readonly string[],
  found: ReadonlyMap<string, FoundBy>,
): Promise<readonly DescribedPerson[]> {
  const holderOf = holderOfRow(served)
  const postcodes = await postcodesOf(database, layout, holderOf, ids)
  const byId = new Map<string, Stored[]>()
  const ownNumber = layout.contract.lists['person']?.ownNumber
  const fields = ownNumber === undefined ? personFields : [...personFields, ownNumber]
  for (const row of await rowsOf(database, layout, 'person', fields, ids)) {
    const whose = `${holderOf(row)} ${row.person}`
    byId.set(whose, [...(byId.get(whose) ?? []), row])
  }
  return [...byId].map(([whose, rows]) => {
    const localId = rows[0]?.person ?? ''
    const holder = whose.slice(0, whose.indexOf(' '))
    const main = rows.find(({ fields }) => fields['isAlias'] !== 'true') ?? rows[0]
    const fields = main?.fields ?? {}
    const by = found.get(localId)
    const isProtected = rows.some((row) => isHidden(row)) || hidesAddress(postcodes, whose)
    const codes = [...(postcodes.get(whose) ?? []), ...(isProtected ? [] : (by?.postcode ?? []))]
    const [postcode, ...previousPostcodes] = codes
    const families = rows.flatMap((row) => (row === main ? [] : (namesOf(row.fields).family ?? [])))
    const described = {
      ...namesOf(fields),
      otherFamily: [...families, ...(by?.otherFamilyName ?? [])],
      middle: by?.middleName?.[0] ?? null,
      birth: fields['dateOfBirth'] ?? null,
      expected: fields['expectedDate'] ?? null,
      sex: fields['sex'] ?? null,
      nhsNumber: fields['nhsNumber'] ?? by?.nhsNumber?.[0] ?? null,
      nhsVerified: (fields['nhsNumberVerified'] ?? by?.nhsNumberVerified?.[0]) === 'true',
      upn: fields['upn'] ?? by?.upn?.[0] ?? null,
      postcode: postcode ?? null,
      previousPostcodes,
    }
    const hasProtectedPlace = rows.some((row) => isPlaceProtected(row)) || hidesPlace(postcodes, whose)
    return {
      ...{ agency, localId, described, isProtected, hasProtectedPlace },
      ...(holder === '' ? {} : { holder }),
      ...(ownNumber === undefined ? {} : { ownNumbers: numbersOf(rows, ownNumber) }),
    }
  })
}

/** What a mapping has a person found by, beside the fields of the kind. */
type FoundBy = Readonly<Partial<Record<FindingFact, readonly string[]>>>

async function foundBy(
  database: Database,
  layout: SourceLayout,
  statements: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundBy>> {
  const found = new Map<string, Partial<Record<FindingFact, string[]>>>()
  for (const [at, text] of statements.entries())
    for (const [person, ...facts] of await database.rows({
      name: `index_found_${layout.schema}_${at}`,
      text,
      values: [JSON.stringify(ids)],
    })) {
      const of = found.get(person ?? '') ?? {}
      for (const [place, fact] of findingFacts.entries()) {
        const value = facts[place]
        if (value) of[fact] = [...(of[fact] ?? []), value]
      }
      found.set(person ?? '', of)
    }
  return found
}

const numbersOf = (rows: readonly Stored[], field: string): readonly string[] => [
  ...new Set(rows.flatMap(({ fields }) => fields[field] || [])),
]

/** Given and family name; adult services keep an adult's name as one text, the family name last. */
function namesOf(fields: Stored['fields']): Pick<Described, 'given' | 'family'> {
  if (fields['given'] || fields['family'] || !fields['name'])
    return { given: fields['given'] ?? null, family: fields['family'] ?? null }
  const words = fields['name'].trim().split(/\s+/)
  return { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? null }
}

interface Stored {
  readonly person: string
  readonly organisation: string
  readonly labels: string
  readonly fields: Readonly<Record<string, string | null>>
}

const isPlaceProtected = ({ labels, fields }: Stored): boolean =>
  labels.includes('ADDRESS_PROTECTED') || fields['protected'] === 'true'

const isHidden = ({ labels, fields }: Stored): boolean =>
  /ADOPTION|ADDRESS_PROTECTED/.test(labels) || fields['protected'] === 'true'

const hidden = 'HIDDEN'
const hiddenPlace = 'HIDDEN_PLACE'
const hidesPlace = (postcodes: ReadonlyMap<string, readonly string[]>, id: string): boolean =>
  postcodes.has(`${hiddenPlace} ${id}`)
const hidesAddress = (postcodes: ReadonlyMap<string, readonly string[]>, id: string): boolean =>
  postcodes.has(`${hidden} ${id}`)

/** Postcodes by person. One that must not be found makes no key: else a search that guessed it would find somebody. */
async function postcodesOf(
  database: Database,
  layout: SourceLayout,
  holderOf: HolderOfRow,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  if (!layout.lists.has('addresses')) return found
  const rows = await rowsOf(database, layout, 'addresses', ['postcode', 'protected', 'from'], ids)
  for (const row of [...rows].sort((a, b) => (b.fields['from'] ?? '').localeCompare(a.fields['from'] ?? ''))) {
    const { fields } = row
    const person = `${holderOf(row)} ${row.person}`
    if (isPlaceProtected(row)) found.set(`${hiddenPlace} ${person}`, [])
    if (isHidden(row)) found.set(`${hidden} ${person}`, [])
    else if (fields['postcode']) found.set(person, [...(found.get(person) ?? []), fields['postcode']])
  }
  return found
}

/** The id of the holder of a row; empty where the holders of the agency are not told apart. */
type HolderOfRow = (row: Pick<Stored, 'organisation'>) => string

function holderOfRow({ holders }: Served): HolderOfRow {
  const [only] = holders ?? []
  if (!holders || !only) return () => ''
  if (holders.length === 1) return () => only.id
  const ids = new Map(holders.map(({ id, organisation }) => [organisation, id]))
  return ({ organisation }) => ids.get(organisation) ?? ''
}

/** Rows of one list as text. Names of tables and columns are the layout's, never a caller's. */
async function rowsOf(
  database: Database,
  layout: SourceLayout,
  name: string,
  fields: readonly string[],
  ids: readonly string[],
): Promise<readonly Stored[]> {
  const list = layout.lists.get(name)
  if (!list) return []
  const held = fields.flatMap((field) => list.columns.get(field) ?? [])
  const columns = [
    list.common.person,
    list.common.labels,
    list.common.organisation,
    ...held.map(({ column }) => column),
  ]
  const rows = await database.rows({
    name: `index_${layout.schema}_${list.table}`,
    text: `select ${columns.map((column) => `"${column}"::text`).join(', ')} from ${list.relation}
      where "${list.common.person}" = any(array(select json_array_elements_text($1::json)))
      order by "${list.common.recordedAt}", "${list.common.id}"`,
    values: [JSON.stringify(ids)],
  })
  return rows.map(([person, labels, organisation, ...values]) => ({
    person: person ?? '',
    organisation: organisation ?? '',
    labels: labels ?? '',
    fields: Object.fromEntries(held.map(({ field }, at) => [field, values[at] ?? null])),
  }))
}
