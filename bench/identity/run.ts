import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { scenarios } from '../../seeds/population/mistakes.ts'
import { beliefToJson } from '../../src/identity/belief.ts'
import { search } from './accuracy.ts'
import { learnt } from './belief.ts'
import { type Goal, goalsOf } from './goals.ts'
import { latency } from './latency.ts'
import { MemoryIndex } from './memoryIndex.ts'
import { world } from './population.ts'

const usage = `node --import tsx bench/identity/run.ts [options]

  --size N        children, of whom 97 % are on file (1000000)
  --queries N     searches in each situation (60000)
  --searches N    timed matches on a real PostgreSQL (15000); 0 leaves it out
  --belief FILE   write the belief that was learnt, as the shipped default was
  --json          the goals as JSON`

const onFile = 0.97
const twinSearches = 10_000

/** Builds the synthetic index, learns a belief from it, searches, and prints every goal beside what was measured. */
export async function run(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      size: { type: 'string', default: '1000000' },
      queries: { type: 'string', default: '60000' },
      searches: { type: 'string', default: '15000' },
      belief: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const say = (text: string) => console.error(text)
  const size = Number(values.size)
  say(`Inventing ${size} children.`)
  const people = world(size, onFile)
  say('Learning what mistakes look like.')
  const belief = learnt(people, onFile)
  if (values.belief) writeFileSync(values.belief, beliefToJson(belief, 150))
  const outcomes = searched(people, belief, Number(values.queries), say)
  const goals: Goal[] = [...goalsOf(outcomes)]
  // What is measured already is told before the loading begins: it may be cut short.
  if (Number(values.searches) > 0) say(table(goals))
  if (Number(values.searches) > 0) goals.push(...(await latency(people, belief, Number(values.searches), say)))
  console.log(values.json ? JSON.stringify(goals) : table(goals))
  return goals.every(({ isReached }) => isReached) ? 0 : 1
}

function searched(
  people: ReturnType<typeof world>,
  belief: ReturnType<typeof learnt>,
  queries: number,
  say: (text: string) => void,
) {
  say('Building the index in memory.')
  const index = new MemoryIndex(people.index, () => undefined)
  const names = ['local', 'with-nhs', 'transfer', 'twins'] as const satisfies (keyof typeof scenarios)[]
  return names.flatMap((scenario) => {
    say(`Searching: ${scenario}.`)
    return search(
      scenario,
      scenario === 'twins' ? Math.min(twinSearches, queries) : queries,
      people,
      index,
      belief,
      () => undefined,
    )
  })
}

const table = (goals: readonly Goal[]): string =>
  [
    '| goal | wanted | measured | reached |',
    '|---|---|---|---|',
    ...goals.map(
      ({ name, goal, measured, isReached }) => `| ${name} | ${goal} | ${measured} | ${isReached ? 'yes' : '**no**'} |`,
    ),
  ].join('\n')

if (import.meta.filename === process.argv[1]) process.exitCode = await run(process.argv.slice(2))
