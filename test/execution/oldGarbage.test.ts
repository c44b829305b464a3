import { getHeapSpaceStatistics } from 'node:v8'
import { expect, it } from 'vitest'
import { GroupedRows } from '../../src/bytes/groupedRows.ts'
import { release, StoredRecords, storedAnswer, storedIn, withLists } from '../../src/bytes/storedRecords.ts'
import { wireRowOf } from '../../src/bytes/wireRow.ts'
import type { Grant } from '../../src/policy/grant.ts'
import type { SqlPlan } from '../../src/sources/bindings/sql/statement.ts'

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
const want = { lists: new Map(), holdings: false }
const rows = () => Array.from({ length: 40 }, (_, nth) => wireRowOf(['0', 'p1', '2026-03-02 09:00:00+00', `r${nth}`]))
const records = () =>
  new StoredRecords('health', plan as SqlPlan, new GroupedRows([grant as Grant], 1, rows()), 0, 'F1')

it('leaves no old garbage behind for an answer', () => {
  const make = () => withLists(storedAnswer(records(), want, []), {})
  oldGrowth(500, make)
  const times = 4000
  expect(oldGrowth(times, make) / times).toBeLessThan(1000)
})

it('lets go of the records of an answer', () => {
  const stored = records()
  const answer = storedAnswer(stored, want, [])
  const count = () => {
    let seen = 0
    stored.eachId(() => {
      seen += 1
    })
    return seen + (storedIn(answer)?.recordsOf('visits').length ?? 0)
  }
  expect(stored.recordsOf('visits')).toHaveLength(40)
  release(answer)
  expect(count()).toBe(0)
  expect(answer.lists).toEqual({})
  release({ state: 'UNAVAILABLE', detail: 'away' })
})
