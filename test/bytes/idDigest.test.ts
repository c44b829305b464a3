import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IdDigest } from '../../src/bytes/idDigest.ts'
import { textBytes } from '../../src/execution/textBytes.ts'

const digest = new IdDigest()

/** As anyone would make it who has the ids. */
const plainly = (ids: readonly string[], before: string) => ({
  count: ids.length,
  digest:
    ids.length === 0
      ? null
      : createHash('sha256')
          .update(
            ids
              .map((id) => before + id)
              .sort()
              .join('\n'),
          )
          .digest('hex'),
})

const digested = (ids: readonly string[], before: string) => {
  digest.begin()
  for (const id of ids) {
    const bytes = Buffer.from(`<${id}>`)
    digest.add(textBytes(bytes), 1, bytes.length - 1)
  }
  return digest.end(before)
}

describe('the digest of record ids', () => {
  test.each([
    [[]],
    [['']],
    [['b', 'a']],
    [['a', 'a', '']],
    [['ab', 'a', 'abc', 'b']],
    [['é', 'z', 'a']],
    // By bytes the first stands before the second, by code units behind it.
    [['\ufffd', '😀']],
    [Array.from({ length: 5000 }, (_, nth) => `R${(nth * 7919) % 5003}`)],
    [['X', ...Array.from({ length: 3000 }, (_, nth) => `record-${(nth * 7919) % 3001}`)]],
    [['x'.repeat(40_000), 'x'.repeat(39_999)]],
  ])('is that of the ids in order, one a line', (ids) => {
    for (const before of ['', 'health:']) expect(digested(ids, before)).toEqual(plainly(ids, before))
  })

  test('is the same whatever was digested before, and in whatever order they came', () => {
    const id = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constant('R1'))
    fc.assert(
      fc.property(fc.array(id, { maxLength: 60 }), (ids) => {
        const whole = ids.filter((text) => Buffer.from(text).toString() === text)
        expect(digested(whole, 'police:')).toEqual(plainly(whole, 'police:'))
        expect(digested([...whole].reverse(), 'police:')).toEqual(plainly(whole, 'police:'))
      }),
      { numRuns: 300 },
    )
  })

  test('is known again of the very ids in the very order, and of nothing else', () => {
    const take = (ids: readonly string[]) => {
      digest.begin()
      for (const id of ids) digest.add(textBytes(Buffer.from(id)), 0, Buffer.byteLength(id))
    }
    const id = fc.string({ minLength: 0, maxLength: 3, unit: fc.constantFrom('a', 'b') })
    const ids = fc.array(id, { maxLength: 4 })
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        take(first)
        const kept = digest.kept(digest.end(''))
        take(second)
        expect(kept && digest.isAs(kept)).toBe(JSON.stringify(first) === JSON.stringify(second))
        expect(digest.end('')).toEqual(plainly(second, ''))
      }),
      { numRuns: 1000 },
    )
    take(['x'.repeat(40_000)])
    expect(digest.kept(digest.end(''))).toBeNull()
  })
})
