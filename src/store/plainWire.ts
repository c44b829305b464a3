import { Socket } from 'node:net'
import pg from 'pg'
import { parameterText } from './parameterText.ts'
import { PlainRow } from './plainRow.ts'
import { gatherer, statementTimeout, type Wire } from './wireSession.ts'

/** By pg's own means: it makes a text of every column. Its socket is handed to it, so that a stuck one can be ended. */
export const plainWire: Wire = {
  open(connection) {
    const socket = new Socket()
    const client = new pg.Client({
      ...connection,
      pipeline: true,
      statement_timeout: statementTimeout,
      stream: () => socket,
    })
    return {
      connect: () => client.connect(),
      run: async ({ name, text, values }) => {
        const { rows } = await client.query<(string | null)[]>({
          name,
          text,
          values: values.map(parameterText),
          rowMode: 'array',
          types: asText,
        })
        return rows.map((texts) => new PlainRow(texts))
      },
      gather: gatherer(() => socket),
      onEnd: (listener) => {
        client.on('error', listener)
        client.on('end', listener)
      },
      end: () => client.end(),
      destroy: () => socket.destroy(),
    }
  },
}

const asText = { getTypeParser: () => (text: string) => text }
