import type { Knex } from 'knex'
import { blockingKeys } from './blockingKeys.ts'
import { normalisedPerson, normalisedText, type Person } from './person.ts'
import type { PersonEntry, RegisterOptions } from './registerTypes.ts'

/**
 * What became of people who were taken in: ids of all their records, and of those that are new or say something else
 * now.
 */
export interface Intake {
  readonly ids: ReadonlyMap<string, string>
  readonly changed: number
}

/** A holder's person, as one text; without a holder the agency's. */
export const entryName = (agency: string, localId: string, holder = ''): string =>
  holder === '' ? `${agency} ${localId}` : `${agency} ${localId} ${holder}`

const nameOf = ({ agency, localId, holder }: Pick<PersonEntry, 'agency' | 'localId' | 'holder'>): string =>
  entryName(agency, localId, holder)

/**
 * Takes in what agencies hold of people now, in as many statements for a thousand as for one. A source that forgets
 * takes nothing away: a record that was protected stays so, and a former name or address is still a way to the child.
 */
export async function takeInPeople(entries: readonly PersonEntry[], options: RegisterOptions): Promise<Intake> {
  const latest = new Map(entries.map((entry) => [nameOf(entry), entry]))
  if (latest.size === 0) return { ids: new Map(), changed: 0 }
  return options.database.knex.transaction(async (trx) => {
    const stored = await storedRecords(trx, [...latest.values()])
    const ids = new Map<string, string>()
    const changed: (PersonEntry & { readonly text: string })[] = []
    for (const [name, entry] of latest) {
      const before = stored.get(name)
      const person = before ? withFormer(entry.person, normalisedPerson(before.folded)) : entry.person
      const isProtected = entry.isProtected || before?.isProtected === true
      const text = normalisedText(person)
      if (before && before.folded === text && before.isProtected === isProtected) ids.set(name, before.id)
      else changed.push({ ...entry, person, isProtected, text })
    }
    for (const [name, id] of await written(trx, changed, options)) ids.set(name, id)
    return { ids, changed: changed.length }
  })
}

interface StoredRecord {
  readonly id: string
  readonly folded: string
  readonly isProtected: boolean
}

interface StoredName {
  readonly id: string
  readonly agency: string
  readonly local_id: string
  readonly holder: string
}

async function storedRecords(
  trx: Knex.Transaction,
  entries: readonly PersonEntry[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  const { rows } = await trx.raw(
    `select person.id::text, person.agency, person.local_id, person.holder, person.folded, person.protected
      from unnest(?::text[], ?::text[], ?::text[]) as asked (agency, local_id, holder)
      join gateway.person_record person on person.agency = asked.agency and person.local_id = asked.local_id
        and person.holder = asked.holder for update of person`,
    [
      entries.map(({ agency }) => agency),
      entries.map(({ localId }) => localId),
      entries.map(({ holder = '' }) => holder),
    ],
  )
  const found: readonly (StoredName & { folded: string; protected: boolean })[] = rows
  return new Map(
    found.map((row) => [
      entryName(row.agency, row.local_id, row.holder),
      { id: row.id, folded: row.folded, isProtected: row.protected },
    ]),
  )
}

async function written(
  trx: Knex.Transaction,
  entries: readonly (PersonEntry & { readonly text: string })[],
  { clock, hash }: RegisterOptions,
): Promise<ReadonlyMap<string, string>> {
  if (entries.length === 0) return new Map()
  const { rows } = await trx.raw(
    `insert into gateway.person_record (agency, local_id, holder, folded, protected, seen_at)
      select *, ?::timestamptz from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[])
      on conflict (agency, local_id, holder) do update
        set folded = excluded.folded, protected = excluded.protected, seen_at = excluded.seen_at
      returning id::text, agency, local_id, holder`,
    [
      clock.now().toISOString(),
      entries.map(({ agency }) => agency),
      entries.map(({ localId }) => localId),
      entries.map(({ holder = '' }) => holder),
      entries.map(({ text }) => text),
      entries.map(({ isProtected }) => isProtected),
    ],
  )
  const found: readonly StoredName[] = rows
  const ids = new Map(found.map((row) => [entryName(row.agency, row.local_id, row.holder), row.id]))
  const keys: string[] = []
  const records: string[] = []
  for (const entry of entries) {
    const id = ids.get(nameOf(entry)) ?? ''
    for (const key of new Set(blockingKeys(entry.person).map((text) => String(hash(text))))) {
      keys.push(key)
      records.push(id)
    }
  }
  await trx.raw('delete from gateway.person_key where record = any(?::bigint[])', [[...ids.values()]])
  await trx.raw('insert into gateway.person_key (key, record) select * from unnest(?::bigint[], ?::bigint[])', [
    keys,
    records,
  ])
  return ids
}

/** Former names and addresses that one record keeps: a person moves more often than a search looks back. */
const mostFormer = 12

/** A person as the source has them now, with the names, addresses and the tracing that the register knew before. */
function withFormer(now: Person, before: Person): Person {
  const names = [...now.otherFamily, ...before.otherFamily, before.family]
  const codes = [...now.previous, before.postcode, ...before.previous]
  const distinct = (values: readonly string[], own: string) =>
    [...new Set(values)].filter((value) => value !== '' && value !== own).slice(0, mostFormer)
  return {
    ...now,
    otherFamily: distinct(names, now.family),
    previous: distinct(codes, now.postcode),
    nhsVerified: now.nhsVerified || (before.nhsVerified && before.nhs === now.nhs && now.nhs !== ''),
  }
}
