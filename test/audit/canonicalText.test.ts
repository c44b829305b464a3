import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalText } from '../../src/audit/canonicalText.ts'

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.array(fc.string()).map((list) => Object.freeze(list)),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
})).value

describe('the canonical text of a leaf', () => {
  test('is what the library of RFC 8785 writes', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalText(any)).toBe(canonicalize(any))
        // Written again from what is kept.
        expect(canonicalText(any)).toBe(canonicalize(any))
      }),
      { numRuns: 500 },
    )
  })

  test('leaves out a member that is not there', () => {
    expect(canonicalText({ b: 1, a: undefined })).toBe('{"b":1}')
  })

  test.each([
    [1.5],
    [Number.NaN],
    [2 ** 53],
    [1n],
    [undefined],
    [() => 1],
    [Symbol('one')],
    ['\ud800'],
    ['a\udc00b'],
    [{ '\ud800': 1 }],
  ])('refuses %s, which would read otherwise', (wrong) => {
    expect(() => canonicalText({ wrong: [wrong] })).toThrow(TypeError)
  })

  test('does not keep a frozen list whose items may still change', () => {
    const item = { count: 1 }
    const list = Object.freeze([item])
    expect(canonicalText(list)).toBe('[{"count":1}]')
    item.count = 2
    expect(canonicalText(list)).toBe('[{"count":2}]')
  })
})
