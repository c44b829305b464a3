import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Milliseconds between two looks at the loop. */
const resolution = 5

/**
 * Writes at each SIGWINCH how long the loop was held at most since the last one, in milliseconds, where `BENCH_LOOP`
 * names a file.
 */
export function tellHoldOnSignal(): void {
  const file = process.env['BENCH_LOOP']
  if (file === undefined) return
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  process.on('SIGWINCH', () => {
    writeFileSync(file, String(Math.max(0, delay.max / 1e6 - resolution)))
    delay.reset()
  })
}
