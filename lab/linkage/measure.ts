import { standardPolicy } from '../../src/identity/decide.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { type Accuracy, accuracy, bCubed, calibration, pairsInGroups, upperBound } from './measures.ts'

export interface Measuring {
  readonly rows: readonly Row[]
  readonly linksFiles: boolean
  readonly pairs: Uint32Array
  readonly weights: Float64Array
  readonly levels: Int8Array
  readonly width: number
  readonly groups: Uint32Array
  readonly isAutomatic: (levels: ArrayLike<number>, first: Row, second: Row) => boolean
}

/** Measures links by the truth. It is the only place that looks at it. */
export function measure({ rows, linksFiles, pairs, weights, levels, width, groups, isAutomatic }: Measuring) {
  const truths = rows.map(({ truth }) => truth)
  const truePairs = linksFiles ? acrossFiles(rows) : pairsInGroups(new Uint32Array(rows.length), truths).right
  const cases = Array.from(weights, (weight, pair) => {
    const first = rows[pairs[pair * 2] ?? 0] ?? missing()
    const second = rows[pairs[pair * 2 + 1] ?? 0] ?? missing()
    const isRight = first.truth === second.truth
    const isSure =
      weight >= standardPolicy.autoLinkAt &&
      isAutomatic(levels.subarray(pair * width, (pair + 1) * width), first, second)
    return { weight, isRight, isSure, isGrouped: groups[first.at] === groups[second.at] }
  })
  const count = (wanted: (one: (typeof cases)[number]) => boolean) => {
    const chosen = cases.filter(wanted)
    return { links: chosen.length, right: chosen.filter(({ isRight }) => isRight).length }
  }
  const held = count(({ weight }) => weight > 0)
  const sure = count(({ isSure }) => isSure)
  const looked = count(({ isSure, weight }) => !isSure && weight >= standardPolicy.clericalReviewAt)
  const grouped = linksFiles ? count(({ isGrouped, weight }) => isGrouped && weight > 0) : pairsInGroups(groups, truths)
  const missed = truePairs - sure.right - looked.right
  const automatic = accuracy(sure.links, sure.right, truePairs)
  return {
    people: new Set(truths).size,
    truePairs,
    candidates: { pairs: cases.length, recall: truePairs ? count(() => true).right / truePairs : 1 },
    pairs: accuracy(held.links, held.right, truePairs),
    clustered: accuracy(grouped.links, grouped.right, truePairs),
    bCubed: bCubed(groups, truths),
    best: bestOf(cases, truePairs),
    automatic: { ...automatic, upperFalseRate: upperBound(automatic.false, automatic.links) },
    review: {
      pairs: looked.links,
      right: looked.right,
      falseShare: looked.links ? 1 - looked.right / looked.links : 0,
    },
    none: { missed, missedShare: truePairs ? missed / truePairs : 0, upperMissedShare: upperBound(missed, truePairs) },
    calibration: calibration(cases.map(({ weight, isRight }) => [weight, isRight] as const)),
  }
}

function bestOf(
  cases: readonly { weight: number; isRight: boolean }[],
  truePairs: number,
): Accuracy & { weight: number } {
  let links = 0
  let right = 0
  let best = { ...accuracy(0, 0, truePairs), weight: Number.POSITIVE_INFINITY }
  for (const { weight, isRight } of cases.toSorted((a, b) => b.weight - a.weight)) {
    links += 1
    right += Number(isRight)
    const now = accuracy(links, right, truePairs)
    if (now.f1 > best.f1) best = { ...now, weight }
  }
  return best
}

function acrossFiles(rows: readonly Row[]): number {
  const firsts = new Map<string, number>()
  for (const { file, truth } of rows) if (file === 0) firsts.set(truth, (firsts.get(truth) ?? 0) + 1)
  return rows.reduce((sum, { file, truth }) => sum + (file === 1 ? (firsts.get(truth) ?? 0) : 0), 0)
}

function missing(): never {
  throw new Error('A pair names a row that is not there.')
}
