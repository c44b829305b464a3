/** A reproducible stream of choices: the same seed gives the same queries, so that a failing case can be run again. */
export interface Random {
  /** 0 to `below` - 1. */
  below(below: number): number
  /** True once in `of` times. */
  oneIn(of: number): boolean
  pick<T>(list: readonly T[]): T
  /** Some of a list, in its order, at least one where there is one. */
  some<T>(list: readonly T[], most: number): T[]
}

/** Mulberry32. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)]
    if (found === undefined) throw new Error('Nothing to pick from.')
    return found
  }
  return {
    below,
    pick,
    oneIn: (of) => below(of) === 0,
    some: (list, most) => {
      const chosen = new Set<number>()
      for (let turn = 0; turn < Math.min(most, list.length); turn += 1) chosen.add(below(list.length))
      return list.filter((_, index) => chosen.has(index))
    },
  }
}
