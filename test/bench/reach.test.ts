import { expect, it } from 'vitest'
import { goalsOf, type Line } from '../../bench/oversight/run.ts'
import { type ProfileNode, shareWithin } from '../../bench/profile.ts'
import { middle } from '../../bench/reach/measuringPlace.ts'
import { readOptions, usageOf } from '../../bench/reach/options.ts'

const rows = [
  { name: 'inbox', title: 'An inbox' },
  { name: 'rules', title: 'All rules' },
]

it('takes rows by name, all of them where none is named, and says what it does not know', () => {
  expect(readOptions([], rows)).toMatchObject({ rows: ['inbox', 'rules'], children: 2000, write: false })
  expect(readOptions(['rules', '--changed', '70'], rows)).toMatchObject({ rows: ['rules'], changed: 70 })
  expect(readOptions(['--help'], rows)).toBe(usageOf(rows))
  for (const row of rows) expect(usageOf(rows)).toContain(row.title)
  expect(readOptions(['outbox'], rows)).toMatch(/no row outbox: inbox, rules/)
  for (const words of [
    ['--rounds', '0'],
    ['--messages', 'many'],
    ['--children', '-5'],
  ])
    expect(readOptions(words, rows)).toMatch(/whole numbers|argument/)
  expect(readOptions(['--quick'], rows)).toMatch(/--quick/)
})

it('takes the middle', () => {
  expect(middle([4, 1, 3, 2])).toBe(2.5)
  expect(middle([9])).toBe(9)
})

it('counts of a profile what one function took with all that it called, once where it calls itself', () => {
  const node = (id: number, functionName: string, hitCount: number, ...children: number[]): ProfileNode => ({
    ...{ id, hitCount, children, callFrame: { functionName, url: 'file:///src/x.ts', lineNumber: 1 } },
  })
  const nodes = [
    node(1, '(root)', 0, 2, 5, 6),
    node(2, 'judge', 10, 3),
    node(3, 'judge', 5, 4),
    node(4, 'read', 15),
    node(5, 'write', 30),
    node(6, '(idle)', 1000),
  ]
  expect(shareWithin(nodes, ({ callFrame }) => callFrame.functionName === 'judge')).toBe(0.5)
  expect(shareWithin(nodes, () => false)).toBe(0)
})

it('judges worklists by time, statements and growth, and a profile by its size', () => {
  const line = (of: number, milliseconds: number, more: Partial<Line> = {}): Line => ({
    ...{ title: `of ${of}`, of, milliseconds, statements: 100, megabytes: 200, ...more },
  })
  const judged = (worklists: readonly Line[], profile: Line) =>
    goalsOf(worklists, profile).map(({ isReached }) => isReached)
  expect(judged([line(500, 2000), line(5000, 20_000)], line(100_000, 59_000))).toEqual([
    true,
    true,
    null,
    null,
    true,
    true,
    true,
  ])
  expect(judged([line(500, 3100), line(5000, 60_000)], line(1000, 700, { megabytes: 301 }))).toEqual([
    false,
    true,
    null,
    null,
    false,
    false,
    false,
  ])
  expect(judged([line(500, 1000, { statements: null })], line(1000, 1))[1]).toBeNull()
})
