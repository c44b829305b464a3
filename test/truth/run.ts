import { cases } from '../acceptance/support/people.ts'
import { startTestGateway } from '../support/gateway.ts'
import { everyAsking, type Judged, judge } from './support/judge.ts'

const gateway = await startTestGateway()
const judged: Judged[] = []
try {
  for (const asking of everyAsking(cases)) judged.push(await judge(gateway, asking))
} finally {
  await gateway.close()
}

const kinds = ['WHOLE', 'AT_LEAST', 'WITHHELD', 'UNAVAILABLE', 'NOT_KNOWN']
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(48) : String(cell).padStart(11))).join('')

process.stdout.write(`${row(['asked by, for', 'children', ...kinds, 'untrue'])}\n`)
const groups = new Map<string, Judged[]>()
for (const one of judged) {
  const key = `${one.persona} ${one.purpose}`
  groups.set(key, [...(groups.get(key) ?? []), one])
}
for (const [key, some] of groups) {
  const count = (kind: string) => some.reduce((sum, { said }) => sum + (said[kind] ?? 0), 0)
  const faults = some.reduce((sum, one) => sum + one.faults.length, 0)
  process.stdout.write(`${row([key, some.filter(({ reached }) => reached).length, ...kinds.map(count), faults])}\n`)
}
const faults = judged.flatMap(({ persona, purpose, child, faults: some }) =>
  some.map((fault) => `${persona} ${purpose} ${child}: ${fault}`),
)
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`${judged.length} answers, ${faults.length} untrue\n`)
process.exitCode = faults.length > 0 ? 1 : 0
