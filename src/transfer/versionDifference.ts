/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * One place where two values differ. `put` stands there instead; absent: nothing does. With `drop`, the place is in a
 * list: so many items give way to those in `put`.
 */
export interface Change {
  readonly at: readonly (string | number)[]
  readonly put?: Json
  readonly drop?: number
}

/** What makes the other value of one, as few places as can be told by looking once. */
export function differenceOf(one: Json, other: Json, at: Change['at'] = []): readonly Change[] {
  if (isSame(one, other)) return []
  if (isList(one) && isList(other)) return differenceOfLists(one, other, at)
  if (!isObject(one) || !isObject(other)) return [{ at, put: other }]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return names.flatMap((name): readonly Change[] => {
    const [before, after] = [own(one, name), own(other, name)]
    if (after === undefined) return [{ at: [...at, name] }]
    return before === undefined ? [{ at: [...at, name], put: after }] : differenceOf(before, after, [...at, name])
  })
}

function differenceOfLists(one: readonly Json[], other: readonly Json[], at: Change['at']): readonly Change[] {
  if (one.length === other.length)
    return one.flatMap((item, place) => differenceOf(item, other[place] ?? null, [...at, place]))
  const most = Math.min(one.length, other.length)
  let head = 0
  while (head < most && isSame(one[head] ?? null, other[head] ?? null)) head += 1
  let tail = 0
  while (tail < most - head && isSame(one.at(-1 - tail) ?? null, other.at(-1 - tail) ?? null)) tail += 1
  return [{ at: [...at, head], drop: one.length - head - tail, put: other.slice(head, other.length - tail) }]
}

/** The other value again. */
export const changed = (one: Json, changes: readonly Change[]): Json =>
  changes.reduce((value, change) => changedAt(value, change.at, change), one)

function changedAt(value: Json, [step, ...rest]: Change['at'], change: Change): Json {
  if (step === undefined) return change.put ?? null
  if (isList(value)) {
    const place = Number(step)
    if (rest.length > 0 || change.drop === undefined)
      return value.map((item, nth) => (nth === place ? changedAt(item, rest, change) : item))
    const put = change.put !== undefined && isList(change.put) ? change.put : []
    return [...value.slice(0, place), ...put, ...value.slice(place + change.drop)]
  }
  const of = isObject(value) ? value : {}
  if (rest.length === 0 && change.put === undefined)
    return Object.fromEntries(Object.entries(of).filter(([name]) => name !== step))
  return Object.fromEntries([
    ...Object.entries(of).filter(([name]) => name !== step),
    [step, changedAt(own(of, String(step)) ?? null, rest, change)],
  ])
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (value: { readonly [name: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(value, name) ? value[name] : undefined

const isSame = (one: Json, other: Json): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)
