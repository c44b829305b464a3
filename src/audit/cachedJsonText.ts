import { isPlain } from './canonicalJson.ts'

/** Plain JSON, in the order in which members were given: what is sealed is hashed as it is stored. */
export const jsonText = (value: string): string => (isPlain(value) ? `"${value}"` : JSON.stringify(value))

const written = new WeakMap<object, string>()

/**
 * JSON of what stands in entry after entry. It is kept as long as the object itself, and only of one that can never
 * change.
 */
export function recurringText(value: object): string {
  const known = written.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  if (isFrozenThrough(value)) written.set(value, text)
  return text
}

const isFrozenThrough = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozenThrough))
