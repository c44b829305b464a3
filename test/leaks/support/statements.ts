import type { AgencyName } from '../../../src/agencies.ts'
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
}
