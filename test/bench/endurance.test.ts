import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { heapIn } from '../../bench/endurance/heap.ts'
import { goalsOf, isFlat, type MemorySample, slopeOf, summaryOf } from '../../bench/endurance/memory.ts'
import { otherOperations } from '../../bench/endurance/operations.ts'
import { readOptions, usage } from '../../bench/endurance/options.ts'
import { sectionName, sectionOf } from '../../bench/endurance/report.ts'

const course = (seconds: number, megabytes: (second: number) => number): MemorySample[] =>
  Array.from({ length: seconds }, (_, second) => ({ seconds: second + 1, megabytes: megabytes(second + 1) }))
const traffic = { answered: 1000, failed: 0, tokens: 100, children: 200, known: 50, operations: 0 }

describe('the command for endurance', () => {
  it('takes how long and how many', () => {
    expect(readOptions([])).toMatchObject({ minutes: 10, connections: 16, operations: 0 })
    expect(readOptions(['--minutes', '2', '--operations', '300'])).toMatchObject({ minutes: 2, operations: 300 })
    expect(readOptions(['--help'])).toBe(usage)
  })

  it('refuses what makes no sense', () => {
    expect(readOptions(['--minutes', '0'])).toMatch(/whole numbers/)
    expect(readOptions(['--operations', 'all'])).toMatch(/--operations/)
    expect(readOptions(['--forever'])).toMatch(/--forever/)
  })
})

describe('memory over a run', () => {
  it('is flat when it rises while warming up and no more', () => {
    const summary = summaryOf(course(600, (second) => Math.min(250, 100 + 3 * second)))
    expect(summary).toMatchObject({ stretch: 60, early: 250, late: 250, most: 250, end: 250, slope: 0 })
    expect(summary.course).toHaveLength(10)
    expect(isFlat(summary)).toBe(true)
  })

  it('is not flat when it goes on rising', () => {
    const summary = summaryOf(course(600, (second) => 200 + second / 10))
    expect(summary.slope).toBeCloseTo(360)
    expect(isFlat(summary)).toBe(false)
  })

  it('is flat when it goes up and down about the same height', () => {
    const summary = summaryOf(course(600, (second) => 200 + (second % 20)))
    expect(Math.abs(summary.slope)).toBeLessThan(10)
    expect(isFlat(summary)).toBe(true)
    expect(summary.least).toBe(200)
  })

  it('is compared in fifths when the run is short', () => {
    expect(summaryOf(course(100, (second) => (second > 80 ? 400 : 200)))).toMatchObject({
      stretch: 20,
      early: 200,
      late: 400,
    })
  })

  it('is not judged by nothing', () => {
    expect(() => summaryOf([])).toThrow(/too seldom/)
  })

  it('has the slope of the nearest line', () => {
    expect(slopeOf(course(10, (second) => 5 - 2 * second))).toBeCloseTo(-2)
    expect(slopeOf([{ seconds: 1, megabytes: 9 }])).toBe(0)
  })
})

describe('the goals of endurance', () => {
  const flat = summaryOf(course(600, () => 250))
  const reached = (...of: Parameters<typeof goalsOf>) => goalsOf(...of).map(({ isReached }) => isReached)

  it('are met by memory that is small and flat, without a failed answer', () => {
    expect(reached(flat, traffic)).toEqual([true, true, null, null, true])
  })

  it('are missed by one second above the limit, by growth, and by one failed answer', () => {
    expect(reached(summaryOf(course(600, (second) => (second === 300 ? 301 : 250))), traffic)[0]).toBe(false)
    expect(reached(summaryOf(course(600, (second) => 100 + second / 5)), traffic)[1]).toBe(false)
    expect(reached(flat, { ...traffic, failed: 1 })[4]).toBe(false)
    expect(reached(flat, { ...traffic, answered: 0 })[4]).toBe(false)
  })

  it('do not hold many operations to the memory of one', () => {
    expect(reached(summaryOf(course(600, () => 350)), { ...traffic, operations: 300 })[0]).toBeNull()
  })

  it('stand in the section with what was asked', () => {
    const results = {
      at: '2026-11-20',
      machine: 'a machine',
      command: 'npm run bench -- endurance',
      connections: 16,
      renewSeconds: 60,
      memory: flat,
      heaps: [{ used: 90.4, held: 120, external: 7 }],
      traffic,
      goals: goalsOf(flat, traffic),
    }
    const section = sectionOf(results)
    expect(section).toContain('no other operation is asked')
    expect(section).toContain('every half minute, in MB: 90; buffers outside it: at most 7')
    const many = { ...traffic, operations: 300 }
    expect(sectionOf({ ...results, traffic: many })).toContain('one of 300 other operations')
    expect(sectionName(many)).not.toBe(sectionName(traffic))
    expect(section).toContain('Median of each minute, in MB: 250, 250')
    expect(section).toContain('| answers with errors, or none | 0 | 0 of 1,000 | met |')
  })
})

describe('the heap', () => {
  it('is read from the gateway’s own metrics', () => {
    const page =
      '# TYPE x gauge\nnodejs_heap_size_used_bytes 104857600\nnodejs_heap_size_total_bytes 209715200\nnodejs_external_memory_bytes 1048576\n'
    expect(heapIn(page)).toEqual({ used: 100, held: 200, external: 1 })
  })

  it('is not guessed where a figure is missing', () => {
    expect(heapIn('nodejs_heap_size_used_bytes 104857600\n')).toBeNull()
  })
})

describe('other operations', () => {
  it('are as many as asked for, all different, all well formed, and the same every time', () => {
    const operations = otherOperations(50)
    expect(new Set(operations).size).toBe(50)
    for (const text of operations) expect(() => parse(text)).not.toThrow()
    expect(otherOperations(50)).toEqual(operations)
    expect(new Set(operations.map((text) => text.replace(/Screen\d+/, ''))).size).toBe(50)
  })
})
