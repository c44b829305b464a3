import { chmodSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import knex, { type Knex } from 'knex'
import ClientPGLite from 'knex-pglite'
import { StartupError } from '../foundation/errors.ts'
import { makeFolder } from '../foundation/settingFolder.ts'
import { abortable } from './abortable.ts'
import type { Database } from './database.ts'
import { lockFolder } from './folderLock.ts'
import { PlainRow } from './plainRow.ts'
import { quietLog, sessionSettings } from './sessionSettings.ts'

/**
 * One engine of a folder, shared by every handle of this process: a second engine over the same files would destroy
 * them.
 */
interface Engine {
  readonly pglite: PGlite
  readonly knex: Knex
  readonly parsers: Readonly<Record<number, (value: string) => string>>
  handles: number
  readonly stop: () => Promise<void>
}

const engines = new Map<string, Promise<Engine>>()

/**
 * PostgreSQL inside this process, kept in a folder or, for tests, in memory. A commit is in the operating system's
 * hands before it is acknowledged, so `kill -9` loses nothing; a power cut may, which is why production uses a real
 * PostgreSQL. There is one session: knex's pool of one is the gate that keeps `rows` out of another caller's
 * transaction. Inside `knex.transaction`, use the transaction: `rows` would wait for it for ever.
 */
export async function openEmbedded(folder: string | 'memory'): Promise<Database> {
  if (folder === 'memory') return handleOn(await startEngine(undefined, () => undefined))
  const path = resolve(folder)
  for (;;) {
    const known = engines.get(path)
    const starting = known ?? startInFolder(path)
    if (!known) engines.set(path, starting)
    try {
      const engine = await starting
      if (engines.get(path) === starting) return handleOn(engine, path)
    } catch (error) {
      if (engines.get(path) === starting) engines.delete(path)
      throw error
    }
  }
}

async function startInFolder(path: string): Promise<Engine> {
  const unlock = lockFolder(path)
  try {
    const files = join(path, 'database')
    makeFolder('DATA_DIR', files)
    // One that was there already, or came by a copy, is made its owner's too.
    chmodSync(files, 0o700)
    return await startEngine(files, unlock)
  } catch (error) {
    unlock()
    if (error instanceof StartupError) throw error
    throw new StartupError([
      `DATA_DIR: the embedded database in ${path} could not be opened: its files are damaged, or of another version (${reasonOf(error)}). Put DATA_DIR back from a backup, or choose another.`,
    ])
  }
}

async function startEngine(files: string | undefined, unlock: () => void): Promise<Engine> {
  const pglite = files === undefined ? await PGlite.create() : await PGlite.create(files)
  await pglite.exec(sessionSettings.map(([name, value]) => `set ${name} = '${value}'`).join(';'))
  const configuration: object = {
    client: ClientPGLite,
    connection: () => ({ pglite }),
    acquireConnectionTimeout: 60_000,
    log: quietLog,
  }
  const builder = knex(configuration)
  // Built-in parsers turn numbers, dates and JSON into objects; here every one of them gives back the text.
  const parsers = Object.fromEntries(Object.keys(pglite.parsers).map((type) => [type, (value: string) => value]))
  const stop = async () => {
    await builder.destroy()
    if (!pglite.closed) await pglite.close()
    unlock()
  }
  return { pglite, knex: builder, parsers, handles: 0, stop }
}

function handleOn(engine: Engine, path?: string): Database {
  engine.handles++
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    engine.handles--
    if (engine.handles > 0) return
    if (path !== undefined) engines.delete(path)
    await engine.stop()
  }
  const rows: Database['rows'] = (statement, signal) => abortable(run(engine, statement, signal), signal)
  return {
    kind: 'embedded',
    knex: engine.knex,
    rows,
    wireRows: async (statement, signal) => (await rows(statement, signal)).map((texts) => new PlainRow(texts)),
    close,
  }
}

const run: (engine: Engine, ...parameters: Parameters<Database['rows']>) => ReturnType<Database['rows']> = async (
  engine,
  statement,
  signal,
) => {
  const gate: { acquireConnection(): Promise<PGlite>; releaseConnection(pglite: PGlite): Promise<void> } =
    engine.knex.client
  const pglite = await gate.acquireConnection()
  try {
    signal?.throwIfAborted()
    const options = { rowMode: 'array', parsers: engine.parsers } as const
    const result = await pglite.query<(string | null)[]>(statement.text, [...statement.values], options)
    return result.rows
  } finally {
    // The engine runs in this thread: statements that wait would follow on each other, and nobody else be served.
    await nextTurn()
    await gate.releaseConnection(pglite)
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
