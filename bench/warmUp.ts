import type { Measured } from './measure.ts'

/** Seconds of load after which it is looked again whether a contestant has become warm. */
const slice = 3

/** What is saved below this share may be chance. */
const noFaster = 0.97

/**
 * Loads a contestant until its CPU a request no longer falls. V8 compiles what is called often, for tens of seconds:
 * longer, the more code a request runs through and the fewer requests a second there are. A fixed time would measure of
 * the one how it serves, and of the other how it starts.
 *
 * @param load loads it for so many seconds.
 * @param most seconds after which it is taken as it is.
 * @returns how many seconds it took.
 */
export async function warmUp(load: (seconds: number) => Promise<Measured>, most: number): Promise<number> {
  const used: number[] = []
  let seconds = 0
  while (seconds < most && !isSteady(used)) {
    const length = Math.min(slice, most - seconds)
    used.push((await load(length)).node)
    seconds += length
  }
  return seconds
}

/** Whether neither of the last two slices used less than those before them, but for chance. */
export function isSteady(used: readonly number[]): boolean {
  const [before, last] = [used.slice(0, -2), used.slice(-2)]
  return before.length > 0 && Math.min(...last) > noFaster * Math.min(...before)
}
