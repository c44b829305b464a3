import type { Comparison } from '../../src/identity/comparison.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { type Fitted, fewestAnchors, fitShares, levelsOf } from './fitShares.ts'
import { generator } from './seededRandom.ts'

/** Random pairs that show how people who are not one agree by chance. */
const randomPairs = 400_000

/** Anchors that teach as much as more would. */
const mostAnchors = 200_000

/**
 * Fits the shares of levels to a file: from pairs that agree on a number where there are enough, else by
 * expectation-maximisation.
 */
export function teach(
  rows: readonly Row[],
  linksFiles: boolean,
  comparisons: readonly Comparison<Row>[],
  levels: Int8Array,
  model: LinkageModel | null,
): { fitted: Fitted; isTaught: boolean } {
  const firstFile = rows.filter(({ file }) => file === 0).length
  const drawn = new Uint32Array(2 * Math.min(randomPairs, rows.length * rows.length))
  const next = generator(20_261_120)
  for (let at = 0; at < drawn.length; at += 2) {
    const first = Math.floor(next() * (linksFiles ? firstFile : rows.length))
    const second = linksFiles
      ? firstFile + Math.floor(next() * (rows.length - firstFile))
      : Math.floor(next() * rows.length)
    drawn[at] = first
    drawn[at + 1] = second === first ? (second + 1) % rows.length : second
  }
  const width = comparisons.length
  const number = comparisons.findIndex(({ name }) => name === 'nhs')
  const anchored: number[] = []
  if (number >= 0) {
    for (let pair = 0; pair * width < levels.length && anchored.length < mostAnchors; pair += 1)
      if (levels[pair * width + number] === 0) anchored.push(pair)
  }
  const anchors = Int8Array.from(anchored.flatMap((pair) => [...levels.subarray(pair * width, (pair + 1) * width)]))
  const fitted = fitShares({
    comparisons,
    candidates: levels,
    random: levelsOf(rows, drawn, comparisons, () => undefined),
    pairsInAll: linksFiles ? firstFile * (rows.length - firstFile) : (rows.length * (rows.length - 1)) / 2,
    expected: (linksFiles ? Math.min(firstFile, rows.length - firstFile) : rows.length) / 2,
    known: new Map(model?.levels.map((list) => [list.name, list.same])),
    anchors: number >= 0 ? { levels: anchors, by: number } : null,
  })
  return { fitted, isTaught: anchored.length >= fewestAnchors }
}
