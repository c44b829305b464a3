import { describe, expect, it } from 'vitest'
import { PairSet } from '../../lab/linkage/pairSet.ts'

describe('pairs beyond what is kept', () => {
  it('are not cut off the last rows, whose people would be found by nobody', () => {
    const most = 1000
    const pairs = new PairSet(most)
    // Each pair is named often before the next: full is noticed late.
    for (let row = 0; row < 4 * most && !pairs.isFull; row += 1)
      for (let again = 0; again < 3; again += 1) pairs.add((row * 7919) % 5000, ((row * 7919) % 5000) + 1)
    const taken = pairs.taken()
    expect(taken.length / 2).toBeGreaterThanOrEqual(0.8 * most)
    expect(taken.length / 2).toBeLessThanOrEqual(most)
    const ofLast = taken.filter((row, at) => at % 2 === 0 && row >= 4000).length
    expect(ofLast / (taken.length / 2)).toBeGreaterThan(0.15)
  })
})
