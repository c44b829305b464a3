import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import { contestants, theGateway } from '../contestants/contestant.ts'
import type { BenchDatabase } from '../database.ts'
import { setUp } from '../databaseAndIssuer.ts'
import { type Goal, tableOf } from '../goalTable.ts'
import { auditor, type Issuer, manager } from '../issuer.ts'
import { machineText, residentOf } from '../machine.ts'
import { ask } from '../measure.ts'
import { withSection } from '../pageSection.ts'
import { type Running, root, start } from '../runningContestant.ts'
import { answerFor } from '../usageAnswer.ts'

const usage = `npm run bench -- oversight [options]

  npm run bench -- oversight                           worklists of 500 and 5,000, a profile over 100,000
  npm run bench -- oversight --children 2000 --teams 50,200   a small one, in a minute

  --children N    children of the population, over whom the profile counts (100000)
  --teams A,B     children of the teams whose worklists are asked for (500,5000)
  --times N       how often each is asked, of which the median counts (3)
  --write         put the results into bench/README.md`

interface Options {
  readonly children: number
  readonly teams: readonly number[]
  readonly times: number
  readonly write: boolean
}

function readOptions(words: readonly string[]): Options | string {
  const { values } = parseArgs({
    args: [...words],
    options: {
      children: { type: 'string', default: '100000' },
      teams: { type: 'string', default: '500,5000' },
      times: { type: 'string', default: '3' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return usage
  const teams = values.teams.split(',').map(Number)
  const [children, times] = [Number(values.children), Number(values.times)]
  if (![children, times, ...teams].every((number) => Number.isInteger(number) && number > 0))
    return '--children, --teams and --times are whole numbers.'
  return { children, teams, times, write: values.write }
}

/** One question as it was measured. */
export interface Line {
  readonly title: string
  /** Children that it is over. */
  readonly of: number
  readonly milliseconds: number
  readonly statements: number | null
  readonly megabytes: number
}

/** Measures the questions over many children, each alone. @returns the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  if (typeof options === 'string') return answerFor(options, usage)
  const gateway = contestants.find(({ name }) => name === theGateway)
  if (!gateway) return 2
  const undo: (() => Promise<void> | void)[] = []
  try {
    const { database, issuer, environment } = await setUp(options.children, undo)
    const worklists: Line[] = []
    for (const team of options.teams) {
      await gather(database, team)
      worklists.push(await worklist(gateway, environment, { database, issuer, options }, team))
    }
    await gather(database, options.children)
    const goals = goalsOf(worklists, await profile(gateway, environment, { database, issuer, options }))
    const text = sectionOf(goals, database, options, words)
    console.log(text)
    if (options.write) {
      const page = join(root, 'bench/README.md')
      writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'oversight', text))
    }
    return goals.every(({ isReached }) => isReached !== false) ? 0 : 1
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

/** The first children of the population are those of one organisation, and of no other of its authority. */
const gather = async ({ client }: BenchDatabase, children: number): Promise<void> => {
  await client.query(`delete from gateway.relationship where organisation = 'LA2-CSC'`)
  await client.query(`delete from gateway.last_known`)
  await client.query(
    `insert into gateway.relationship (id, child_id, organisation, kind, from_on)
      select 'bench-' || child_id, child_id, 'LA2-CSC', 'ALLOCATED', '2020-01-01'
      from (select child_id from gateway.child order by child_id limit $1) chosen`,
    [children],
  )
  await client.query('analyze')
}

interface Place {
  readonly database: BenchDatabase
  readonly issuer: Issuer
  readonly options: Options
}

type Starting = Parameters<typeof start>

const worklist = (...[gateway, environment, place, team]: [...Starting, Place, number]): Promise<Line> =>
  measured([gateway, environment], place, {
    ...{ title: `Worklist of ${team} children`, of: team, practitioner: manager },
    query:
      '{ worklist(first: 50) { children byCode { code alerts { value } } entries { child { id } alert { code since } } } }',
  })

const profile = (...[gateway, environment, place]: [...Starting, Place]): Promise<Line> =>
  measured([gateway, { ...environment, REQUEST_DEADLINE_MS: '120000' }], place, {
    ...{ title: `Problem profile over ${place.options.children} children`, of: place.options.children },
    practitioner: auditor,
    query: '{ problemProfile(la: "LA2", theme: MISSING) { children byArea { area children } } }',
  })

interface Asked {
  readonly title: string
  readonly of: number
  readonly query: string
  readonly practitioner: Parameters<Issuer['tokens']>[1]
}

/** Each in a process of its own, asked once before it counts. */
async function measured(starting: Starting, { database, issuer, options }: Place, asked: Asked): Promise<Line> {
  const running = await start(...starting)
  try {
    const body = JSON.stringify({ query: asked.query })
    const once = async () => ask(running, body, (await issuer.tokens(1, asked.practitioner))[0] ?? '')
    await once()
    await database.resetStatements()
    const most = watchMemory(running)
    const times: number[] = []
    for (let time = 0; time < options.times; time += 1) {
      // A profile that was told is kept: what is measured is that it is counted.
      await database.client.query('delete from gateway.told_quarter; delete from gateway.told_profile')
      const began = performance.now()
      await once()
      times.push(performance.now() - began)
    }
    const statements = await database.statements()
    return {
      ...{ title: asked.title, of: asked.of, megabytes: await most() },
      milliseconds: times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0,
      statements: statements === null ? null : statements / options.times,
    }
  } finally {
    await running.stop()
  }
}

/** The most memory that the process held while it was watched. */
function watchMemory({ pid }: Running): () => Promise<number> {
  let most = 0
  let isWatching = true
  const watching = (async () => {
    while (isWatching) {
      most = Math.max(most, residentOf(pid))
      await wait(50)
    }
  })()
  return async () => {
    isWatching = false
    await watching
    return most
  }
}

/** What each measured says beside its goal; the longest worklist against the shortest, by the children of each. */
export function goalsOf(worklists: readonly Line[], profile: Line): readonly Goal[] {
  const ofWorklists = worklists.flatMap(({ title, of, milliseconds, statements }): readonly Goal[] => [
    {
      ...{ name: `${title}, alone`, goal: of <= 500 ? '≤ 3 s' : '' },
      ...{ measured: `${seconds(milliseconds)}`, isReached: of <= 500 ? milliseconds <= 3000 : null },
    },
    {
      ...{ name: `${title}, statements`, goal: of <= 500 ? `≤ ${10 * holders.length}, ten a holder` : '' },
      measured: statements?.toFixed(0) ?? 'not counted here',
      isReached: statements === null || of > 500 ? null : statements <= 10 * holders.length,
    },
  ])
  const [least, most] = [worklists[0], worklists.at(-1)]
  const grows =
    least && most && most.of > least.of
      ? [atMostLinear(least, most, most.milliseconds / most.of / (least.milliseconds / least.of))]
      : []
  // Flat: what comes with each child leaves nothing behind.
  return [
    ...ofWorklists,
    ...grows,
    {
      ...{ name: profile.title, goal: '≤ 60 s for 100,000' },
      measured: seconds(profile.milliseconds),
      isReached: profile.milliseconds <= (60_000 * profile.of) / 100_000,
    },
    {
      ...{ name: `${profile.title}, memory`, goal: '≤ 300 MB' },
      ...{ measured: `${profile.megabytes.toFixed(0)} MB`, isReached: profile.megabytes <= 300 },
    },
  ]
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

const atMostLinear = (least: Line, most: Line, ratio: number): Goal => ({
  name: `Worklist of ${most.of} children against ${least.of}, time a child`,
  ...{ goal: 'linear: ≤ 1.2×', measured: `${ratio.toFixed(2)}×`, isReached: ratio <= 1.2 },
})

const sectionOf = (
  goals: readonly Goal[],
  { version, records }: BenchDatabase,
  { children, times }: Options,
  words: readonly string[],
): string =>
  [
    '## Questions over many children',
    '',
    `\`${['npm run bench -- oversight', ...words].join(' ')}\` on ${new Date().toISOString().slice(0, 10)}: ${machineText(version)}. ${children} generated children with ${records} records; the median of ${times}, each alone.`,
    '',
    tableOf(goals),
  ].join('\n')
