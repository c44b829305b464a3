import { once } from 'node:events'
import { chmodSync, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askedAbout, type World } from '../../lab/linkage/openWorld.ts'
import { scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import { blockingKeys, keyHasher } from '../../src/identity/blockingKeys.ts'
import { type LinkageModel, linkageModelToJson } from '../../src/identity/linkageModel.ts'
import { normalisedPerson, normalisedText, type Person } from '../../src/identity/person.ts'
import { parseLinkageModel } from '../../src/identity/readLinkageModel.ts'
import type { Database } from '../../src/store/database.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { startPostgres } from '../../test/support/postgresServer.ts'

/** An index on a real PostgreSQL, with searches to make in it. */
export interface StoredIndex {
  readonly database: Database
  readonly hash: (key: string) => bigint
  readonly model: LinkageModel
  readonly queries: readonly Person[]
  readonly people: number
  close(): Promise<void>
}

const settings = [
  `shared_buffers = '1GB'`,
  `max_wal_size = '8GB'`,
  'checkpoint_timeout = 60min',
  'jit = off',
  `maintenance_work_mem = '512MB'`,
]

/** Searches that are kept with an index. */
const mostQueries = 60_000

const fileIn = (folder: string) => ({
  model: join(folder, 'model.json'),
  queries: join(folder, 'queries.txt'),
  rows: join(folder, 'rows.tsv'),
  cluster: join(folder, 'cluster'),
})

/** Whether the folder holds an index from before, whole: what it was learnt from is written last. */
export const isStored = (folder: string): boolean => existsSync(fileIn(folder).model)

/** Loads a world into a database in this folder. */
export async function store(
  folder: string,
  world: World,
  model: LinkageModel,
  say: (text: string) => void,
): Promise<StoredIndex> {
  const files = fileIn(folder)
  rmSync(files.cluster, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  const { database, stop } = await started(folder)
  await load(database, files.rows, world.index, say)
  rmSync(files.rows, { force: true })
  const queries = queriesOf(world)
  writeFileSync(files.queries, queries.map(normalisedText).join('\n'))
  writeFileSync(files.model, linkageModelToJson(model, Number.POSITIVE_INFINITY))
  return { database, hash, model, queries, people: world.index.length, close: () => closed(database, stop) }
}

/** Opens the index that the folder holds. */
export async function reopen(folder: string): Promise<StoredIndex> {
  const files = fileIn(folder)
  const model = parseLinkageModel(readFileSync(files.model, 'utf8'))
  const queries = readFileSync(files.queries, 'utf8').split('\n').map(normalisedPerson)
  const { database, stop } = await started(folder)
  return { database, hash, model, queries, people: model.people, close: () => closed(database, stop) }
}

const hash = keyHasher('a secret of the measurement')

async function started(folder: string): Promise<{ database: Database; stop: () => Promise<void> }> {
  const server = await startPostgres(folder, settings, folder)
  const database = openPostgres(server.url, { applicationName: 'identity bench', poolSize: 4 })
  return { database, stop: server.stop }
}

async function closed(database: Database, stop: () => Promise<void>): Promise<void> {
  await database.close()
  await stop()
}

function queriesOf({ all }: World): readonly Person[] {
  const dice = chance(4242)
  const noises = [scenarios.local, scenarios['with-nhs'], scenarios.transfer]
  return Array.from({ length: mostQueries }, () => askedAbout(dice.of(all), dice.of(noises), all, dice))
}

async function load(
  database: Database,
  path: string,
  people: readonly Person[],
  say: (text: string) => void,
): Promise<void> {
  await migrateGateway(database)
  const run = (statement: string) => database.knex.raw(statement)
  const copied = async (table: string, rowsOf: (person: Person, id: number) => Rows): Promise<void> => {
    say(`Loading ${table.split(' ')[0]}.`)
    await written(path, people, rowsOf)
    await run(`copy gateway.${table} from '${path}'`)
  }
  await run('alter table gateway.person_key drop constraint person_key_pkey')
  await run('drop index gateway.person_key_record')
  await copied('person_record (id, agency, local_id, folded, child_id, seen_at)', (person, id) => [
    [id, 'education', `P${id}`, normalisedText(person), `C${id}`, '2026-11-20T00:00:00Z'],
  ])
  await copied('link_event (record, child_id, verdict, method, decided_by, reason, at)', (_, id) => [
    [id, `C${id}`, 'linked', 'identifier', 'gateway', 'Measured.', '2026-11-20T00:00:00Z'],
  ])
  await copied('person_key (key, record)', (person, id) =>
    [...new Set(blockingKeys(person).map(hash))].map((key) => [key, id]),
  )
  say('Indexing the keys.')
  await run('alter table gateway.person_key add primary key (key, record)')
  await run('create index person_key_record on gateway.person_key (record)')
  for (const table of ['person_key', 'person_record', 'link_event'])
    await run(`vacuum (freeze, analyze) gateway.${table}`)
  await run('checkpoint')
}

type Rows = readonly (readonly (string | number | bigint)[])[]

/** A file for COPY, which the server reads itself: the quickest way in. */
async function written(
  path: string,
  people: readonly Person[],
  rowsOf: (person: Person, id: number) => Rows,
): Promise<void> {
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
}
