import { type BenchDatabase, openDatabase } from './database.ts'
import { environmentOf } from './environment.ts'
import { type Issuer, openIssuer } from './issuer.ts'
import { say } from './progress.ts'

/** What a gateway that is measured needs around it. */
export interface SetUp {
  readonly database: BenchDatabase
  readonly issuer: Issuer
  readonly environment: Awaited<ReturnType<typeof environmentOf>>
}

/** A database with generated children and an issuer. `undo` gains what ends them. */
export async function setUp(children: number, undo: (() => Promise<void> | void)[]): Promise<SetUp> {
  const database = await openDatabase(children, () => undefined)
  undo.push(database.stop)
  say(`${database.version}: ${children} children and ${database.records} records.`)
  const issuer = await openIssuer(database.scratch)
  undo.push(issuer.close)
  return { database, issuer, environment: await environmentOf(database.url, database.scratch, issuer) }
}
