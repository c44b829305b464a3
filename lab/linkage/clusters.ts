import { placeOfPair } from './pairSet.ts'

/** Weight of a pair that was no candidate is asked of `weigh`. */
export interface ClusterInput {
  readonly rows: number
  readonly pairs: Uint32Array
  readonly weights: Float64Array
  readonly weigh: (first: number, second: number) => number
}

/** Pairs between two groups that are looked at; beyond it a sample says enough. */
const mostLooks = 64

/**
 * Groups of rows that are one person. The surest pairs join first, and two groups only join when on the mean their
 * members agree: one wrong pair must not chain two families together.
 */
export function cluster({ rows, pairs, weights, weigh }: ClusterInput): Uint32Array {
  const groupOf = Uint32Array.from({ length: rows }, (_, row) => row)
  const members = new Map<number, number[]>()
  const likely: number[] = []
  for (let pair = 0; pair < weights.length; pair += 1) if ((weights[pair] ?? 0) > 0) likely.push(pair)
  const weightOf = (first: number, second: number): number => {
    const pair = placeOfPair(pairs, first, second)
    return pair < 0 ? weigh(first, second) : (weights[pair] ?? 0)
  }
  likely.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))
  const membersOf = (group: number) => members.get(group) ?? [group]
  const between = (left: readonly number[], right: readonly number[]): number => {
    let sum = 0
    let looks = 0
    const step = Math.max(1, Math.floor((left.length * right.length) / mostLooks))
    for (let at = 0; at < left.length * right.length; at += step) {
      const first = left[Math.floor(at / right.length)] ?? 0
      const second = right[at % right.length] ?? 0
      sum += Math.max(-20, Math.min(20, weightOf(first, second)))
      looks += 1
    }
    return sum / looks
  }
  for (const pair of likely) {
    const left = groupOf[pairs[pair * 2] ?? 0] ?? 0
    const right = groupOf[pairs[pair * 2 + 1] ?? 0] ?? 0
    if (left === right || between(membersOf(left), membersOf(right)) <= 0) continue
    const joined = [...membersOf(left), ...membersOf(right)]
    for (const row of membersOf(right)) groupOf[row] = left
    members.set(left, joined)
    members.delete(right)
  }
  return groupOf
}
