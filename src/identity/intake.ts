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

/** An agency's person, as one text. */
export const entryName = (agency: string, localId: string): string => `${agency} ${localId}`

/**
 * Takes in what agencies hold of people now, in as many statements for a thousand as for one. A source that forgets
 * takes nothing away: a record that was protected stays so, and a former name or address is still a way to the child.
 */
export async function takeInPeople(entries: readonly PersonEntry[], options: RegisterOptions): Promise<Intake> {
  const latest = new Map(entries.map((entry) => [entryName(entry.agency, entry.localId), entry]))
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

async function storedRecords(
  trx: Knex.Transaction,
  entries: readonly PersonEntry[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  const { rows } = await trx.raw(
    `select person.id::text, person.agency, person.local_id, person.folded, person.protected
      from unnest(?::text[], ?::text[]) as asked (agency, local_id)
      join gateway.person_record person on person.agency = asked.agency and person.local_id = asked.local_id for update of person`,
    [entries.map(({ agency }) => agency), entries.map(({ localId }) => localId)],
  )
  const found: readonly { id: string; agency: string; local_id: string; folded: string; protected: boolean }[] = rows
  return new Map(
    found.map((row) => [
      entryName(row.agency, row.local_id),
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
    `insert into gateway.person_record (agency, local_id, folded, protected, seen_at)
      select *, ?::timestamptz from unnest(?::text[], ?::text[], ?::text[], ?::boolean[])
      on conflict (agency, local_id) do update
        set folded = excluded.folded, protected = excluded.protected, seen_at = excluded.seen_at
      returning id::text, agency, local_id`,
    [
      clock.now().toISOString(),
      entries.map(({ agency }) => agency),
      entries.map(({ localId }) => localId),
      entries.map(({ text }) => text),
      entries.map(({ isProtected }) => isProtected),
    ],
  )
  const found: readonly { id: string; agency: string; local_id: string }[] = rows
  const ids = new Map(found.map((row) => [entryName(row.agency, row.local_id), row.id]))
  const keys: string[] = []
  const records: string[] = []
  for (const { agency, localId, person } of entries) {
    const id = ids.get(entryName(agency, localId)) ?? ''
    for (const key of new Set(blockingKeys(person).map((text) => String(hash(text))))) {
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
