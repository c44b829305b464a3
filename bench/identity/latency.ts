import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Person } from '../../src/identity/person.ts'
import { Register } from '../../src/identity/register.ts'
import type { Goal } from '../goalTable.ts'
import { cpuOf, cpuOfTree } from '../machine.ts'
import type { StoredIndex } from './storedIndex.ts'

const perSecond = 1500
const rounds = 3

interface Round {
  readonly p50: number
  readonly p99: number
  /** CPU milliseconds for each match. */
  readonly node: number
  readonly postgres: number
}

/** Times whole matches: keys, statement, candidates, weighing, decision. Of three rounds the median counts. */
export async function latency(
  { database, hash, model, queries, people }: StoredIndex,
  searches: number,
  say: (text: string) => void,
): Promise<readonly Goal[]> {
  const clock = { now: () => new Date(), today: () => new Date() }
  const register = new Register({ database, model, hash, clock, disclosures: { ofChild: async () => [] } })
  const find = (query: Person) => register.find(query)
  const server = await serverOf(database)
  const part = (round: number) =>
    Array.from({ length: searches }, (_, at) => queries[(round * searches + at) % queries.length] ?? absent())
  say('Warming up.')
  for (const query of part(2 * rounds).slice(0, 3000)) await find(query)
  const alone: Round[] = []
  const crowded: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    say(`Timing ${searches} matches, one after another, then ${perSecond} a second: ${round + 1} of ${rounds}.`)
    alone.push(await measured(server, () => oneByOne(find, part(2 * round))))
    crowded.push(await measured(server, () => paced(find, part(2 * round + 1))))
  }
  const cpu = (list: readonly Round[]) =>
    `${median(list.map(({ node }) => node)).toFixed(2)} Node + ${median(list.map(({ postgres }) => postgres)).toFixed(2)} PostgreSQL`
  const name = `one match against ${people}`
  return [
    goal(`${name}, alone, p50`, 0.6, alone, ({ p50 }) => p50),
    goal(`${name}, alone, p99`, 6, alone, ({ p99 }) => p99),
    goal(`${name}, at ${perSecond} a second, p99`, 30, crowded, ({ p99 }) => p99),
    { name: `${name}, milliseconds of CPU`, goal: 'none', measured: cpu(crowded), isReached: null },
  ]
}

/** The server's process: its figures are read from the system, and it is on this machine. */
async function serverOf(database: StoredIndex['database']): Promise<number> {
  const rows = await database.rows({ name: 'bench-data', text: 'show data_directory', values: [] })
  return Number(readFileSync(join(rows[0]?.[0] ?? '', 'postmaster.pid'), 'utf8').split('\n')[0])
}

async function measured(server: number, work: () => Promise<readonly number[]>): Promise<Round> {
  const [node, postgres] = [cpuOf(process.pid), cpuOfTree(server)]
  const times = await work()
  const each = (from: number, to: number) => (to - from) / times.length
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    node: each(node, cpuOf(process.pid)),
    postgres: each(postgres, cpuOfTree(server)),
  }
}

async function oneByOne(find: (query: Person) => Promise<unknown>, queries: readonly Person[]): Promise<number[]> {
  const times: number[] = []
  for (const query of queries) {
    const since = performance.now()
    await find(query)
    times.push(performance.now() - since)
  }
  return times
}

/** Open loop: each search is due at its instant, and its time counts from then, however late its turn comes. */
async function paced(find: (query: Person) => Promise<unknown>, queries: readonly Person[]): Promise<number[]> {
  const start = performance.now()
  const running: Promise<number>[] = []
  const timed = async (query: Person, since: number): Promise<number> => {
    await find(query)
    return performance.now() - since
  }
  while (running.length < queries.length) {
    const due = Math.min(queries.length, Math.floor(((performance.now() - start) / 1000) * perSecond))
    while (running.length < due)
      running.push(timed(queries[running.length] ?? absent(), start + (running.length * 1000) / perSecond))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return Promise.all(running)
}

const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0

const median = (values: readonly number[]): number => quantile(values, 0.5)

function goal(name: string, most: number, list: readonly Round[], of: (round: Round) => number): Goal {
  const values = list.map(of)
  const value = median(values)
  return {
    name,
    goal: `≤ ${most} ms`,
    measured: `${value.toFixed(2)} ms (rounds ${values.map((one) => one.toFixed(2)).join(', ')})`,
    isReached: value <= most,
  }
}

function absent(): never {
  throw new Error('There is no such search.')
}
