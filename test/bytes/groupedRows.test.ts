import { expect, it } from 'vitest'
import { GroupedRows } from '../../src/bytes/groupedRows.ts'
import { type WireRow, wireRowOf } from '../../src/bytes/wireRow.ts'
import type { Grant } from '../../src/policy/grant.ts'

type Cells = readonly [branch: string, person: string, eventAt: string | null, id: string]

const grantOf = (...persons: string[]) => ({ persons }) as Partial<Grant> as Grant
const rowsOf = (cells: readonly Cells[]) => cells.map((each) => wireRowOf(each))
const idOf = (row: WireRow) => row.text(3)

/** Numbers that look random and are the same each time. */
const random = (seed: number) => () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed
}

const later = ([, , one, id]: Cells, [, , other, otherId]: Cells): number => {
  if (one !== other) return one === null || (other !== null && one > other) ? 1 : -1
  return id < otherId ? -1 : 1
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('groups by child and list, in order of time, then of id: draw %s', (seed) => {
  const next = random(seed)
  const grants = [grantOf('p1'), grantOf('p2', 'p3'), grantOf(), grantOf('p3', 'p1')].slice(0, 1 + (next() % 4))
  const cells = Array.from({ length: next() % 400 }, (_, nth): Cells => {
    const day = next() % 60
    const at = day < 5 ? null : `2026-03-${String((day % 28) + 1).padStart(2, '0')} 09:00:00+00`
    return [String(next() % 3), grants.length === 1 ? 'p1' : `p${1 + (next() % 3)}`, at, `r${nth}`]
  })
  const found = new GroupedRows(grants, 3, rowsOf(cells))
  for (const [child, { persons }] of grants.entries())
    for (let branch = 0; branch < 3; branch += 1) {
      const expected = cells.filter(([of, person]) => of === String(branch) && persons.includes(person)).sort(later)
      expect(found.rowsOf(child, branch).map(idOf)).toEqual(expected.map(([, , , id]) => id))
      const seen: (string | null)[] = []
      found.each(child, branch, (row) => seen.push(idOf(row)))
      expect(seen).toEqual(expected.map(([, , , id]) => id))
    }
})

it('leaves out what is of nobody, and of a list that the statement does not have', () => {
  const cells: Cells[] = [
    ['0', 'p1', null, 'own'],
    ['0', 'stranger', null, 'other'],
    ['7', 'p1', null, 'beyond'],
    ['x', 'p1', null, 'no number'],
  ]
  const found = new GroupedRows([grantOf('p1'), grantOf('p2')], 1, rowsOf(cells))
  expect(found.rowsOf(0, 0).map(idOf)).toEqual(['own'])
  expect(found.rowsOf(1, 0)).toEqual([])
})
