import pg from 'pg'
import type { Statement } from './database.ts'
import { parameterText } from './parameterText.ts'

/** What a statement writes to of pg's connection, which its types leave out. */
interface Wire {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  readonly submittedNamedStatements: Record<string, string | undefined>
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: readonly (string | null)[] }): void
  execute(message: object): void
  sync(): void
}

type Cells = (string | null)[]

/**
 * One prepared statement whose every column is text. It does not ask the server to describe the columns, which the caller
 * knows, and it hands over the cells as they came.
 *
 * @throws TypeError before anything is sent, for a value that no statement takes.
 */
export class TextQuery {
  readonly name: string
  readonly text: string
  readonly #values: readonly (string | null)[]
  readonly #rows: Cells[] = []
  readonly #resolve: (rows: Cells[]) => void
  readonly #reject: (error: Error) => void
  #failure: Error | null = null

  constructor(statement: Statement, resolve: (rows: Cells[]) => void, reject: (error: Error) => void) {
    this.name = statement.name
    this.text = statement.text
    this.#values = statement.values.map(parameterText)
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Wire): void {
    const { name, text } = this
    if (connection.parsedStatements[name] === undefined && connection.submittedNamedStatements[name] === undefined) {
      connection.parse({ name, text })
      connection.submittedNamedStatements[name] = text
    }
    connection.bind({ statement: name, values: this.#values })
    connection.execute(allRows)
    connection.sync()
  }

  handleDataRow({ fields }: { readonly fields: Cells }): void {
    this.#rows.push(fields)
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
