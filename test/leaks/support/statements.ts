import type { AgencyName } from '../../../src/foundation/agencies.ts'
import type { Database, Statement } from '../../../src/store/database.ts'
import { sentThrough } from '../../support/sentThrough.ts'

/** One statement as it was sent, and to which database. */
export interface Sent extends Statement {
  readonly to: AgencyName | 'gateway'
}

/** Sees every statement of the hot path on its way to a real database; the answers are the database's own. */
export class StatementTap {
  #sent: Sent[] = []

  readonly wrap = (to: AgencyName | 'gateway', database: Database): Database =>
    sentThrough(database, (statement) => {
      this.#sent.push({ ...statement, to })
      return statement
    })

  /** What was sent since the last call. */
  take(): readonly Sent[] {
    const sent = this.#sent
    this.#sent = []
    return sent
  }

  /** The same without what asks an agency only whether anything changed. */
  takeReads(): readonly Sent[] {
    return this.take().filter(({ text }) => !asksForChanges.some((pattern) => pattern.test(text)))
  }
}

/** The whole of each statement: nothing of a record is in what it selects. */
const asksForChanges = [
  /^select whose, stamp::text, extract\(epoch from latest\)::text from "[a-z_]+"\."wholeview_change" where whose = any\(\$1::text\[\]\)$/,
  /^\s*select count\(\*\)::text from pg_trigger trigger join pg_class class [^;]*$/,
]
