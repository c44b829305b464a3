import { pathToFileURL } from 'node:url'
import { compilePolicy } from '../../../src/policy/compilePolicy.ts'
import { type Pack, proposedPack, readPack, startingPack } from '../../../src/policy/pack.ts'
import { callerOf, factsOf, questions, sources } from './speedQuestions.ts'

type Compile = typeof compilePolicy

/** One way of deciding, as it is measured: an engine with a pack. */
interface Way {
  readonly compile: Compile
  readonly pack: Pack
}

/** Microseconds that one decision takes, over all questions asked once. */
function asked(policy: ReturnType<Compile>): number {
  const all = questions.map((question) => ({ caller: callerOf(question), facts: factsOf(question) }))
  const began = process.hrtime.bigint()
  for (const { caller, facts } of all)
    for (const source of sources) policy.grantFor(caller, facts, source, '2026-11-20T00:00:00Z')
  return Number(process.hrtime.bigint() - began) / 1000 / (all.length * sources.length)
}

interface Took {
  readonly before: number
  readonly after: number
  readonly ratio: number
}

/**
 * The shortest of each, in turns: whatever else the machine does makes a run longer and none shorter, and each goes
 * first as often as the other.
 */
function shortest(before: () => number, after: () => number, rounds: number): Took {
  const took = { before: Number.POSITIVE_INFINITY, after: Number.POSITIVE_INFINITY }
  for (let round = 0; round < rounds; round += 1)
    for (const which of round % 2 === 0 ? (['before', 'after'] as const) : (['after', 'before'] as const))
      took[which] = Math.min(took[which], which === 'before' ? before() : after())
  return { ...took, ratio: took.after / took.before }
}

function compared(before: Way, after: Way): { readonly first: Took; readonly again: Took } {
  const fresh = (way: Way) => () => asked(way.compile(way.pack))
  const first = shortest(fresh(before), fresh(after), 12)
  const [was, is] = [before.compile(before.pack), after.compile(after.pack)]
  return {
    first,
    again: shortest(
      () => asked(was),
      () => asked(is),
      200,
    ),
  }
}

const help = `How long the policy takes to decide, in pairs; ends with 1 where it takes more than a tenth longer than before.

  npm run -s prove -- speed                    the proposed pack against that of 2024, by this engine
  npm run -s prove -- speed --before FOLDER    this engine against that of another checkout, by the proposed pack

What is decided again is what a request waits for: decisions are kept by combination. The first is made once for each.
`

const words = process.argv.slice(2)
if (words.includes('--help')) {
  process.stdout.write(help)
  process.exit(0)
}
const folder = words[words.indexOf('--before') + 1]
const pack = readPack(proposedPack)
let before: Way = { compile: compilePolicy, pack: readPack(startingPack) }
if (words.includes('--before') && folder !== undefined) {
  const other: { compilePolicy: Compile } = await import(pathToFileURL(`${folder}/src/policy/compile.ts`).href)
  before = { compile: other.compilePolicy, pack }
}
const { first, again } = compared(before, { compile: compilePolicy, pack })
const line = (name: string, took: Took): string =>
  `${name}: ${took.before.toFixed(2)} µs before, ${took.after.toFixed(2)} µs now, ${took.ratio.toFixed(3)} of before\n`
process.stdout.write(line('decided for the first time', first) + line('decided again', again))
process.exitCode = again.ratio > 1.1 ? 1 : 0
