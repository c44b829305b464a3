import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MemoryIndex } from '../../lab/linkage/memoryIndex.ts'
import { type World, world } from '../../lab/linkage/openWorld.ts'
import { type Sought, search } from '../../lab/linkage/searchAccuracy.ts'
import { learnt } from '../../lab/linkage/trainOnSynthetic.ts'
import type { scenarios } from '../../seeds/population/mistakes.ts'
import { linkageModelToJson } from '../../src/identity/linkageModel.ts'
import { type Goal, tableOf } from '../goalTable.ts'
import { machineText } from '../machine.ts'
import { withSection } from '../pageSection.ts'
import { answerFor } from '../usageAnswer.ts'
import { goalsOf } from './goals.ts'
import { latency } from './latency.ts'
import { type Options, readOptions, usage } from './options.ts'
import { publicSets } from './publicSets.ts'
import { sectionOf } from './report.ts'
import { isStored, reopen, type StoredIndex, store } from './storedIndex.ts'
import { undoing } from './undoTime.ts'

const onFile = 0.97
const mostTwinSearches = 30_000

/** Origins are compared locally, and the smallest has one child in fifty: fewer searches would compare chance. */
const localTimes = 3

/** Names of each list that the shipped model holds. */
const shippedNames = 2500
const readme = new URL('../README.md', import.meta.url)

const started = performance.now()
const say = (text: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`)

/** Measures every goal of identity resolution and prints it beside what was measured. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  if (typeof options === 'string') return answerFor(options, usage)
  const goals: Goal[] = []
  const report = (found: readonly Goal[]) => {
    goals.push(...found)
    // What is measured already is printed before the long work begins: that may be cut short.
    say(`\n${tableOf(found)}`)
  }
  let people: Learnt | null = null
  if (options.only !== 'latency') {
    say('Public sets.')
    report(publicSets(options.sets))
    report(
      await undoing(options.histories, (done) => done % 50 === 0 && say(`Linking and refuting: ${done} histories.`)),
    )
    people = invented(options)
    if (options.model) writeFileSync(options.model, linkageModelToJson(people.model, shippedNames))
    report(searched(people, options))
  }
  let postgres = 'no PostgreSQL'
  if (options.only !== 'accuracy') {
    const timed = await matches(options, people)
    postgres = timed.version
    report(timed.goals)
  }
  console.log(options.json ? JSON.stringify(goals) : tableOf(goals))
  if (options.write) {
    const command = ['npm run bench:identity --', ...withoutPaths(words)].join(' ')
    const section = sectionOf(goals, command, machineText(postgres), new Date().toISOString().slice(0, 10))
    writeFileSync(readme, withSection(readFileSync(readme, 'utf8'), 'identity', section))
  }
  return goals.every(({ isReached }) => isReached !== false) ? 0 : 1
}

/** What was asked, without where things lie on this machine: the same is measured wherever they do. */
const withoutPaths = (words: readonly string[]): readonly string[] =>
  words.filter(
    (word, at) => ![word, words[at - 1]].some((one) => one !== undefined && /^--(sets|keep|model)$/.test(one)),
  )

interface Learnt {
  readonly world: World
  readonly model: ReturnType<typeof learnt>
}

function invented({ size, seed }: Options): Learnt {
  say(`Inventing ${size} children.`)
  const people = world(size, onFile, seed)
  say('Learning what mistakes look like, from records that agree on a number.')
  return { world: people, model: learnt(people, onFile, seed + 11) }
}

function searched({ world: people, model }: Learnt, { queries, absent, seed }: Options): readonly Goal[] {
  say('Building the index in memory.')
  const index = new MemoryIndex(people.index, () => undefined)
  const found = (scenario: keyof typeof scenarios, count: number, sought: Sought) => {
    const tick = (done: number) =>
      done % 50_000 === 0 &&
      say(`Searching: ${scenario}${sought === 'absent' ? ', not on file' : ''}, ${done} of ${count}.`)
    return search(scenario, count, people, index, model, tick, { seed: seed + (sought === 'any' ? 101 : 909), sought })
  }
  const common = ['local', 'with-nhs', 'transfer'] as const
  return goalsOf(
    [
      ...common.flatMap((scenario) => found(scenario, scenario === 'local' ? localTimes * queries : queries, 'any')),
      ...found('twins', Math.min(mostTwinSearches, queries), 'any'),
    ],
    common.flatMap((scenario) => found(scenario, absent, 'absent')),
  )
}

/** Timed matches on the database that is kept, or on a new one. */
async function matches(options: Options, people: Learnt | null): Promise<{ goals: readonly Goal[]; version: string }> {
  const folder = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), 'wholeview-identity-'))
  let index: StoredIndex | null = null
  try {
    if (isStored(folder)) index = await reopen(folder)
    else {
      const { world: all, model } = people ?? invented(options)
      index = await store(folder, all, model, say)
    }
    const version = await index.database.rows({ name: 'bench-version', text: 'show server_version', values: [] })
    const goals = await latency(index, options.searches, say)
    return { goals, version: `PostgreSQL ${version[0]?.[0]?.split(' ')[0] ?? ''}` }
  } finally {
    await index?.close()
    if (!options.keep) rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.filename === process.argv[1]) process.exitCode = await run(process.argv.slice(2))
