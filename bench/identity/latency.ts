import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import type { Belief } from '../../src/identity/belief.ts'
import { keyHasher, keysOf } from '../../src/identity/keys.ts'
import { foldedText, type Person } from '../../src/identity/person.ts'
import { Register } from '../../src/identity/register.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { startPostgres } from '../../test/support/postgres-server.ts'
import type { Goal } from './goals.ts'
import { askedAbout, type World } from './population.ts'

const settings = [
  `shared_buffers = '1GB'`,
  `max_wal_size = '8GB'`,
  'checkpoint_timeout = 60min',
  'jit = off',
  `maintenance_work_mem = '512MB'`,
]
const perSecond = 1500

/** Loads the index into a real PostgreSQL of its own and times whole matches: keys, statement, rows, weighing, decision. */
export async function latency(
  world: World,
  belief: Belief,
  searches: number,
  say: (text: string) => void,
): Promise<readonly Goal[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-identity-'))
  chmodSync(scratch, 0o755)
  const server = await startPostgres(scratch, settings)
  const database = openPostgres(server.url, { applicationName: 'identity bench', poolSize: 4 })
  try {
    await migrateGateway(database)
    const hash = keyHasher('a secret of the measurement')
    const run = (statement: string) => database.knex.raw(statement)
    await run('alter table gateway.person_key drop constraint person_key_pkey')
    await run('drop index gateway.person_key_record')
    await copy(
      scratch,
      'person_record (id, agency, local_id, folded, child_id, seen_at)',
      world.index,
      (person, id) => [[id, 'education', `P${id}`, foldedText(person), `C${id}`, '2026-11-20T00:00:00Z']],
      run,
      say,
    )
    await copy(
      scratch,
      `link_event (record, child_id, verdict, method, decided_by, reason, at)`,
      world.index,
      (_, id) => [[id, `C${id}`, 'linked', 'identifier', 'gateway', 'Measured.', '2026-11-20T00:00:00Z']],
      run,
      say,
    )
    await copy(
      scratch,
      'person_key (key, record)',
      world.index,
      (person, id) => [...new Set(keysOf(person).map(hash))].map((key) => [key, id]),
      run,
      say,
    )
    say('Indexing the keys.')
    await run('alter table gateway.person_key add primary key (key, record)')
    await run('create index person_key_record on gateway.person_key (record)')
    await run('vacuum analyze gateway.person_key')
    await run('vacuum analyze gateway.person_record')
    await run('vacuum analyze gateway.link_event')
    const clock = { now: () => new Date(), today: () => new Date() }
    const register = new Register({ database, belief, hash, clock, disclosures: { ofChild: async () => [] } })
    const queries = queriesOf(world, searches)
    for (const query of queries.slice(0, 500)) await register.find(query)
    say(`Timing ${searches} matches, one after another.`)
    const alone: number[] = []
    for (const query of queries) alone.push(await timed(() => register.find(query), performance.now()))
    say(`Timing ${perSecond} a second.`)
    const crowded = await paced(register, queries)
    return [
      goal(`one match against ${world.index.length}, alone, p50`, 0.6, quantile(alone, 0.5)),
      goal(`one match against ${world.index.length}, alone, p99`, 6, quantile(alone, 0.99)),
      goal(`the same at ${perSecond} a second, p99`, 30, quantile(crowded, 0.99)),
    ]
  } finally {
    await database.close()
    await server.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

function queriesOf({ all }: World, count: number): readonly Person[] {
  const dice = chance(4242)
  const noises = [scenarios.local, scenarios['with-nhs'], scenarios.transfer]
  return Array.from({ length: count }, () => askedAbout(dice.of(all), dice.of(noises), all, dice))
}

/** Milliseconds from `since` until the work is done. */
async function timed(work: () => Promise<unknown>, since: number): Promise<number> {
  await work()
  return performance.now() - since
}

/** Open loop: each search is due at its instant, and its time counts from then, however late its turn comes. */
async function paced(register: Register, queries: readonly Person[]): Promise<readonly number[]> {
  const start = performance.now()
  const running: Promise<number>[] = []
  while (running.length < queries.length) {
    const due = Math.min(queries.length, Math.floor(((performance.now() - start) / 1000) * perSecond))
    while (running.length < due) {
      const query = queries[running.length]
      if (query) running.push(timed(() => register.find(query), start + (running.length * 1000) / perSecond))
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return Promise.all(running)
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0

const goal = (name: string, most: number, value: number): Goal => ({
  name,
  goal: `≤ ${most} ms`,
  measured: `${value.toFixed(2)} ms`,
  isReached: value <= most,
})

type Cell = string | number | bigint

/** COPY from a file that the server reads itself: the quickest way in. */
async function copy(
  scratch: string,
  table: string,
  people: readonly Person[],
  rowsOf: (person: Person, id: number) => readonly (readonly Cell[])[],
  run: (statement: string) => Promise<unknown>,
  say: (text: string) => void,
): Promise<void> {
  say(`Loading ${table.split(' ')[0]}.`)
  const path = join(scratch, 'rows.tsv')
  const file = createWriteStream(path)
  let waiting = ''
  for (const [at, person] of people.entries()) {
    for (const row of rowsOf(person, at + 1))
      waiting += `${row.map((cell) => String(cell).replace(/[\\\t\n]/g, '\\$&')).join('\t')}\n`
    if (waiting.length < 1_000_000) continue
    if (!file.write(waiting)) await once(file, 'drain')
    waiting = ''
  }
  file.end(waiting)
  await once(file, 'finish')
  chmodSync(path, 0o644)
  await run(`copy gateway.${table} from '${path}'`)
  rmSync(path)
}
