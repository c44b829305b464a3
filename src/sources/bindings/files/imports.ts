import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { Database } from '../../../store/database.ts'
import { notAfter } from './storedRecord.ts'

/** What is noted of a file that was taken: nothing of its content. */
export interface TakenFile {
  readonly bytes: Uint8Array
  readonly format: string
  readonly records: number
  readonly refused: number
  /** When it says that it was made; null where it does not. */
  readonly madeAt: string | null
}

/**
 * Notes files that were taken, as old as they say that they are: a file of three weeks ago is no fresher for being
 * loaded today. One that was taken before is no newer load, and stays as it was noted.
 */
export async function noteImport(
  trx: Knex.Transaction,
  holder: string,
  files: readonly TakenFile[],
  at: Date,
): Promise<void> {
  await trx('gateway.import')
    .insert(
      files.map(({ bytes, format, records, refused, madeAt }) => ({
        ...{ holder, format, records, refused, imported_at: notAfter(madeAt, at) ?? at.toISOString() },
        digest: createHash('sha256').update(bytes).digest('hex'),
      })),
    )
    .onConflict(['holder', 'digest'])
    .ignore()
}

/** Values of a holder that cannot be read, counted by list and field: whole sentences, and no value. */
export async function unreadValues(database: Database, holder: string): Promise<readonly string[]> {
  const rows = await database.rows({
    name: 'imported_unread',
    text: `select list, field, count(*)::text from gateway.imported_record, unnest(unread) as field
      where holder = $1::text and replaced_at is null group by list, field order by list, field`,
    values: [holder],
  })
  return rows.map(([list, field, count]) => {
    const are = count === '1' ? 'cannot be read and is' : 'cannot be read and are'
    return `${list}.${field}: ${count} in files of ${holder} ${are} not known`
  })
}
