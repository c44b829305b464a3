import { children } from '../../seeds/population/children.ts'
import type { scenarios } from '../../seeds/population/mistakes.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { upperBound } from './accuracyMeasures.ts'
import { countKnowledge } from './countKnowledge.ts'
import { MemoryIndex } from './memoryIndex.ts'
import { type World, worldOf } from './openWorld.ts'
import { halves, renamed } from './otherNames.ts'
import { search } from './searchAccuracy.ts'
import { learnt } from './trainOnSynthetic.ts'

const usage = `Usage: node --import ./src/cli/typescript.mjs lab/linkage/measureUnknownNames.ts <folder of names> [children] [searches]

Links a population whose names the model does not know: names drawn by Zipf over one half of the public lists, the model learnt from
the other half. 1,000,000 children and 70,000 searches of a kind when nothing is said.`

const onFile = 0.97
const taughtBy = 150_000

/** Searches of one kind, and what came of them. */
const kinds = ['with-nhs', 'local'] as const satisfies readonly (keyof typeof scenarios)[]

async function run([folder, size = '1000000', searches = '70000']: readonly string[]): Promise<number> {
  if (!folder) {
    console.error(usage)
    return 2
  }
  const [known, unknown] = halves(folder)
  const model = learnt(worldOf(renamed(children(taughtBy, 3), known, 5), onFile, 3), onFile)
  const people = worldOf(renamed(children(Number(size), 20_261_129), unknown, 7), onFile, 11)
  const outcomes = measured(people, { ...model, register: countKnowledge(people.index) }, Number(searches))
  for (const line of outcomes.map(({ text }) => text)) console.log(line)
  const links = outcomes.reduce((sum, one) => sum + one.links, 0)
  const wrong = outcomes.reduce((sum, one) => sum + one.wrong, 0)
  console.log(
    `together   ${wrong} false in ${links} automatic links: at most ${upperBound(wrong, links).toExponential(1)} with 95 % confidence`,
  )
  return wrong === 0 ? 0 : 1
}

function measured(people: World, model: LinkageModel, searches: number) {
  const index = new MemoryIndex(people.index, () => undefined)
  return kinds.map((kind) => {
    const found = search(kind, searches, people, index, model, (done) => {
      if (done % 10_000 === 0) console.error(`${kind}: ${done} of ${searches}`)
    })
    const there = found.filter(({ isOnFile }) => isOnFile)
    const linked = found.filter((one) => one.kind === 'SAME')
    const wrong = linked.filter(({ isRight }) => !isRight).length
    const right = linked.length - wrong
    const missed = there.filter((one) => one.kind === 'NONE' || (one.kind === 'ASK' && !one.isShown)).length
    const share = (count: number) => (count / there.length).toFixed(4)
    return {
      links: linked.length,
      wrong,
      text: `${kind.padEnd(10)} ${wrong} false in ${linked.length}; automatic recall ${share(right)}; not shown to anybody ${share(missed)}`,
    }
  })
}

if (import.meta.filename === process.argv[1]) process.exitCode = await run(process.argv.slice(2))
