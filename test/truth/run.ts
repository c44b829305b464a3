import { cases } from '../acceptance/support/people.ts'
import { startTestGateway } from '../support/gateway.ts'
import { everyAsking, judge } from './support/judge.ts'

/** Told without a completeness of its own counts as whole, and left empty as not known. */
const columns = ['WHOLE', 'AT_LEAST', 'WITHHELD', 'UNAVAILABLE', 'NOT_KNOWN', 'WRONG'] as const
const columnOf: Readonly<Record<string, string>> = { TOLD: 'WHOLE', EMPTY: 'NOT_KNOWN' }

const gateway = await startTestGateway()
const tallies = new Map<string, Map<string, number>>()
/** Children that are named are asked about alone. */
const named = process.argv.slice(2)
const askings = everyAsking(named.length > 0 ? named : cases)
const faults: string[] = []
let reached = 0
try {
  for (const asking of askings) {
    const judged = await judge(gateway, asking)
    if (judged.reached) reached += 1
    for (const { name, how } of judged.said) {
      const tally = tallies.get(name) ?? new Map<string, number>()
      const column = columnOf[how] ?? how
      tallies.set(name, tally.set(column, (tally.get(column) ?? 0) + 1))
    }
    const { persona, purpose, child } = asking
    for (const fault of judged.faults) {
      faults.push(`${persona} ${purpose} ${child}: ${fault}`)
      process.stderr.write(`${faults.at(-1)}\n`)
    }
  }
} finally {
  await gateway.close()
}

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(48) : String(cell).padStart(12))).join('')

// One row a number: over how many personas, purposes and children it was judged, and how it was told.
process.stdout.write(`${row(['number or fact', 'judged', ...columns])}\n`)
for (const [name, tally] of [...tallies].sort(([one], [other]) => (one < other ? -1 : 1))) {
  const judged = [...tally.values()].reduce((sum, count) => sum + count, 0)
  process.stdout.write(`${row([name, judged, ...columns.map((column) => tally.get(column) ?? 0)])}\n`)
}
process.stdout.write(
  `${tallies.size} numbers and facts, ${askings.length} askings, ${reached} answered, ${faults.length} untrue\n`,
)
process.exitCode = faults.length > 0 ? 1 : 0
