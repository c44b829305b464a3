import { setTimeout as wait } from 'node:timers/promises'

/** How much longer than a piece of work a rest after it is, while others ask. */
const restPerWork = 1.5

/** No rest is longer, in milliseconds: a slow database is no reason to fall behind. */
const longestRest = 100

/**
 * Lets work that nobody waits for make way for those who ask: after a piece of it there is a rest as long as the piece
 * and half as long again, where anybody asked meanwhile; else none.
 *
 * @param asked how often anybody asked since the start.
 * @returns what is told after each piece how many milliseconds it took.
 */
export function makingWay(asked: () => number, rest = wait): (took: number) => Promise<unknown> {
  let before = asked()
  return async (took) => {
    const now = asked()
    const isQuiet = now === before
    before = now
    if (!isQuiet) await rest(Math.min(took * restPerWork, longestRest))
  }
}
