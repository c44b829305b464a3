import pg from 'pg'
import type { Statement } from '../store/database.ts'
import { parameterText } from '../store/parameterText.ts'
import type { WireRow } from './wireRow.ts'

/** What a statement writes to of pg's connection, which its types leave out. */
interface Wire {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  readonly submittedNamedStatements: Record<string, string | undefined>
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: readonly (string | null)[] }): void
  execute(message: object): void
  sync(): void
}

/** The name of a statement that is not kept by the session. */
export const unnamed = ''

/**
 * One prepared statement whose every column is text. It does not ask the server to describe the columns, which the caller
 * knows, and it hands over the rows as they came.
 *
 * @throws TypeError before anything is sent, for a value that no statement takes.
 */
export class TextQuery {
  readonly name: string
  readonly text: string
  readonly #values: readonly (string | null)[]
  readonly #rows: WireRow[] = []
  readonly #resolve: (rows: WireRow[]) => void
  readonly #reject: (error: Error) => void
  #failure: Error | null = null

  constructor(statement: Statement, resolve: (rows: WireRow[]) => void, reject: (error: Error) => void) {
    this.name = statement.name
    this.text = statement.text
    this.#values = statement.values.map(parameterText)
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Wire): void {
    const { name, text } = this
    if (name === unnamed) connection.parse({ name, text })
    else if (
      connection.parsedStatements[name] === undefined &&
      connection.submittedNamedStatements[name] === undefined
    ) {
      connection.parse({ name, text })
      connection.submittedNamedStatements[name] = text
    }
    connection.bind({ statement: name, values: this.#values })
    connection.execute(allRows)
    connection.sync()
  }

  /** Several at once, as `WireReader` gives them. */
  handleDataRow(rows: readonly WireRow[]): void {
    for (const row of rows) this.#rows.push(row)
  }

  handleError(error: Error): void {
    this.#failure = error
    this.#reject(error)
  }

  handleReadyForQuery(): void {
    if (!this.#failure) this.#resolve(this.#rows)
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
}

const allRows = {}

// pg lets no other class into its pipeline, since most keep a portal open across round trips. This one does not.
Object.setPrototypeOf(TextQuery.prototype, pg.Query.prototype)
