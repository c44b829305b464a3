import { pathToFileURL } from 'node:url'
import { compilePolicy } from '../../../src/policy/compile.ts'
import { type Pack, proposedPack, readPack, startingPack } from '../../../src/policy/pack.ts'
import { callerOf, factsOf, type Question, questions, sources } from './speedQuestions.ts'

type Compile = typeof compilePolicy

/** One way of deciding, as it is measured: an engine with a pack. */
interface Way {
  readonly compile: Compile
  readonly pack: Pack
}

/** Microseconds a decision: of a combination that was never asked, and of one that was. */
interface Took {
  readonly first: number
  readonly again: number
}

function decide({ compile, pack }: Way, asked: readonly Question[]): Took {
  const policy = compile(pack)
  const all = asked.map((question) => ({ caller: callerOf(question), question }))
  const once = (): number => {
    const began = process.hrtime.bigint()
    for (const { caller, question } of all)
      for (const source of sources) policy.grantFor(caller, factsOf(question), source, '2026-11-20T00:00:00Z')
    return Number(process.hrtime.bigint() - began) / 1000 / (all.length * sources.length)
  }
  return { first: once(), again: once() }
}

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Both in pairs, each first as often as the other, so that what else the machine does meets both alike. */
function compared(before: Way, after: Way, rounds: number) {
  const pairs: { readonly before: Took; readonly after: Took }[] = []
  for (let round = 0; round < rounds + 2; round += 1) {
    const isFirst = round % 2 === 0
    const early = isFirst ? decide(before, questions) : decide(after, questions)
    const late = isFirst ? decide(after, questions) : decide(before, questions)
    // The first two warm the machine's compiler.
    if (round >= 2) pairs.push(isFirst ? { before: early, after: late } : { before: late, after: early })
  }
  const of = (kind: keyof Took) => ({
    before: median(pairs.map((pair) => pair.before[kind])),
    after: median(pairs.map((pair) => pair.after[kind])),
    ratio: median(pairs.map((pair) => pair.after[kind] / pair.before[kind])),
  })
  return { first: of('first'), again: of('again') }
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
const { first, again } = compared(before, { compile: compilePolicy, pack }, 30)
const line = (name: string, took: typeof first): string =>
  `${name}: ${took.before.toFixed(2)} µs before, ${took.after.toFixed(2)} µs now, ${took.ratio.toFixed(3)} of before\n`
process.stdout.write(line('decided for the first time', first) + line('decided again', again))
process.exitCode = again.ratio > 1.1 ? 1 : 0
