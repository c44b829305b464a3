import { EventEmitter } from 'node:events'
import { type Readable, Writable } from 'node:stream'
import pg from 'pg'
import { type MessageCallback, Parser } from 'pg-protocol/dist/parser.js'
import type { Statement } from '../store/database.ts'
import { parameterText } from '../store/parameterText.ts'

// All that depends on how pg and pg-protocol are made inside, and on no promise of theirs. Both are pinned; a test
// names the versions that this was written against, and whoever changes one of them reads this file again.

/** pg's own parser of the protocol, for every message that is no row. */
export const messageParser = (): Parser => new Parser()

/** What is called with messages as they arrive. */
export interface Reading<Row> {
  /** Rows that came one after another stand in the place of pg's own messages, which have every column as a string. */
  readonly onRows: (rows: readonly Row[]) => void
  readonly onOther: MessageCallback
}

/**
 * pg makes a string of every column of every row before anyone is asked; here its parser is given all but the rows,
 * which are handed to the query as they came.
 */
export function leaveRowsAsTheyCome<Row>(
  client: pg.Client,
  readerFor: (reading: Reading<Row>) => { read(chunk: Buffer): void },
): void {
  const connection: unknown = Reflect.get(client, 'connection')
  if (!(connection instanceof EventEmitter) || typeof Reflect.get(connection, 'attachListeners') !== 'function')
    throw new TypeError('This version of pg keeps its connection elsewhere.')
  Reflect.set(connection, 'attachListeners', (stream: Readable) => {
    const reader = readerFor({
      onRows: (rows) => connection.emit('dataRow', rows),
      onOther: (message) => connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message),
    })
    stream.on('data', (chunk: Buffer) => reader.read(chunk))
  })
}

/** The client's socket, which pg's types leave out. */
export function streamOf(client: pg.Client): Writable | undefined {
  const connection: unknown = Reflect.get(client, 'connection')
  const stream: unknown =
    typeof connection === 'object' && connection !== null ? Reflect.get(connection, 'stream') : undefined
  return stream instanceof Writable ? stream : undefined
}

/** What a statement writes to of pg's connection, which its types leave out. */
interface Connection {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>
  readonly submittedNamedStatements: Record<string, string | undefined>
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: readonly (string | null)[] }): void
  execute(message: object): void
  sync(): void
}

/**
 * One prepared statement whose every column is text. It does not ask the server to describe the columns, which the
 * caller knows, and it hands over the rows as they came. A name that is empty is not kept by the session.
 *
 * @throws TypeError before anything is sent, for a value that no statement takes.
 */
export class TextQuery<Row> {
  readonly name: string
  readonly text: string
  readonly #values: readonly (string | null)[]
  readonly #rows: Row[] = []
  readonly #resolve: (rows: Row[]) => void
  readonly #reject: (error: Error) => void
  #failure: Error | null = null

  constructor(statement: Statement, resolve: (rows: Row[]) => void, reject: (error: Error) => void) {
    this.name = statement.name
    this.text = statement.text
    this.#values = statement.values.map(parameterText)
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    const { name, text } = this
    if (name === '') connection.parse({ name, text })
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

  /** Several at once, as the reader gives them. */
  handleDataRow(rows: readonly Row[]): void {
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
