import type { Database } from '../../../store/database.ts'
import type { ChildDescribed } from './incoming.ts'
import { identityKey } from './storedRecord.ts'

/** Persons that are read together. */
const batchSize = 500

/** A person as their holder described them, for finding the right child. */
export interface ImportedPerson {
  readonly id: string
  readonly given: string | null
  readonly middle: string | null
  readonly family: string | null
  readonly otherFamily: readonly string[]
  readonly birth: string | null
  readonly expected: string | null
  readonly sex: string | null
  readonly nhsNumber: string | null
  readonly nhsVerified: boolean
  readonly upn: string | null
  readonly motherNhs: string | null
  readonly postcode: string | null
  readonly previousPostcodes: readonly string[]
  readonly isProtected: boolean
  readonly hasProtectedPlace: boolean
  /** Numbers by which the holder's people name the person. */
  readonly ownNumbers: readonly string[]
  /** Of an adult or a household: the child whom they matter to, as their holder describes the child. */
  readonly child: ChildDescribed | null
}

/** Persons of a holder as files have them now, some at a time, one for each id. */
export async function* importedPeople(
  database: Database,
  holder: string,
  ownNumber?: string,
): AsyncGenerator<readonly ImportedPerson[]> {
  for (let after = ''; ; ) {
    const ids = await database.rows({
      name: 'imported_person_ids',
      text: `select distinct person_id from gateway.imported_record
        where holder = $1::text and list = 'person' and replaced_at is null and person_id > $2::text
        order by person_id limit ${batchSize}`,
      values: [holder, after],
    })
    if (ids.length === 0) return
    const named = ids.flatMap(([id]) => id ?? [])
    yield await personsOf(database, holder, named, ownNumber)
    after = named.at(-1) ?? after
  }
}

/** How many there are. */
export async function countImportedPeople(database: Database, holder: string): Promise<number> {
  const [row] = await database.rows({
    name: 'imported_person_count',
    text: `select count(distinct person_id)::text from gateway.imported_record
      where holder = $1::text and list = 'person' and replaced_at is null`,
    values: [holder],
  })
  return Number(row?.[0] ?? 0)
}

interface Row {
  readonly list: string
  readonly labels: readonly string[]
  readonly fields: Readonly<Record<string, unknown>>
}

async function personsOf(
  database: Database,
  holder: string,
  ids: readonly string[],
  ownNumber: string | undefined,
): Promise<readonly ImportedPerson[]> {
  const rows = await database.rows({
    name: 'imported_persons',
    text: `select person_id, list, array_to_json(row_labels)::text, fields::text from gateway.imported_record
      where holder = $1::text and list in ('person', 'addresses') and replaced_at is null
        and person_id = any(array(select json_array_elements_text($2::json)))
      order by recorded_at desc, record_id`,
    values: [holder, JSON.stringify(ids)],
  })
  const byPerson = new Map<string, Row[]>(ids.map((id) => [id, []]))
  for (const [id, list, labels, fields] of rows)
    byPerson
      .get(id ?? '')
      ?.push({ list: list ?? '', labels: JSON.parse(labels ?? '[]'), fields: JSON.parse(fields ?? '{}') })
  return [...byPerson].map(([id, found]) => describe(id, found, ownNumber))
}

/** Several files may each tell a part: what the latest does not say, an earlier one does. */
function describe(id: string, rows: readonly Row[], ownNumber: string | undefined): ImportedPerson {
  const persons = rows.filter(({ list }) => list === 'person')
  const main = persons.toSorted(
    (one, other) => Number(one.fields['isAlias'] === true) - Number(other.fields['isAlias'] === true),
  )
  const facts = main.map(({ fields }) => ({ ...(fields[identityKey] as Row['fields'] | undefined), ...fields }))
  const first = (name: string) => facts.map((each) => textOf(each[name])).find((text) => text !== null) ?? null
  const words = first('name')?.trim().split(/\s+/) ?? []
  const family = first('family') ?? words.at(-1) ?? null
  const families = facts.flatMap((each) => [textOf(each['family']), ...textsOf(each['otherFamilyNames'])])
  const postcodes = postcodesOf(rows, facts)
  const hasProtectedPlace = rows.some(isPlaceProtected)
  return {
    ...{ id, family, given: first('given') ?? (words.length > 1 ? words.slice(0, -1).join(' ') : null) },
    middle: first('middleName'),
    otherFamily: [...new Set(families)].flatMap((name) => (name === null || name === family ? [] : [name])),
    ...{ birth: first('dateOfBirth'), expected: first('expectedDate'), sex: first('sex'), upn: first('upn') },
    ...{ nhsNumber: first('nhsNumber'), nhsVerified: facts.some((each) => each['nhsNumberVerified'] === true) },
    motherNhs: first('motherNhsNumber'),
    postcode: postcodes[0] ?? null,
    previousPostcodes: postcodes.slice(1),
    isProtected: hasProtectedPlace || rows.some(({ labels }) => labels.includes('ADOPTION')),
    hasProtectedPlace,
    ownNumbers: ownNumber === undefined ? [] : [...new Set(facts.flatMap((each) => textOf(each[ownNumber]) ?? []))],
    child: facts.map((each) => each['child'] as ChildDescribed | undefined).find((child) => child) ?? null,
  }
}

/** Latest first. One that must not be found makes no key: else a search that guessed it would find somebody. */
function postcodesOf(rows: readonly Row[], facts: readonly Row['fields'][]): readonly string[] {
  if (rows.some(isPlaceProtected)) return []
  const listed = rows
    .filter(({ list }) => list === 'addresses')
    .toSorted((one, other) => String(other.fields['from'] ?? '').localeCompare(String(one.fields['from'] ?? '')))
    .map(({ fields }) => textOf(fields['postcode']))
  const told = facts.flatMap((each) => [textOf(each['postcode']), ...textsOf(each['previousPostcodes'])])
  return [...new Set([...listed, ...told])].flatMap((code) => code ?? [])
}

const isPlaceProtected = ({ labels, fields }: Row): boolean =>
  labels.includes('ADDRESS_PROTECTED') ||
  fields['protected'] === true ||
  (fields[identityKey] as Row['fields'] | undefined)?.['isProtected'] === true

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
