import type { Comparison } from '../../src/identity/comparison.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { frequenciesOf } from '../../src/identity/linkageModel.ts'
import type { Fitted } from './fitShares.ts'

/** Log-odds, base 2, that two rows are one person. */
export type Scorer = (first: Row, second: Row, levels: ArrayLike<number>) => number

/** A scorer from what was fitted: the shares of levels, and how rare each value is. */
export function scorer(rows: readonly Row[], comparisons: readonly Comparison<Row>[], fitted: Fitted): Scorer {
  const start = Math.log2(fitted.prior / (1 - fitted.prior))
  const gains = fitted.levels.map(({ same, random }) =>
    same.map((share, at) => Math.log2(share / (random[at] ?? 1e-7))),
  )
  const usual = fitted.levels.map(({ random }) => Math.log2(random[0] ?? 1e-7))
  const rarity = comparisons.map(({ term }) => (term ? frequenciesOf(rows, term) : null))
  const rarest = 1 / rows.length
  return (first, second, levels) => {
    let weight = start
    for (let at = 0; at < comparisons.length; at += 1) {
      const level = levels[at] ?? -1
      if (level < 0) continue
      weight += gains[at]?.[level] ?? 0
      const comparison = comparisons[at]
      const shares = rarity[at]
      if (!shares || !comparison?.term || level > (comparison.closeTo ?? 0)) continue
      const share = Math.max(
        shares.get(comparison.term(first)) ?? rarest,
        shares.get(comparison.term(second)) ?? rarest,
        rarest,
      )
      const bits = (usual[at] ?? 0) - Math.log2(share)
      weight += level === 0 ? bits : Math.min(0, bits)
    }
    return weight
  }
}

/**
 * Weights of pairs between two files in which each person stands once: a pair is weighed against every other that one
 * of its two rows could make.
 */
export function againstRivals(pairs: Uint32Array, weights: Float64Array, rows: number): Float64Array {
  const odds = new Float64Array(rows)
  const power = (weight: number) => 2 ** Math.min(weight, 200)
  for (let pair = 0; pair < weights.length; pair += 1) {
    for (const row of [pairs[pair * 2] ?? 0, pairs[pair * 2 + 1] ?? 0]) {
      odds[row] = (odds[row] ?? 0) + power(weights[pair] ?? 0)
    }
  }
  return weights.map((weight, pair) => {
    const own = power(weight)
    const left = Math.max(0, (odds[pairs[pair * 2] ?? 0] ?? 0) - own)
    const right = Math.max(0, (odds[pairs[pair * 2 + 1] ?? 0] ?? 0) - own)
    return Math.log2(own) - Math.log2(1 + left + right)
  })
}
