import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { typescriptLoader } from '../../../test/support/child-process.ts'
import type { Examined } from './exhaustive.ts'

/** Examines every profile of a pack on so many threads at once. */
export async function examineInThreads(pack: string, lanes: number): Promise<Examined> {
  const parts = await Promise.all(Array.from({ length: lanes }, (_, lane) => examineInThread(pack, lane, lanes)))
  const violations: Record<string, string[]> = {}
  for (const part of parts)
    for (const [id, examples] of Object.entries(part.violations))
      violations[id] = [...(violations[id] ?? []), ...examples]
  const sum = (of: (part: Examined) => number) => parts.reduce((total, part) => total + of(part), 0)
  return { runs: sum((part) => part.runs), decisions: sum((part) => part.decisions), violations }
}

/** A thread does not inherit the loader of TypeScript, so the lane loads it first. */
const examineInThread = (pack: string, lane: number, lanes: number): Promise<Examined> =>
  new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./thread.ts', import.meta.url))
    const code = `import(${JSON.stringify(typescriptLoader)}).then(() => import(${JSON.stringify(file)})).then(({ runLane }) => runLane(${JSON.stringify(pack)}, ${lane}, ${lanes}))`
    const worker = new Worker(code, { eval: true })
    // `lane.ts` posts nothing else.
    worker.once('message', (examined) => resolve(examined as Examined))
    worker.once('error', reject)
    worker.once('exit', (code) => code !== 0 && reject(new Error(`A lane of the proof ended with ${code}.`)))
  })
