import { decide, type Known } from '../../src/identity/decideMatch.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { upperBound } from './accuracyMeasures.ts'
import { generator } from './seededRandom.ts'

/** What the product's own decision came to, row by row, each against all that share a key with it. */
export interface Decided {
  /** Rows that were asked about, of how many: of a large file a part that is drawn. */
  readonly asked: number
  readonly of: number
  readonly automatic: {
    readonly links: number
    readonly right: number
    readonly false: number
    /** Share of the rows of which the file holds another, that were linked rightly without a person. */
    readonly recall: number
    readonly upperFalseRate: number
  }
  readonly review: { readonly asked: number; readonly right: number }
  readonly none: { readonly rows: number; readonly missed: number; readonly missedShare: number }
  readonly reasons: Readonly<Record<string, number>>
}

/** Rows beyond which a part of the file says enough: three of a hundred thousand false links would show. */
const mostAsked = 200_000

export interface Deciding {
  readonly rows: readonly Row[]
  readonly linksFiles: boolean
  readonly pairs: Uint32Array
  readonly model: LinkageModel
}

/**
 * Asks the function that decides in the product about each row, as though it were sent and all other rows were on
 * file under their people. The truth says who is on file under whom, as links do, and afterwards whether the decision
 * was right; the decision does not see it.
 */
export function decideRows({ rows, linksFiles, pairs, model }: Deciding, tick: (share: number) => void): Decided {
  const neighbours = neighboursOf(rows.length, pairs)
  const born = bornTogether(rows)
  const sizes = new Map<string, number>()
  for (const { truth, file } of rows) if (!linksFiles || file === 1) sizes.set(truth, (sizes.get(truth) ?? 0) + 1)
  const pool = linksFiles ? rows.filter(({ file }) => file === 0) : rows
  const chosen = drawn(pool, mostAsked)
  const count = { links: 0, right: 0, asked: 0, shown: 0, none: 0, missed: 0, known: 0 }
  const reasons: Record<string, number> = {}
  for (const [place, row] of chosen.entries()) {
    if (place % 2000 === 0) tick(place / chosen.length)
    const isKnown = (sizes.get(row.truth) ?? 0) > (linksFiles ? 0 : 1)
    count.known += Number(isKnown)
    const on = (one: Row) => one.at !== row.at && (!linksFiles || one.file === 1)
    const known = grouped(
      neighbours(row.at)
        .flatMap((at) => rows[at] ?? [])
        .filter(on),
    )
    const twins = grouped((born.get(birthKey(row)) ?? []).filter(on)).filter(({ id }) =>
      known.every((one) => one.id !== id),
    )
    const decision = decide({ query: row, known, beside: twins, model })
    const isRight = decision.seen.some(({ id }) => id === row.truth)
    if (decision.outcome === 'SAME') {
      count.links += 1
      count.right += Number(isRight)
    } else if (decision.outcome === 'ASK') {
      count.asked += 1
      count.shown += Number(isRight)
      reasons[decision.reason] = (reasons[decision.reason] ?? 0) + 1
    } else {
      count.none += 1
      count.missed += Number(isKnown)
    }
  }
  const wrong = count.links - count.right
  return {
    asked: chosen.length,
    of: pool.length,
    automatic: {
      links: count.links,
      right: count.right,
      false: wrong,
      recall: count.known ? count.right / count.known : 1,
      upperFalseRate: upperBound(wrong, count.links),
    },
    review: { asked: count.asked, right: count.shown },
    none: { rows: count.none, missed: count.missed, missedShare: count.known ? count.missed / count.known : 0 },
    reasons,
  }
}

function grouped(rows: readonly Row[]): readonly Known[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.truth)
    if (group) group.push(row)
    else groups.set(row.truth, [row])
  }
  return [...groups].map(([id, persons]) => ({ id, persons }))
}

const birthKey = ({ birth, familyEar }: Row): string => (birth.length === 8 && familyEar ? `${birth} ${familyEar}` : '')

/** Rows of one birthday and family name: those who may be twins. */
function bornTogether(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = birthKey(row)
    if (!key) continue
    const group = groups.get(key)
    if (!group) groups.set(key, [row])
    else if (group.length < mostTwins) group.push(row)
  }
  return groups
}

const mostTwins = 50

/** Who shares a key with each row, out of flat pairs: where each row's begin, and then all of them. */
function neighboursOf(rows: number, pairs: Uint32Array): (row: number) => readonly number[] {
  const starts = new Uint32Array(rows + 1)
  for (const row of pairs) starts[row + 1] = (starts[row + 1] ?? 0) + 1
  for (let row = 0; row < rows; row += 1) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0)
  const filled = starts.slice()
  const others = new Uint32Array(pairs.length)
  for (let at = 0; at < pairs.length; at += 1) {
    const row = pairs[at] ?? 0
    const slot = filled[row] ?? 0
    others[slot] = pairs[at ^ 1] ?? 0
    filled[row] = slot + 1
  }
  return (row) => [...others.subarray(starts[row], starts[row + 1])]
}

function drawn(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows
  const next = generator(20_261_129)
  return rows.filter(() => next() < most / rows.length)
}
