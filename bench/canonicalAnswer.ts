/**
 * An answer in which nothing but the values counts: members in the order of their names, records in the order of their
 * ids.
 */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(canonical)
    return items.every(hasId) ? items.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, member]) => [key, canonical(member)]),
  )
}

const hasId = (item: unknown): boolean => typeof item === 'object' && item !== null && 'id' in item
const idOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : ''

/** Where two answers first differ, for whoever must find out why. */
export function difference(one: unknown, other: unknown, path = 'data'): string | null {
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return `${path} has ${one.length} items, and ${other.length}`
    return first(one.map((item, nth) => () => difference(item, other[nth], `${path}[${nth}]`)))
  }
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    return first(keys.map((key) => () => difference(one[key], other[key], `${path}.${key}`)))
  }
  return one === other
    ? null
    : `${path} is ${JSON.stringify(one)?.slice(0, 200)}, and ${JSON.stringify(other)?.slice(0, 200)}`
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const first = (checks: readonly (() => string | null)[]): string | null => {
  for (const check of checks) {
    const found = check()
    if (found !== null) return found
  }
  return null
}

/** How many values there are in an answer. */
export const countValues = (value: unknown): number =>
  Array.isArray(value)
    ? value.reduce<number>((sum, item) => sum + countValues(item), 0)
    : isObject(value)
      ? Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 0)
      : 1
