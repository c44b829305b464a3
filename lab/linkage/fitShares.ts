import type { Comparison } from '../../src/identity/comparison.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { type LevelShares, shares } from '../../src/identity/linkageModel.ts'

export interface Fitted {
  readonly levels: readonly LevelShares[]
  /** Share of all pairs that are one person. */
  readonly prior: number
  readonly rounds: number
}

/** Levels of many pairs, one comparison after another, as small numbers. */
export function levelsOf(
  rows: readonly Row[],
  pairs: Uint32Array,
  comparisons: readonly Comparison<Row>[],
  tick: (share: number) => void,
): Int8Array {
  const width = comparisons.length
  const levels = new Int8Array((pairs.length / 2) * width)
  for (let pair = 0; pair * 2 < pairs.length; pair += 1) {
    if (pair % 20_000 === 0) tick((pair * 2) / pairs.length)
    const first = rows[pairs[pair * 2] ?? 0]
    const second = rows[pairs[pair * 2 + 1] ?? 0]
    if (!first || !second) continue
    for (let at = 0; at < width; at += 1) levels[pair * width + at] = comparisons[at]?.level(first, second) ?? -1
  }
  return levels
}

interface Pattern {
  readonly levels: readonly number[]
  count: number
}

/** Pairs with the same levels, counted together: the fit costs by the pattern, not by the pair. */
function patternsOf(levels: Int8Array, width: number): readonly Pattern[] {
  const patterns = new Map<string, Pattern>()
  for (let from = 0; from < levels.length; from += width) {
    const own = levels.subarray(from, from + width)
    let key = ''
    for (const level of own) key += String.fromCharCode(level + 1)
    const pattern = patterns.get(key)
    if (pattern) pattern.count += 1
    else patterns.set(key, { levels: [...own], count: 1 })
  }
  return [...patterns.values()]
}

export interface FitInput {
  readonly comparisons: readonly Comparison<Row>[]
  /** Levels of the candidate pairs, and of pairs drawn at random. */
  readonly candidates: Int8Array
  readonly random: Int8Array
  /** How many pairs the file has in all, and how many one may expect to be of one person before looking. */
  readonly pairsInAll: number
  readonly expected: number
  /**
   * Levels of pairs that agree on a verified number. When there are enough they are the labels, and only the prior is
   * fitted.
   */
  readonly anchors: { readonly levels: Int8Array; readonly by: number } | null
  /** What a model says already of pairs of one person, by comparison: that is not fitted. */
  readonly known?: ReadonlyMap<string, readonly number[]>
}

/** Fewer pairs that agree on a number teach chance and not the source. */
export const fewestAnchors = 200

/** Anchors agree on their number by choice, so they cannot teach how often one is wrong. */
const numberShares: readonly number[] = [0.99, 0.001, 0.009]

const mostRounds = 60

/**
 * Fits the shares of levels without labels. The prior is of all pairs and not of a block, so that what the fit finds
 * is "one person" and not "one household". Random pairs give the other side, less those that the fit itself holds to
 * be one person.
 */
export function fitShares({ comparisons, candidates, random, pairsInAll, expected, anchors, known }: FitInput): Fitted {
  const width = comparisons.length
  const found = patternsOf(candidates, width)
  const drawn = patternsOf(random, width)
  let prior = Math.min(0.5, expected / pairsInAll)
  let apart = counted(comparisons, drawn, () => 1, 0.5)
  let same: readonly (readonly number[])[] = comparisons.map(({ levels }) =>
    levels.map((_, at) => (at === 0 ? 0.85 : 0.15 / (levels.length - 1))),
  )
  const taught =
    anchors && anchors.levels.length / width >= fewestAnchors
      ? counted(comparisons, patternsOf(anchors.levels, width), () => 1, 0.5).map((list, at) =>
          at === anchors.by ? numberShares : list,
        )
      : null
  if (taught) same = taught
  const kept = (fitted: readonly (readonly number[])[]) =>
    fitted.map((list, at) => known?.get(comparisons[at]?.name ?? '') ?? list)
  same = kept(same)
  let rounds = 0
  for (; rounds < mostRounds; rounds += 1) {
    const chance = (pattern: Pattern) => settled(posterior(pattern, same, apart, prior))
    const sum = found.reduce((total, pattern) => total + pattern.count * chance(pattern), 0)
    const next = kept(taught ?? counted(comparisons, found, chance, 0.5))
    const nextPrior = Math.min(0.5, Math.max(sum, 1) / pairsInAll)
    apart = counted(comparisons, drawn, (pattern) => 1 - chance(pattern), 0.5)
    const moved = Math.abs(Math.log(nextPrior / prior)) + distance(same, next)
    same = next
    prior = nextPrior
    if (moved < 1e-4) break
  }
  const levels = comparisons.map(({ name }, at) => {
    const none = apart[at] ?? []
    return { name, same: same[at] ?? [], random: none, sibling: none, twin: none }
  })
  return { levels, prior, rounds: Math.min(rounds + 1, mostRounds) }
}

/**
 * Only pairs that are likelier one person than not teach. A file with many empty fields has millions of pairs of
 * which hardly anything is known; each is next to nothing, and together they would teach that one birthplace and
 * silence is one person.
 */
const settled = (chance: number): number => (chance >= 0.5 ? chance : 0)

function posterior(
  { levels }: Pattern,
  same: readonly (readonly number[])[],
  apart: readonly (readonly number[])[],
  prior: number,
): number {
  let odds = Math.log(prior / (1 - prior))
  for (const [at, level] of levels.entries()) {
    if (level >= 0) odds += Math.log((same[at]?.[level] ?? 1e-7) / (apart[at]?.[level] ?? 1e-7))
  }
  return 1 / (1 + Math.exp(-odds))
}

function counted(
  comparisons: readonly Comparison<Row>[],
  patterns: readonly Pattern[],
  chance: (pattern: Pattern) => number,
  start: number,
): number[][] {
  const counts = comparisons.map(({ levels }) => levels.map(() => start))
  for (const pattern of patterns) {
    const share = pattern.count * chance(pattern)
    for (const [at, level] of pattern.levels.entries()) {
      const count = counts[at]
      if (level >= 0 && count) count[level] = (count[level] ?? 0) + share
    }
  }
  return counts.map(shares)
}

const distance = (before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number =>
  Math.max(
    ...before.map((list, at) => Math.max(...list.map((share, level) => Math.abs(share - (after[at]?.[level] ?? 0))))),
  )
