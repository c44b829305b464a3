import pg from 'pg'
import { gatherer, statementTimeout, type Wire } from '../store/wireSession.ts'
import { leaveRowsAsTheyCome, type Reading, streamOf, TextQuery } from './postgresDriverInternals.ts'
import { WireReader } from './wireReader.ts'
import type { WireRow } from './wireRow.ts'

/** Rows stay as they lie in what PostgreSQL sent. */
export const bytesWire: Wire = {
  open(connection) {
    const client = new pg.Client({ ...connection, pipeline: true, statement_timeout: statementTimeout })
    leaveRowsAsTheyCome(client, (reading: Reading<WireRow>) => new WireReader(reading))
    return {
      connect: () => client.connect(),
      run: (statement) =>
        new Promise<readonly WireRow[]>((resolve, reject) => {
          client.query(new TextQuery<WireRow>(statement, resolve, reject))
        }),
      gather: gatherer(() => streamOf(client)),
      onEnd: (listener) => {
        client.on('error', listener)
        client.on('end', listener)
      },
      end: () => client.end(),
      destroy: () => streamOf(client)?.destroy(),
    }
  },
}
