/** Members that would reach an object's prototype have no honest use, here or in an agency's process. */
const poisoned = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Half of a pair and the null character are in no text that any store can keep: a statement with one fails in the
 * database.
 */
const unstorable = /[\0\p{Surrogate}]/u

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads a posted body: UTF-8 without replacement and JSON without a member that reaches a prototype, in which every
 * text can be kept. Null when it is not that.
 */
export const readStrictJsonBody = (bytes: Uint8Array): { readonly value: unknown } | null => {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes), (key, member) => {
      if (poisoned.has(key)) throw new TypeError('a member that reaches a prototype')
      if (unstorable.test(key) || (typeof member === 'string' && unstorable.test(member)))
        throw new TypeError('a text that cannot be kept')
      return member
    })
    return { value }
  } catch {
    // Not UTF-8, not JSON, nested so deep that it cannot be walked, or poisoned: all are reported alike.
    return null
  }
}
