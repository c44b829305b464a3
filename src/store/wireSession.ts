import type { PostgresConnection } from './connection.ts'
import type { Statement, StoredRow } from './database.ts'

/** One pipelined session: statements are sent without waiting for the answers of those before them. */
export interface WireSession {
  connect(): Promise<unknown>
  /** @throws TypeError before anything is sent, for a value that no statement takes. */
  run(statement: Statement): Promise<readonly StoredRow[]>
  /** Holds what is sent until the end of this turn, so that it leaves in one write. */
  gather(): void
  /** Called when the connection is lost or has ended, whichever comes first; perhaps of both. */
  onEnd(listener: () => void): void
  /** Ends it after the answers that are awaited. */
  end(): Promise<void>
  /** Ends it at once. */
  destroy(): void
}

/** How statements and rows go over a connection to a real PostgreSQL. */
export interface Wire {
  open(connection: PostgresConnection): WireSession
}

/** Whether one of several statements that are sent in one turn waits for that turn's end already. */
export interface Gathering {
  cork(): void
  uncork(): void
}

/** Statements that are sent in one go leave in one write: what waits for the turn's end has waited for it before. */
export function gatherer(streamOf: () => Gathering | undefined): () => void {
  let isGathering = false
  return () => {
    const stream = isGathering ? undefined : streamOf()
    if (!stream) return
    isGathering = true
    stream.cork()
    process.nextTick(() => {
      isGathering = false
      stream.uncork()
    })
  }
}

/** A server that runs one statement for longer than this has lost it. */
export const statementTimeout = 30_000
