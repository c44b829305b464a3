import { describe, expect, it } from 'vitest'
import { goalsOf, securityCost } from '../../bench/goals.ts'
import type { Line, QuestionResult } from '../../bench/results.ts'

const line = (contestant: string, measured: Partial<Line> = {}): Line => ({
  contestant,
  title: contestant,
  perSecond: 100,
  least: 90,
  most: 110,
  p50: 5,
  p99: 10,
  node: 1,
  postgres: 1,
  statements: 1,
  residentMb: 200,
  rateToLimit: 1,
  cpuToLimit: 1,
  ...measured,
})

const result = (question: QuestionResult['question'], lines: readonly Line[]): QuestionResult => ({
  question,
  title: question,
  values: 1,
  bytes: 1,
  connections: 1,
  lines,
  securityCost: securityCost(lines),
  differing: [],
  absent: [],
})

const found = (results: readonly QuestionResult[]) => goalsOf(results).map(({ name, isReached }) => [name, isReached])
const one = (results: readonly QuestionResult[], part: string) =>
  goalsOf(results).filter(({ name }) => name.includes(part))

describe('what security costs', () => {
  it('is the CPU of Node that it adds, as a share of the engine without it', () => {
    expect(securityCost([line('ours', { node: 1.2 }), line('ours-open', { node: 1 })])).toBeCloseTo(0.2)
  })

  it('is not known where one of the two did not run', () => {
    expect(securityCost([line('ours')])).toBeNull()
    expect(securityCost([line('ours-open'), line('limit')])).toBeNull()
    expect(securityCost([line('ours'), line('ours-open', { node: 0 })])).toBeNull()
  })
})

describe('the goals', () => {
  it('are judged one by one: met at the mark and past it, missed short of it', () => {
    const at = (perSecond: number) => one([result('q1', [line('ours', { perSecond }), line('limit')])], 'against limit')
    expect(at(85)[0]).toMatchObject({ goal: '≥ 0.85×', measured: '0.85×', isReached: true })
    expect(at(84)[0]).toMatchObject({ measured: '0.84×', isReached: false })
  })

  it('ask each peer for its own factor', () => {
    const peers = ['conventional', 'hive', 'hive-rust', 'hive-one', 'postgraphile'].map((name) =>
      line(name, { perSecond: 10 }),
    )
    expect(found([result('q1', [line('ours', { perSecond: 90, cpuToLimit: null }), ...peers])])).toEqual([
      ['Q1 requests a second, ours against conventional', true],
      ['Q1 requests a second, ours against hive', false],
      ['Q1 requests a second, ours against hive-rust', false],
      ['Q1 requests a second, ours against hive-one', true],
      ['Q1 requests a second, ours against postgraphile', true],
      ['Q1 resident memory, ours', true],
    ])
    expect(
      found([result('q2', [line('ours', { perSecond: 59 }), line('conventional', { perSecond: 10 })])]),
    ).toContainEqual(['Q2 requests a second, ours against conventional', false])
    const q2 = (perSecond: number) =>
      found([result('q2', [line('ours', { perSecond }), line('postgraphile', { perSecond: 10 })])])
    expect(q2(15)).toEqual([['Q2 requests a second, ours against postgraphile', true]])
    expect(q2(14)).toEqual([['Q2 requests a second, ours against postgraphile', false]])
  })

  it('leave out what did not run', () => {
    expect(goalsOf([])).toEqual([])
    expect(goalsOf([result('q4', [line('ours')])])).toEqual([])
    expect(found([result('q2', [line('limit'), line('conventional')])])).toEqual([])
  })

  it('hold security to a share of what the limit costs, where all three were measured', () => {
    const lines = (node: number) => [line('ours', { node }), line('ours-open', { node: 0.5 }), line('limit')]
    const name = 'Q1 Node CPU of all security together, against all of the limit’s'
    expect(one([result('q1', lines(1.1))], 'security')).toMatchObject([{ name, measured: '0.60×', isReached: true }])
    expect(one([result('q1', lines(1.2))], 'security')).toMatchObject([{ name, measured: '0.70×', isReached: false }])
    expect(one([result('q3', lines(1.1))], 'security')).toEqual([])
    expect(one([result('q1', lines(1.1).slice(0, 2))], 'security')).toEqual([])
  })

  it('judge lateness only where the limit is in time itself', () => {
    const late = (ours: number, limit: number) =>
      one([result('q1', [line('ours', { p99: ours }), line('limit', { p99: limit })])], 'p99')[0]
    expect(late(25, 15)).toMatchObject({ measured: '25.0 ms', isReached: true })
    expect(late(26, 15)).toMatchObject({ isReached: false })
    expect(late(60, 21)).toMatchObject({
      measured: '60.0 ms; not judged: the limit’s p99 is 21.0 ms',
      isReached: null,
    })
  })

  it('hold CPU and memory at Q1', () => {
    const measured = [result('q1', [line('ours', { cpuToLimit: 1.9, residentMb: 301 }), line('limit')])]
    expect(one(measured, 'CPU a request')[0]).toMatchObject({ measured: '1.90×', isReached: false })
    expect(one(measured, 'memory')[0]).toMatchObject({ measured: '301 MB', isReached: false })
  })
})
