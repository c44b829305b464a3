import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateGateway } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { type Binaries, findBinaries } from './postgresBinaries.ts'
import { serverIn } from './prepared.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's real PostgreSQL, or why there is none. */
    postgres: { url: string; reason: null } | { url: null; reason: string }
  }
}

/**
 * Vitest's global set-up: one real PostgreSQL for the run, gone with it. Without one the run goes on, and says so once.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-postgres-'))
  try {
    const server = await startPostgres(scratch, forgetful)
    await makeMigrated(server.url)
    project.provide('postgres', { url: server.url, reason: null })
    process.env[serverIn] = server.url
    return async () => {
      delete process.env[serverIn]
      await server.stop()
      rmSync(scratch, { recursive: true, force: true })
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    rmSync(scratch, { recursive: true, force: true })
    console.warn(`\nNo real PostgreSQL could be started, so the tests that need one are skipped: ${reason}\n`)
    project.provide('postgres', { url: null, reason })
    return async () => undefined
  }
}

/** No test outlives its machine: what is committed need reach the server's other processes alone, and no disk. */
const forgetful = ['fsync = off', 'full_page_writes = off']

/** The database that tests begin with a copy of: the gateway's tables, and nothing in them. */
export const migratedName = 'migrated'

async function makeMigrated(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${migratedName}`)
  await client.end()
  const database = openPostgres(new URL(migratedName, url).href, { applicationName: 'prepare', poolSize: 1 })
  try {
    await migrateGateway(database)
  } finally {
    await database.close()
  }
}

interface User {
  readonly uid: number
  readonly gid: number
}

/**
 * Starts one PostgreSQL in a scratch folder, with `further` lines of configuration over those of the tests; on the
 * database of an earlier start, when `kept` names the folder that holds one.
 */
export async function startPostgres(
  scratch: string,
  further: readonly string[] = [],
  kept?: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const user = serverUser()
  chmodSync(scratch, 0o711)
  const binaries = findBinaries(scratch)
  const home = kept ?? mkdtempSync(join(scratch, 'data-'))
  if (user) chownSync(home, user.uid, user.gid)
  const data = join(home, 'cluster')
  if (!existsSync(data)) initialise(binaries, data, home, user)
  const port = await freePort()
  writeFileSync(join(data, 'postgresql.auto.conf'), settings(port, further))
  const log = join(home, 'server.log')
  const stop = launch(binaries, data, home, user, log)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  try {
    await answering(url)
    return { url, stop }
  } catch (error) {
    await stop()
    throw new Error(`${error instanceof Error ? error.message : error}; its log ends: ${endOf(log)}`)
  }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` if there is such a user, else as `nobody`. */
function serverUser(): User | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // The next name.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as')
}

/**
 * Text is sorted as English, unlike the embedded database's byte order, so that a statement that forgets its collation
 * is found by a test and not by an authority.
 */
function initialise(binaries: Binaries, data: string, home: string, user: User | null): void {
  const plain = ['-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  const run = (options: string[]) =>
    execFileSync(join(binaries.folder, 'initdb'), options, {
      cwd: home,
      ...user,
      env: environment(home),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  try {
    run([...plain, '--locale-provider=icu', '--icu-locale=en-GB'])
  } catch {
    rmSync(data, { recursive: true, force: true })
    run(plain)
  }
}

const settings = (port: number, further: readonly string[]): string =>
  [
    `port = ${port}`,
    `listen_addresses = '127.0.0.1'`,
    `unix_socket_directories = ''`,
    'max_connections = 300',
    `shared_buffers = '64MB'`,
    'dynamic_shared_memory_type = mmap',
    ...further,
    '',
  ].join('\n')

/** The server's life hangs on a pipe from this process, so that it ends with the run, however the run ends. */
function launch(binaries: Binaries, data: string, home: string, user: User | null, log: string): () => Promise<void> {
  const script = '"$1" -D "$2" </dev/null >"$3" 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server'
  const keeper = spawn('sh', ['-c', script, 'sh', join(binaries.folder, 'postgres'), data, log], {
    cwd: home,
    ...user,
    env: environment(home),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()).once('error', () => resolve()))
  keeper.unref()
  return async () => {
    keeper.ref()
    keeper.stdin.end()
    await ended
  }
}

async function answering(url: string): Promise<void> {
  let last: unknown
  for (let attempt = 0; attempt < 150; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      last = error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  throw new Error(`the server did not answer within 30 seconds (${last instanceof Error ? last.message : last})`)
}

const environment = (home: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: home,
  LC_ALL: 'C',
  TZ: 'UTC',
})

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

function endOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().slice(-500)
  } catch {
    return 'nothing was written'
  }
}
