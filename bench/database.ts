import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabases } from '../src/composition/gateway.ts'
import { readConfig } from '../src/foundation/config.ts'
import type { Progress } from '../src/server/gatewayTypes.ts'
import { startPostgres } from '../test/support/postgresServer.ts'
import { pinTree } from './machine.ts'
import type { Sample } from './questions/question.ts'

/** A real PostgreSQL with the population in it, for one run of the measurement. */
export interface BenchDatabase {
  readonly url: string
  readonly version: string
  readonly scratch: string
  /** The server's first process. */
  readonly pid: number
  readonly records: number
  readonly client: pg.Client
  /** Statements that contestants sent since `resetStatements`; null where the server cannot count them. */
  statements(): Promise<number | null>
  resetStatements(): Promise<void>
  /** The statements that took most of the database's time since `resetStatements`, as lines of text. */
  dearest(count: number): Promise<string[]>
  stop(): Promise<void>
}

const settings = [`shared_buffers = '1GB'`, `max_wal_size = '8GB'`, 'checkpoint_timeout = 60min', 'jit = off']
const counting = [
  `shared_preload_libraries = 'pg_stat_statements'`,
  'pg_stat_statements.track = top',
  'pg_stat_statements.save = off',
]

/** `further` lines of the server's configuration come after those of every measurement. */
export async function openDatabase(
  children: number,
  onProgress: Progress,
  further: readonly string[] = [],
): Promise<BenchDatabase> {
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-bench-'))
  const own = [...settings, ...further]
  // A server that lacks the extension does not start with it.
  const server = await startPostgres(scratch, [...own, ...counting]).catch(() => startPostgres(scratch, own))
  const records = await load(server.url, join(scratch, 'data'), children, onProgress)
  const client = new pg.Client({ connectionString: server.url, application_name: 'bench' })
  await client.connect()
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  const counted = await client.query('create extension if not exists pg_stat_statements').then(
    () => true,
    () => false,
  )
  const pid = parentOf(await numberOf(client, 'select pg_backend_pid()::text as value'))
  pinTree(pid)
  return {
    url: server.url,
    version: `PostgreSQL ${(await textOf(client, "select current_setting('server_version')")).split(' ')[0]}`,
    scratch,
    pid,
    records,
    client,
    statements: async () =>
      counted
        ? numberOf(
            client,
            `select coalesce(sum(calls), 0)::text as value from pg_stat_statements where query not like '%pg_stat_statements%'`,
          )
        : null,
    resetStatements: async () => {
      if (counted) await client.query('select pg_stat_statements_reset()')
    },
    dearest: async (count) => {
      if (!counted) return []
      const { rows } = await client.query<string[]>({
        text: `select round(total_exec_time / greatest(1, sum(total_exec_time) over ()) * 100) || ' %', calls || ' calls', round(mean_exec_time::numeric, 3) || ' ms each, ' || round(min_exec_time::numeric, 3) || ' at least',
          rows / greatest(1, calls) || ' rows', left(regexp_replace(query, '\\s+', ' ', 'g'), 110)
          from pg_stat_statements where query not like '%pg_stat_statements%' order by total_exec_time desc limit ${count}`,
        rowMode: 'array',
      })
      return rows.map((row) => row.join('  '))
    },
    stop: async () => {
      await client.end()
      await server.stop()
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}

/**
 * Makes the tables of an empty database and loads the population, as `wholeview db seed` does. @returns how many
 * records.
 */
export async function load(
  url: string,
  dataDir: string,
  children: number,
  onProgress: Progress,
  further: Readonly<Record<string, string>> = {},
): Promise<number> {
  const databases = await openDatabases(
    readConfig({ DATABASE_URL: url, DATA_DIR: dataDir, DEMONSTRATION: 'on', ...further }),
  )
  try {
    return (await databases.seed(children, onProgress)).records
  } finally {
    await databases.close()
  }
}

/** A folder that the contestants may read and write. */
export const folderIn = (scratch: string, name: string): string => {
  const folder = join(scratch, name)
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  return folder
}

const parentOf = (pid: number): number =>
  Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

async function textOf(client: pg.Client, text: string): Promise<string> {
  const { rows } = await client.query<string[]>({ text, rowMode: 'array' })
  return String(rows[0]?.[0] ?? '')
}

const numberOf = async (client: pg.Client, text: string): Promise<number> => Number(await textOf(client, text))

/**
 * Children whom all five agencies know, in the caller's authority, in an order that has nothing to do with where they
 * are stored.
 */
export async function chooseSample(client: pg.Client): Promise<Sample> {
  const column = async (text: string): Promise<string[]> =>
    (await client.query<string[]>({ text, rowMode: 'array' })).rows.map(([value]) => String(value))
  const children = await column(`
    select child_id from gateway.child
    where area_la = 'LA2' and child_id like 'G%'
      and (select count(distinct agency) from gateway.link where link.child_id = child.child_id) = 5
      and exists (select from gateway.relationship where relationship.child_id = child.child_id and organisation = 'LA2-CSC')
    order by md5(child_id) limit 64`)
  return {
    children,
    nhsNumbers: await column(`
      select value from gateway.identifier join gateway.child using (child_id)
      where scheme = 'NHS_NUMBER' and child_id = any(array['${children.join("','")}']) order by md5(child_id)`),
    long: await column(
      `select child_id from gateway.child where area_la = 'LA2' and child_id ~ '^G\\d{4}500$' order by 1 limit 16`,
    ),
    underPlan: await column(`
      select distinct child_id from gateway.link
      join social_care.ssd_cp_plans on cppl_person_id = person_id and plan_level = 'CHILD_PROTECTION'
      join gateway.child using (child_id)
      where agency = 'socialCare' and area_la = 'LA2' and child_id like 'G%' order by 1 limit 16`),
    transfers: [],
  }
}
