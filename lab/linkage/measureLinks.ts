import { standardPolicy } from '../../src/identity/decideMatch.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { type Accuracy, accuracy, bCubed, calibration, pairsInGroups } from './accuracyMeasures.ts'

export interface Measuring {
  readonly rows: readonly Row[]
  readonly linksFiles: boolean
  readonly pairs: Uint32Array
  readonly weights: Float64Array
  readonly groups: Uint32Array
}

/** Measures links by the truth. Numbers lie flat: a file of a million rows has many times as many pairs. */
export function measure({ rows, linksFiles, pairs, weights, groups }: Measuring) {
  const truths = rows.map(({ truth }) => truth)
  const truePairs = linksFiles ? acrossFiles(rows) : pairsInGroups(new Uint32Array(rows.length), truths).right
  const isRight = Uint8Array.from(weights, (_, pair) =>
    Number(truths[pairs[pair * 2] ?? 0] === truths[pairs[pair * 2 + 1] ?? 0]),
  )
  const count = (wanted: (pair: number) => boolean) => {
    let [links, right] = [0, 0]
    for (let pair = 0; pair < weights.length; pair += 1) {
      if (!wanted(pair)) continue
      links += 1
      right += isRight[pair] ?? 0
    }
    return { links, right }
  }
  const weight = (pair: number) => weights[pair] ?? 0
  const held = count((pair) => weight(pair) > 0)
  const isGrouped = (pair: number) => groups[pairs[pair * 2] ?? 0] === groups[pairs[pair * 2 + 1] ?? 0]
  const grouped = linksFiles ? count((pair) => isGrouped(pair) && weight(pair) > 0) : pairsInGroups(groups, truths)
  const bands = calibration(casesOf(weights, isRight))
  return {
    people: new Set(truths).size,
    truePairs,
    candidates: { pairs: weights.length, recall: truePairs ? count(() => true).right / truePairs : 1 },
    pairs: accuracy(held.links, held.right, truePairs),
    clustered: accuracy(grouped.links, grouped.right, truePairs),
    bCubed: bCubed(groups, truths),
    best: bestOf(weights, isRight, truePairs),
    calibration: bands,
    warnings: bands.flatMap(partingOf),
  }
}

function* casesOf(weights: Float64Array, isRight: Uint8Array): Generator<readonly [number, boolean]> {
  for (let pair = 0; pair < weights.length; pair += 1) {
    const weight = weights[pair] ?? 0
    if (weight >= standardPolicy.clericalReviewAt) yield [weight, isRight[pair] === 1]
  }
}

/**
 * So many pairs in a band, of which so many fewer are right than was claimed, are no chance: the fit is not to be
 * believed.
 */
const fewestCases = 50
const mostParted = 0.1

/** Says where claimed and observed part. */
const partingOf = ({
  from,
  to,
  cases,
  claimed,
  observed,
}: ReturnType<typeof calibration>[number]): readonly string[] =>
  cases >= fewestCases && Math.abs(claimed - observed) > mostParted
    ? [
        `Claimed and observed part: of ${Math.round(cases)} pairs from ${from} to ${Number.isFinite(to) ? to : '∞'} bits, ${claimed.toFixed(3)} were claimed right and ${observed.toFixed(3)} were. Do not rely on these weights: leave out columns that say little, or learn from rows with numbers.`,
      ]
    : []

function bestOf(weights: Float64Array, isRight: Uint8Array, truePairs: number): Accuracy & { weight: number } {
  const likely: number[] = []
  for (let pair = 0; pair < weights.length; pair += 1) if ((weights[pair] ?? 0) > -20) likely.push(pair)
  likely.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))
  let right = 0
  let best = { ...accuracy(0, 0, truePairs), weight: Number.POSITIVE_INFINITY }
  for (const [at, pair] of likely.entries()) {
    right += isRight[pair] ?? 0
    const f1 = (2 * right) / (at + 1 + truePairs)
    if (f1 > best.f1) best = { ...accuracy(at + 1, right, truePairs), weight: weights[pair] ?? 0 }
  }
  return best
}

function acrossFiles(rows: readonly Row[]): number {
  const firsts = new Map<string, number>()
  for (const { file, truth } of rows) if (file === 0) firsts.set(truth, (firsts.get(truth) ?? 0) + 1)
  return rows.reduce((sum, { file, truth }) => sum + (file === 1 ? (firsts.get(truth) ?? 0) : 0), 0)
}
