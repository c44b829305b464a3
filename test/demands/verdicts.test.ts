import { expect, it } from 'vitest'
import { rowsIn } from './rows.ts'
import { tableOf, verdictOf } from './verdicts.ts'

const rows = rowsIn(`
| A1 | asks | a field | \`test/a.test.ts\` |
| A2 | asks | \`LATE_THING\` | \`test/alerts/rules.test.ts\`, \`test/imported/rows.test.ts\` |
| A3 | asks | a field | open: nobody records it |
| L2 | asks | a field | \`test/a.test.ts\` |
| Z1 | asks | a field | \`test/b.test.ts\` |
`)

const passed = [
  { file: 'test/a.test.ts', name: 'tells', status: 'passed' },
  { file: 'test/alerts/rules.test.ts', name: 'LATE_THING fires', status: 'passed' },
  { file: 'test/alerts/rules.test.ts', name: 'LATE_THING_TOO fires', status: 'failed' },
  { file: 'test/imported/rows.test.ts', name: 'A2, B1: is told', status: 'passed' },
  { file: 'test/imported/rows.test.ts', name: 'A21: is told', status: 'failed' },
]

const outcomes = (ended: typeof passed) => rows.map((row) => verdictOf(row, ended).outcome)

it('counts a row by its own tests, and one that yields apart', () => {
  expect(outcomes(passed)).toEqual(['works', 'works', 'fails', 'yields', 'fails'])
  const table = tableOf(rows.map((row) => verdictOf(row, passed)))
  expect(table).toContain('A3  open: nobody records it\n')
  expect(table).toContain('Z1  no test of it ran in test/b.test.ts\n')
  expect(table).toContain('Reviews: 2 of 4 work, 1 yield, 1 fail\nGuidance of 2026: 0 of 1 work, 0 yield, 1 fail\n')
})

it.each(['failed', 'skipped', 'pending', 'todo'])(
  'takes a test that is %s for no proof, where a row yields too',
  (status) => {
    expect(outcomes(passed.map((test) => ({ ...test, status })))).toEqual(Array(5).fill('fails'))
  },
)

it('takes a test that is missing for no proof, in any of the files that a row names', () => {
  for (const gone of ['LATE_THING fires', 'A2, B1: is told'])
    expect(outcomes(passed.filter(({ name }) => name !== gone))[1]).toBe('fails')
})
