import { spawn } from 'node:child_process'
import { pinned, residentOf } from '../machine.ts'
import { type Running, root } from '../runningContestant.ts'
import type { MemorySample } from './memory.ts'
import type { TrafficCount, TrafficOrder } from './trafficProcess.ts'

/** What a run is driven by. */
export interface Drive {
  readonly running: Running
  readonly order: Required<TrafficOrder>
  /** Other tokens, asked for as often as `renewSeconds` says. */
  readonly renewed: () => Promise<TrafficOrder['tokens']>
  readonly renewSeconds: number
  /** Called each second. */
  readonly onSample: (sample: MemorySample, count: TrafficCount) => void
}

/** Loads the gateway from a process of its own, and looks at the gateway's memory each second. */
export async function drive({ running, order, renewed, renewSeconds, onSample }: Drive): Promise<TrafficCount> {
  const [program, words] = pinned(
    [process.execPath, '--import', './src/cli/typescript.mjs', 'bench/endurance/trafficProcess.ts'],
    'others',
  )
  const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let count: TrafficCount = { answered: 0, failed: 0, firstFailure: null, isOver: false }
  const began = performance.now()
  const looking = setInterval(() => {
    const sample = { seconds: (performance.now() - began) / 1000, megabytes: residentOf(running.pid) }
    // A gateway that is gone has no memory; the load generator says so.
    if (sample.megabytes > 0) onSample(sample, count)
  }, 1000)
  const renewing = setInterval(() => {
    renewed().then(
      (tokens) => child.connected && child.send({ tokens } satisfies TrafficOrder),
      () => child.kill(),
    )
  }, renewSeconds * 1000)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (received: TrafficCount) => {
        count = received
      })
      child.once('error', reject)
      child.once('exit', (code) =>
        code === 0 && count.isOver
          ? resolve()
          : reject(new Error(`The load generator ended with ${code}. ${running.errors()}`)),
      )
      child.send(order)
    })
  } finally {
    clearInterval(looking)
    clearInterval(renewing)
  }
  return count
}
