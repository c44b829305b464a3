import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differenceTable } from '../../lab/policy/packDifferenceTable.ts'
import { readPacks } from '../../src/policy/pack.ts'

describe('I16: the difference between one pack and the next', () => {
  it('is the one that was reviewed; a changed line is a change of policy', () =>
    expect(differenceTable(readPacks())).toBe(readFileSync(new URL('./packDifference.csv', import.meta.url), 'utf8')))
})
