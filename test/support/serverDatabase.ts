import pg from 'pg'

/** A new database on the server, empty or a copy of another's; its address. */
export async function createDatabase(server: string, name: string, template?: string): Promise<string> {
  await asAdmin(server, `create database ${name}${template === undefined ? '' : ` template ${template}`}`)
  const address = new URL(server)
  address.pathname = `/${name}`
  return address.href
}

export const dropDatabase = (server: string, name: string): Promise<void> =>
  asAdmin(server, `drop database if exists ${name} with (force)`)

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
