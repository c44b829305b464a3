import { type Completeness, type Count, countOf } from './countCompleteness.ts'

/** A count under a name. */
export interface NamedCount {
  readonly name: string
  readonly count: Count
}

/** Counts each name: the most first, then by name, so that the order says nothing else. */
export const namedCounts = (
  names: readonly string[],
  completeness: (name: string) => Completeness,
): readonly NamedCount[] => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([name, count]) => ({ name, count: countOf(count, completeness(name)) }))
}
