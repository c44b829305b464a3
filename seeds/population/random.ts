/** Chance that is the same every time it is started from the same seed. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  whole(from: number, to: number): number
  /** True with this probability. */
  is(share: number): boolean
  of<T>(choices: readonly T[]): T
}

/** Mulberry32: quick, and good enough to invent people with; never for secrets. */
export function chance(seed: number): Chance {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const of = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(next() * choices.length)]
    if (chosen === undefined) throw new Error('There is nothing to choose from.')
    return chosen
  }
  return { next, whole, is: (share) => next() < share, of }
}

/** Draws the first names of a list often and its last ones seldom, as names are in life. */
export function byRank<T>(choices: readonly T[], steepness: number): (chance: Chance) => T {
  const sums: number[] = []
  let sum = 0
  for (let rank = 0; rank < choices.length; rank += 1) {
    sum += 1 / (rank + 3) ** steepness
    sums.push(sum)
  }
  return (chance) => {
    const wanted = chance.next() * sum
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    const chosen = choices[low]
    if (chosen === undefined) throw new Error('There is nothing to choose from.')
    return chosen
  }
}
