import { describe, expect, it } from 'vitest'
import { Turns } from '../../src/disclosure/yieldToOthers.ts'

/** Holds the loop for so long at least. */
const busy = (milliseconds: number): void => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

/** Writes so many children that are all there at once, and counts how many were written in each turn of the loop. */
const writtenByTurn = async (children: number, milliseconds: number): Promise<readonly number[]> => {
  const counts = [0]
  let running = true
  const next = (): void => {
    counts.push(0)
    if (running) setImmediate(next)
  }
  setImmediate(next)
  const turns = new Turns()
  await Promise.all(
    Array.from({ length: children }, async () => {
      const waiting = turns.next()
      if (waiting) await waiting
      // Between its turn and the writing stand as many steps as an executor takes.
      for (let step = 0; step < 20; step += 1) await undefined
      busy(milliseconds)
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1
    }),
  )
  running = false
  return counts.filter((count) => count > 0)
}

describe('children that are all there at once', () => {
  it('are written a few in each turn of the loop, so that others are served between', async () => {
    const counts = await writtenByTurn(40, 3)
    // Ten milliseconds hold at most four that take three, or more.
    expect(Math.max(...counts)).toBeLessThanOrEqual(4)
    expect(counts.length).toBeGreaterThanOrEqual(10)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40)
  })

  it('wait for nothing when there is one', async () => {
    expect(new Turns().next()).toBeUndefined()
  })
})
