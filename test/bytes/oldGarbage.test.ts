import { getHeapSpaceStatistics } from 'node:v8'
import { expect, it } from 'vitest'
import { BytesRecords } from '../../src/bytes/bytesRecords.ts'
import { GroupedRows } from '../../src/bytes/groupedRows.ts'
import { wireRowOf } from '../../src/bytes/wireRow.ts'
import type { Grant } from '../../src/policy/grant.ts'
import type { SqlPlan } from '../../src/sources/bindings/sql/statement.ts'
import { withRows } from '../../src/sources/plainRecords.ts'
import type { SourceLayout } from '../../src/sources/sourceLayout.ts'

/** Bytes by which V8's old objects grew, however often some of them were collected meanwhile. */
function oldGrowth(times: number, work: () => void): number {
  const used = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0
  let grown = 0
  let before = used()
  for (let nth = 0; nth < times; nth += 1) {
    work()
    if (nth % 50 > 0) continue
    const now = used()
    grown += Math.max(0, now - before)
    before = now
  }
  return grown
}

const grant: Partial<Grant> = { persons: ['p1'] }
const plan: Partial<SqlPlan> = { branches: [], places: new Map([['visits', 0]]) }
const rows = () => Array.from({ length: 40 }, (_, nth) => wireRowOf(['0', 'p1', '2026-03-02 09:00:00+00', `r${nth}`]))
const layout = { contract: { name: 'health' } } as SourceLayout
const records = () =>
  new BytesRecords(
    layout,
    plan as SqlPlan,
    new GroupedRows([grant as Grant], 1, rows()),
    [0, grant as Grant],
    ['visits'],
  )

it('leaves no old garbage behind for an answer', () => {
  const make = () => withRows(records(), {})
  oldGrowth(500, make)
  const times = 4000
  expect(oldGrowth(times, make) / times).toBeLessThan(1000)
})

it('lets go of the records of an answer', () => {
  const own = records()
  const set = withRows(own, { invented: [{ id: 'health:x', person: 'p1' }] })
  expect(set.ids().count).toBe(40)
  set.release()
  expect([own.ids().count, set.ids().count, set.rows('invented'), set.rows('visits')]).toEqual([0, 0, [], []])
})
