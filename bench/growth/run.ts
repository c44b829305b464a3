import { readFileSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { Dice } from '../../seeds/generated/dice.ts'
import { countValues, difference } from '../canonicalAnswer.ts'
import { contestants } from '../contestants/contestant.ts'
import { type BenchDatabase, folderIn, openDatabase } from '../database.ts'
import { environmentOf } from '../environment.ts'
import { analystOf, hubs, type Issuer, openIssuer } from '../issuer.ts'
import { machineText } from '../machine.ts'
import { ask, bodiesOf, type Measured, measure } from '../measure.ts'
import { withSection } from '../pageSection.ts'
import { say } from '../progress.ts'
import { question } from '../questions/oneChild.ts'
import type { Sample } from '../questions/question.ts'
import { type Running, root, start } from '../runningContestant.ts'
import { shuffled } from '../shuffled.ts'
import { answerFor } from '../usageAnswer.ts'
import { warmUp } from '../warmUp.ts'
import { buildLarge, withClient } from './buildLarge.ts'
import type { PhysicalOrder } from './copyTables.ts'
import { explain } from './explainStatements.ts'
import { history } from './history.ts'
import { linesOf, type Placed } from './judgeGrowth.ts'
import { type GrowthOptions, readOptions, usage } from './options.ts'
import { spreadOf } from './pageLocality.ts'
import { type Carried, faultsIn } from './queryPlans.ts'
import { type GrowthResults, notesOf, sectionOf, tableOf } from './report.ts'
import { fewPractitioners, inCopies, knownToAll, pairsOf, type SampledChild, withoutNames } from './sampleChildren.ts'
import { populationTables } from './tables.ts'

/**
 * No replica to feed: rows that are written with their table need no log. Nothing is cleaned up under a window. A
 * quarter of the machine's memory is for pages, as PostgreSQL's manual advises for a server of its own: the large data
 * is many times what suits the small.
 */
const server = [
  ...['wal_level = minimal', 'max_wal_senders = 0', 'autovacuum = off'],
  `shared_buffers = '${Math.floor(totalmem() / 4 / 1024 ** 2)}MB'`,
]

/** Seconds. */
const longestWarmUp = 45

const goals: Readonly<Record<PhysicalOrder, number>> = { 'by child': 1.25, scattered: 1.75 }

/** One population on the server. */
interface Place {
  readonly title: string
  readonly children: number
  readonly goal: number | null
  readonly database: BenchDatabase
  readonly environment: Readonly<Record<string, string>>
  readonly sample: readonly SampledChild[]
}

/**
 * Measures Q1 on small and on large data, in one run on one server. @returns the exit code: 1 when a goal is missed.
 */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  if (typeof options === 'string') return answerFor(options, usage)
  if (options.history) return history(options, words)
  const undo: (() => Promise<void> | void)[] = []
  try {
    const database = await openDatabase(options.small, () => undefined, server)
    undo.push(database.stop)
    say(`${database.version}: ${options.small} children and ${database.records} records.`)
    const issuer = await openIssuer(database.scratch)
    undo.push(issuer.close)
    const places = await placesOf(database, issuer, options)
    const carried = await explained(places, issuer)
    const runnings = new Map<Place, Running>()
    for (const place of places) {
      const running = await start(gateway(), place.environment)
      undo.push(running.stop)
      runnings.set(place, running)
    }
    const values = await agree(runnings, issuer)
    const windows = await rounds(runnings, issuer, options)
    const lines = linesOf(
      await Promise.all(places.map((place) => placed(place, windows.get(place) ?? [], places[0]?.sample.length ?? 1))),
    )
    const results: GrowthResults = {
      at: new Date().toISOString().slice(0, 10),
      machine: machineText(database.version),
      command: ['npm run bench -- growth', ...words].join(' '),
      rounds: options.rounds,
      seconds: options.seconds,
      anew: options.anew,
      copies: options.large / options.small,
      values,
      lines,
      explained: carried?.length ?? null,
      faults: faultsIn(carried ?? []),
    }
    console.log(options.json ? JSON.stringify(results, null, 2) : [tableOf(lines), ...notesOf(results)].join('\n\n'))
    if (options.write) {
      const page = join(root, 'bench/README.md')
      writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'growth', sectionOf(results)))
    }
    return lines.every(({ isReached }) => isReached !== false) && results.faults.length === 0 ? 0 : 1
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

const gateway = () => {
  const ours = contestants.find(({ name }) => name === 'ours')
  if (!ours) throw new Error('The gateway is not among the contestants.')
  return ours
}

/** The small population, and the large one in each order. */
async function placesOf(database: BenchDatabase, issuer: Issuer, options: GrowthOptions): Promise<readonly Place[]> {
  const { small, large } = options
  const copies = large / small
  const asked = await knownToAll(database.client)
  const environment = async (url: string, name: string) => ({
    ...(await environmentOf(url, folderIn(database.scratch, name), issuer)),
    ...(options.anew ? { FACTS_KEPT: '0' } : {}),
  })
  const places: Place[] = [
    {
      title: `${small.toLocaleString('en')} children`,
      children: small,
      goal: null,
      database,
      environment: await environment(database.url, 'small'),
      sample: inCopies(asked, small, 1, 1, new Dice(small, 1, 1)),
    },
  ]
  for (const order of ['by child', 'scattered'] as const) {
    const name = order.replace(' ', '_')
    await database.client.query(`create database ${name}`)
    const url = Object.assign(new URL(database.url), { pathname: `/${name}` }).href
    const building = performance.now()
    await buildLarge(url, join(database.scratch, `${name}-data`), { children: small, copies, order }, say)
    say(`${order}: ${large} children after ${((performance.now() - building) / 1000).toFixed(0)} s.`)
    places.push({
      title: `${large.toLocaleString('en')} children, ${order}`,
      children: large,
      goal: goals[order],
      database: { ...database, url },
      environment: await environment(url, name),
      sample: inCopies(asked, small, copies, options.sample, new Dice(large, small, 1)),
    })
  }
  return places
}

/** A token of MASH that may ask for each child, of the practitioner whose turn it is. */
async function tokensFor(
  sample: readonly SampledChild[],
  issuer: Issuer,
  practitioners: readonly number[] = sample.map((_, nth) => nth % fewPractitioners),
): Promise<readonly string[]> {
  const count = Math.max(...practitioners) + 1
  const tokens = new Map(
    await Promise.all(hubs.map(async (la) => [String(la), await issuer.tokens(count, analystOf(la))] as const)),
  )
  return sample.map(({ la }, nth) => {
    const token = tokens.get(la)?.[practitioners[nth] ?? 0]
    if (token === undefined) throw new Error(`There is no hub of ${la}.`)
    return token
  })
}

const asSample = (children: readonly SampledChild[]): Sample => ({
  children: children.map(({ id }) => id),
  nhsNumbers: [],
  long: [],
  underPlan: [],
  transfers: [],
})

/** How PostgreSQL carries out the gateway's statements on the largest data. */
async function explained(places: readonly Place[], issuer: Issuer): Promise<readonly Carried[] | null> {
  const place = places.at(-1)
  if (!place) return null
  const sample = shuffled(place.sample, new Dice(3, 1, 1)).slice(0, 40)
  const tokens = await tokensFor(sample, issuer)
  const carried = await explain(
    place.database,
    place.environment,
    bodiesOf(question, asSample(sample)).map((body, nth) => ({ body, token: tokens[nth] ?? '' })),
  )
  for (const fault of faultsIn(carried ?? [])) say(fault)
  const pages = (carried ?? []).reduce((sum, statement) => sum + statement.pages, 0)
  if (carried) say(`${carried.length} statements explained, ${(pages / sample.length).toFixed(0)} pages a question.`)
  return carried
}

/** Asks every database about the same children. @returns how many values an answer has. */
async function agree(runnings: ReadonlyMap<Place, Running>, issuer: Issuer): Promise<number> {
  const [small] = runnings.keys()
  const sample = shuffled(small?.sample ?? [], new Dice(5, 1, 1)).slice(0, 40)
  let values = 0
  let first: readonly unknown[] | null = null
  for (const [place, running] of runnings) {
    // The nth copies of a child stand where the child stands, `each` at a time.
    const each = place.sample.length / Math.max(1, small?.sample.length ?? 0)
    const children = sample.flatMap((child) => place.sample[(small?.sample.indexOf(child) ?? 0) * each] ?? [])
    const tokens = await tokensFor(children, issuer)
    const bodies = bodiesOf(question, asSample(children))
    const answers: unknown[] = []
    for (const [nth, body] of bodies.entries()) {
      const answer = await ask(running, body, tokens[nth] ?? '')
      values += countValues(answer)
      answers.push(withoutNames(answer))
    }
    const where = first === null ? null : difference(first, answers)
    if (where !== null) throw new Error(`${place.title}: a copy does not say what its original says: ${where}.`)
    first ??= answers
  }
  return Math.round(values / Math.max(1, sample.length * runnings.size))
}

async function rounds(
  runnings: ReadonlyMap<Place, Running>,
  issuer: Issuer,
  { rounds: count, seconds }: GrowthOptions,
): Promise<ReadonlyMap<Place, readonly Measured[]>> {
  const windows = new Map<Place, Measured[]>([...runnings.keys()].map((place) => [place, []]))
  const dice = new Dice(7, count, 1)
  const sizes = [...runnings.keys()].map(({ sample }) => sample.length)
  const pairs = pairsOf(Math.max(...sizes), Math.min(...sizes))
  const one = async (place: Place, running: Running, length: number): Promise<Measured> => {
    const asked = shuffled(pairs(place.sample, dice), dice)
    const sample = asked.map(({ child }) => child)
    const tokens = await tokensFor(
      sample,
      issuer,
      asked.map(({ practitioner }) => practitioner),
    )
    return measure(running, place.database, { question, sample: asSample(sample), tokens, seconds: length })
  }
  for (const [place, running] of runnings) {
    say(`${place.title}: warming up, until every child was asked about and CPU a request no longer falls.`)
    await warmUp((length) => one(place, running, length), longestWarmUp)
    for (let asked = 0; asked < 2 * Math.max(...sizes); ) {
      const length = Math.max(3, seconds)
      asked += (await one(place, running, length)).perSecond * length
    }
  }
  for (let round = 1; round <= count; round += 1)
    for (const [place, running] of shuffled([...runnings], dice)) {
      const measured = await one(place, running, seconds)
      windows.get(place)?.push(measured)
      say(
        `round ${round} of ${count}: ${place.title}: ${measured.perSecond.toFixed(0)} requests a second, Node ${measured.node.toFixed(2)} and PostgreSQL ${measured.postgres.toFixed(2)} ms`,
      )
    }
  return windows
}

async function placed(place: Place, windows: readonly Measured[], asked: number): Promise<Placed> {
  const tables = await populationTables()
  const names = tables.filter(({ ownerIs }) => ownerIs === 'person').map(({ name }) => name)
  return withClient(place.database.url, async (client) => {
    const { rows } = await client.query<{ records: string; bytes: string }>(
      `select sum(reltuples)::bigint::text as records, pg_database_size(current_database())::text as bytes
       from pg_class where oid = any($1::regclass[])`,
      [names],
    )
    // Each child once: the first of its copies.
    const children = place.sample.filter((_, nth) => nth % (place.sample.length / asked) === 0)
    return {
      title: place.title,
      children: place.children,
      records: Number(rows[0]?.records),
      gigabytes: Number(rows[0]?.bytes) / 1e9,
      spread: await spreadOf(
        client,
        tables,
        children.map(({ id }) => id),
      ),
      asked: place.sample.length,
      windows,
      goal: place.goal,
    }
  })
}
