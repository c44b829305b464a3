import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordIds } from '../../src/audit/recordIdsDigest.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test.each([
  [['b', 'a'], 'police:a\npolice:b'],
  [['a', 'a', ''], 'police:\npolice:a\npolice:a'],
  [['R10', 'R9', 'R1'], 'police:R1\npolice:R10\npolice:R9'],
  // By bytes the first would stand before the second; the log is in order of code units.
  [['\ufffd', '😀'], 'police:😀\npolice:\ufffd'],
])('the digest of %j is that of the ids in order, one a line', (ids, text) => {
  expect(recordIds(ids, 'police:')).toEqual({ count: ids.length, digest: sha256(text) })
})

test('of none there is no digest', () => {
  expect(recordIds([], 'police:')).toEqual({ count: 0, digest: null })
})

test('it is the same in whatever order they came, and whoever put the agency before them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 60 }), (ids) => {
      const whole = recordIds(ids.map((id) => `police:${id}`))
      expect(recordIds([...ids], 'police:')).toEqual(whole)
      expect(recordIds([...ids].reverse(), 'police:')).toEqual(whole)
    }),
  )
})
