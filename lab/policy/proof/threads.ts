import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { typescriptLoader } from '../../../test/support/childProcess.ts'
import type { Examined } from './exhaustive.ts'
import type { KilledAlone } from './mutantsKilledByInvariants.ts'

/** Examines every profile of a pack on so many threads at once. */
export async function examineInThreads(pack: string, lanes: number): Promise<Examined> {
  const parts = await inThreads<Examined>('examineLane', pack, lanes)
  const violations: Record<string, string[]> = {}
  for (const part of parts)
    for (const [id, examples] of Object.entries(part.violations))
      violations[id] = [...(violations[id] ?? []), ...examples]
  const sum = (of: (part: Examined) => number) => parts.reduce((total, part) => total + of(part), 0)
  return { runs: sum((part) => part.runs), decisions: sum((part) => part.decisions), violations }
}

/** Sees which mutants of the rules the invariants find alone, on so many threads at once. */
export async function killAloneInThreads(pack: string, lanes: number): Promise<KilledAlone> {
  const parts = await inThreads<KilledAlone>('killLane', pack, lanes)
  return {
    found: parts.reduce((total, { found }) => total + found, 0),
    planted: parts.reduce((total, { planted }) => total + planted, 0),
    left: parts.flatMap(({ left }) => left),
  }
}

type Lane = 'examineLane' | 'killLane'

const inThreads = <Part>(lane: Lane, pack: string, lanes: number): Promise<readonly Part[]> =>
  Promise.all(Array.from({ length: lanes }, (_, at) => inThread<Part>(lane, pack, at, lanes)))

/** A thread does not inherit the loader of TypeScript, so the lane loads it first. */
const inThread = <Part>(name: Lane, pack: string, lane: number, lanes: number): Promise<Part> =>
  new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./thread.ts', import.meta.url))
    const code = `import(${JSON.stringify(typescriptLoader)}).then(() => import(${JSON.stringify(file)})).then((lanes) => lanes.${name}(${JSON.stringify(pack)}, ${lane}, ${lanes}))`
    const worker = new Worker(code, { eval: true })
    // A lane posts its part and nothing else.
    worker.once('message', (part) => resolve(part as Part))
    worker.once('error', reject)
    worker.once('exit', (code) => code !== 0 && reject(new Error(`A lane of the proof ended with ${code}.`)))
  })
