import type { Knex } from 'knex'
import type pg from 'pg'

/** What `pg` asks of a query that copies from the client: its own protocol, for which it has no class. */
class CopyIn {
  readonly #text: string
  readonly #chunks: readonly string[]
  readonly #done: (error: Error | null) => void

  constructor(text: string, chunks: readonly string[], done: (error: Error | null) => void) {
    this.#text = text
    this.#chunks = chunks
    this.#done = done
  }

  submit(connection: Pick<Wire, 'query'>): void {
    connection.query(this.#text)
  }

  handleCopyInResponse(connection: Wire): void {
    for (const chunk of this.#chunks) connection.sendCopyFromChunk(Buffer.from(chunk))
    connection.endCopyFrom()
  }

  handleError(error: Error): void {
    this.#done(error)
  }

  handleReadyForQuery(): void {
    this.#done(null)
  }

  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

interface Wire {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** One table's lines, in the text format of PostgreSQL's COPY. */
export interface CopyBatch {
  /** Quoted, with its schema. */
  readonly table: string
  readonly columns: readonly string[]
  readonly chunks: readonly string[]
}

/** Copies batches over one connection, one after another: ten times quicker than inserts. Real PostgreSQL only. */
export async function copyInto(knex: Knex, batches: readonly CopyBatch[]): Promise<void> {
  // The pool of a real PostgreSQL holds clients of `pg`.
  const gate: { acquireConnection(): Promise<pg.Client>; releaseConnection(client: pg.Client): Promise<void> } =
    knex.client
  const client = await gate.acquireConnection()
  try {
    for (const { table, columns, chunks } of batches) {
      const names = columns.map((name) => `"${name}"`).join(', ')
      await new Promise<void>((resolve, reject) => {
        client.query(
          new CopyIn(`copy ${table} (${names}) from stdin`, chunks, (error) => (error ? reject(error) : resolve())),
        )
      })
    }
  } finally {
    await gate.releaseConnection(client)
  }
}

/** A value as COPY reads it; null is `\N`. */
export const copyText = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return escaped(String(value))
}

const escaped = (text: string): string =>
  /[\\\n\r\t]/.test(text)
    ? text.replace(/[\\\n\r\t]/g, (sign) =>
        sign === '\\' ? '\\\\' : sign === '\n' ? '\\n' : sign === '\r' ? '\\r' : '\\t',
      )
    : text

/** A PostgreSQL array literal. */
export const arrayText = (values: readonly unknown[]): string =>
  values.length === 0 ? '{}' : `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
