import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { contestants } from '../contestants/contestant.ts'
import type { BenchDatabase } from '../database.ts'
import { ask } from '../measure.ts'
import { start } from '../runningContestant.ts'
import { type Carried, plansIn } from './queryPlans.ts'

const settings: readonly (readonly [name: string, value: string])[] = [
  ['session_preload_libraries', 'auto_explain'],
  ['auto_explain.log_min_duration', '0'],
  ['auto_explain.log_analyze', 'on'],
  ['auto_explain.log_buffers', 'on'],
  ['auto_explain.log_timing', 'off'],
  ['auto_explain.log_format', 'json'],
]

/**
 * The gateway's own statements with how PostgreSQL carried them out, from a gateway that runs for this alone: to
 * explain takes time. Null where the server cannot tell.
 */
export async function explain(
  database: BenchDatabase,
  environment: Readonly<Record<string, string>>,
  asking: readonly { readonly body: string; readonly token: string }[],
): Promise<readonly Carried[] | null> {
  const gateway = contestants.find(({ name }) => name === 'ours')
  const isThere = await database.client.query(`load 'auto_explain'`).then(
    () => true,
    () => false,
  )
  if (!gateway || !isThere) return null
  for (const [name, value] of settings) await database.client.query(`alter system set ${name} = '${value}'`)
  await reload(database)
  const before = logOf(database).length
  try {
    const running = await start(gateway, environment)
    try {
      const ready = logOf(database).length
      for (const { body, token } of asking) await ask(running, body, token)
      await wait(500)
      return plansIn(logOf(database).slice(Math.max(before, ready)))
    } finally {
      await running.stop()
    }
  } finally {
    for (const [name] of settings) await database.client.query(`alter system reset ${name}`)
    await reload(database)
  }
}

/** The server's processes read their configuration when they next look. */
async function reload({ client }: BenchDatabase): Promise<void> {
  await client.query('select pg_reload_conf()')
  await wait(300)
}

function logOf({ scratch }: BenchDatabase): string {
  const home = readdirSync(scratch).find((name) => name.startsWith('data-'))
  return home === undefined ? '' : readFileSync(join(scratch, home, 'server.log'), 'utf8')
}
