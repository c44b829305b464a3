import { describe, expect, it } from 'vitest'
import type { Measured } from '../../bench/measure.ts'
import { isSteady, warmUp } from '../../bench/warmUp.ts'

const using = (node: number): Measured => ({ perSecond: 1, p50: 1, p99: 1, node, postgres: 1, residentMb: 1 })

describe('a contestant is warm', () => {
  it('when two slices in a row used no less than those before', () => {
    expect(isSteady([3, 1.2, 1, 1.01, 0.99])).toBe(true)
    expect(isSteady([1, 1, 1])).toBe(true)
  })

  it('not while it still gets faster', () => {
    expect(isSteady([3, 1.2, 1, 0.9, 0.8])).toBe(false)
    expect(isSteady([3, 1.2, 1, 1.01])).toBe(false)
    expect(isSteady([3, 2, 2.1, 1.5])).toBe(false)
  })

  it('not before there is anything to compare', () => {
    for (const used of [[], [1], [1, 1]]) expect(isSteady(used)).toBe(false)
  })

  it('and is taken as it is when its time is over', async () => {
    const lengths: number[] = []
    const ever = async (length: number) => {
      lengths.push(length)
      return using(1 / lengths.length)
    }
    expect(await warmUp(ever, 10)).toBe(10)
    expect(lengths).toEqual([3, 3, 3, 1])
  })

  it('without more load than it needs', async () => {
    const used = [5, 1, 1, 1, 0]
    expect(await warmUp(async () => using(used.shift() ?? 0), 30)).toBe(12)
    expect(used).toEqual([0])
  })
})
