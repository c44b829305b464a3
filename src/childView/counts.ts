/** A count under a name. */
export interface NamedCount {
  readonly name: string
  readonly count: number
}

/** Counts each name: the most first, then by name, so that the order says nothing else. */
export const namedCounts = (names: readonly string[]): readonly NamedCount[] => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
}
