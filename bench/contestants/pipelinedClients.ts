import pg from 'pg'
import { sessionOptions } from './sessionOptions.ts'

/** Values that GraphQL gives as text stay text. */
const asText = (text: string): string => text
for (const type of [20, 1082, 1114, 1184, 1700]) pg.types.setTypeParser(type, asText)

export const databaseUrl = process.env['DATABASE_URL'] ?? ''

/** `pipeline` is newer than the published types. */
interface PipelinedConfig extends pg.ClientConfig {
  readonly pipeline: boolean
}

/** Connections that send the next statement before the last is answered: as many as the gateway opens for one store. */
export async function openPipes(count: number): Promise<() => pg.Client> {
  const config: PipelinedConfig = { connectionString: databaseUrl, options: sessionOptions, pipeline: true }
  const clients = Array.from({ length: count }, () => new pg.Client(config))
  await Promise.all(clients.map((client) => client.connect()))
  let next = 0
  return () => {
    next = (next + 1) % clients.length
    const client = clients[next]
    if (!client) throw new Error('There is no connection.')
    return client
  }
}
