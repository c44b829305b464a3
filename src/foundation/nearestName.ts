/**
 * Names of the environment that are none of ours and differ from one by two letters at most, underscores aside:
 * `POLCE_SUBGRAPH_URL`. What was meant would silently be left at its default.
 */
export const misspelt = (names: readonly string[], known: readonly string[]): (readonly [string, string])[] => {
  const ours = new Set(known)
  return names.flatMap((name) => {
    if (ours.has(name) || !/^[A-Za-z_]{6,60}$/.test(name)) return []
    const meant = known.find((one) => one.length > 5 && isNear(bare(name), bare(one), one.length > 9 ? 2 : 1))
    return meant === undefined ? [] : [[name, meant] as const]
  })
}

const bare = (name: string): string => name.toUpperCase().replaceAll('_', '')

/** Whether one text becomes the other by changing, adding or removing so many letters at most. */
const isNear = (one: string, other: string, most: number): boolean => {
  if (Math.abs(one.length - other.length) > most) return false
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row]
    for (let at = 1; at <= other.length; at += 1) {
      const changed = (above[at - 1] ?? 0) + (one[row - 1] === other[at - 1] ? 0 : 1)
      here.push(Math.min(changed, (above[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1))
    }
    above = here
  }
  return (above[other.length] ?? most + 1) <= most
}
