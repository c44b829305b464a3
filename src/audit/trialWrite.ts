import { randomBytes } from 'node:crypto'
import { abortable } from '../store/abortable.ts'
import type { Database } from '../store/database.ts'
import { Deadline } from '../store/deadline.ts'

const trialMs = 2000

/** More than one page, and no text that can be compressed: a disk with no room for an entry has none for this. */
const trialBytes = 12_000

/**
 * Writes to where entries are written, commits, and leaves nothing there: whether the log could be appended to now.
 * Never rejects.
 */
export async function canWrite(database: Database): Promise<boolean> {
  const deadline = new Deadline(trialMs)
  try {
    await abortable(
      database.knex.transaction(async (trx) => {
        const text = randomBytes(trialBytes).toString('base64')
        await trx.raw(`insert into gateway.audit_payload (seq, id, at, payload) values (-1, 'trial', now(), ?)`, [text])
        await trx.raw('delete from gateway.audit_payload where seq = -1')
      }),
      deadline,
    )
    return true
  } catch {
    return false
  } finally {
    deadline.end()
  }
}
