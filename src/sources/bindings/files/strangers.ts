import type { Knex } from 'knex'
import type { StoredRecord } from './storedRecord.ts'

/**
 * Records of persons whom neither these files nor earlier ones describe. Nobody would ever find them: and a record that
 * was of a child, and now names nobody, would be gone from the child without a word.
 *
 * @param trx of the gateway's own store, in which what these files take back is taken back already.
 */
export async function recordsOfStrangers(
  trx: Knex.Transaction,
  holder: string,
  records: readonly StoredRecord[],
): Promise<ReadonlySet<StoredRecord>> {
  const known = new Set<string>()
  for (const { list, person, withdrawn } of records) if (list === 'person' && !withdrawn) known.add(person)
  const asked = new Set<string>()
  for (const { person } of records) if (!known.has(person)) asked.add(person)
  if (asked.size === 0) return new Set()
  const { rows } = await trx.raw(
    `select distinct person_id from gateway.imported_record
      where holder = ?::text and list = 'person' and replaced_at is null and person_id = any(?::text[])`,
    [holder, [...asked]],
  )
  for (const { person_id } of rows as readonly { person_id: string }[]) known.add(person_id)
  // What is taken back needs nobody.
  return new Set(records.filter(({ person, withdrawn }) => !withdrawn && !known.has(person)))
}
