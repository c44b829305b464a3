import type { Comparison } from '../compare.ts'
import { differs, comparisons as personComparisons, place, sureGivenLevels, swapped } from '../compare.ts'
import { standardPolicy } from '../decide.ts'
import { candidatePairs } from './blocks.ts'
import { cluster } from './clusters.ts'
import { type Mapping, type MappingWish, mapColumns } from './columns.ts'
import { readCsv } from './csv.ts'
import { type Row, rowsOf } from './dataset.ts'
import { DataFault } from './fault.ts'
import { type Fitted, fitShares, levelsOf } from './fit.ts'
import {
  type Accuracy,
  accuracy,
  bCubed,
  type CalibrationBand,
  calibration,
  pairsInGroups,
  upperBound,
} from './measures.ts'
import { againstRivals, scorer } from './score.ts'
import { textComparison, textLevels } from './textComparison.ts'

export interface EvaluatedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Told how far the work has come; `milliseconds` is a monotonic clock. */
export interface Watch {
  progress(share: number, what: string): void
  milliseconds(): number
}

export interface Evaluation {
  readonly rows: number
  readonly people: number
  readonly mapping: Mapping
  readonly learntFrom: 'ANCHORS' | 'EXPECTATION_MAXIMISATION'
  readonly rounds: number
  readonly truePairs: number
  readonly candidates: {
    readonly pairs: number
    readonly recall: number
    readonly largestBlock: number
    readonly passedOver: number
  }
  /** Pairs held to be one person, each by itself. */
  readonly pairs: Accuracy
  /** The same after grouping; within two files, those pairs once more. */
  readonly clustered: Accuracy
  readonly bCubed: { readonly precision: number; readonly recall: number; readonly f1: number }
  /** The best that any threshold could have reached on these weights, found with the truth; a yardstick, no result. */
  readonly best: Accuracy & { readonly weight: number }
  readonly automatic: Accuracy & { readonly upperFalseRate: number }
  readonly review: { readonly pairs: number; readonly right: number; readonly falseShare: number }
  readonly none: { readonly missed: number; readonly missedShare: number; readonly upperMissedShare: number }
  readonly calibration: readonly CalibrationBand[]
  readonly levels: Fitted['levels']
  readonly timings: readonly { readonly part: string; readonly milliseconds: number }[]
}

/** Random pairs that show how people who are not one agree by chance. */
const randomPairs = 400_000

/** Links the rows of one or two files without looking at the truth, and then measures the links by it. Reads only; keeps nothing. */
export function evaluate(files: readonly EvaluatedFile[], wish: MappingWish, watch: Watch): Evaluation {
  const timings: { part: string; milliseconds: number }[] = []
  const timed = <T>(part: string, work: (tick: (share: number) => void) => T): T => {
    const from = watch.milliseconds()
    const result = work((share) => watch.progress(share, part))
    timings.push({ part, milliseconds: watch.milliseconds() - from })
    return result
  }
  const linksFiles = files.length > 1
  const { rows, mapping } = timed('read and fold', () => load(files, wish))
  const comparisons = [
    ...personComparisons.filter(({ name }) => rows.some((row) => isKnown(row, name))),
    ...mapping.extra.map((column, at) => textComparison(column, at)),
  ]
  const blocks = timed('find candidates', (tick) => candidatePairs(rows, linksFiles, tick))
  const levels = timed('compare', (tick) => levelsOf(rows, blocks.pairs, comparisons, tick))
  const { fitted, isTaught } = timed('learn', () => learn(rows, linksFiles, comparisons, levels))
  const score = scorer(rows, comparisons, fitted)
  const row = (at: number): Row => rows[at] ?? missing()
  const width = comparisons.length
  const weights = timed('weigh', () => {
    const own = new Float64Array(blocks.pairs.length / 2)
    for (let pair = 0; pair < own.length; pair += 1) {
      const [first, second] = [row(blocks.pairs[pair * 2] ?? 0), row(blocks.pairs[pair * 2 + 1] ?? 0)]
      own[pair] = score(first, second, levels.subarray(pair * width, (pair + 1) * width))
    }
    return linksFiles ? againstRivals(blocks.pairs, own, rows.length) : own
  })
  const groups = timed('group', () =>
    cluster({
      rows: rows.length,
      pairs: blocks.pairs,
      weights,
      weigh: (first, second) =>
        score(
          row(first),
          row(second),
          comparisons.map((comparison) => comparison.level(row(first), row(second))),
        ),
    }),
  )
  const isAutomatic = automaticGuard(comparisons)
  const measured = timed('measure', () =>
    measure({ rows, linksFiles, pairs: blocks.pairs, weights, levels, width, groups, isAutomatic }),
  )
  return {
    rows: rows.length,
    mapping,
    learntFrom: isTaught ? 'ANCHORS' : 'EXPECTATION_MAXIMISATION',
    rounds: fitted.rounds,
    levels: fitted.levels,
    ...measured,
    candidates: { ...measured.candidates, largestBlock: blocks.largest, passedOver: blocks.passedOver },
    timings: timings.sort((a, b) => b.milliseconds - a.milliseconds),
  }
}

function load(files: readonly EvaluatedFile[], wish: MappingWish): { rows: readonly Row[]; mapping: Mapping } {
  const tables = files.map(({ name, bytes }) => ({ name, table: readCsv(bytes, name) }))
  const [first, second] = tables
  if (!first) throw new DataFault('Give a CSV file of people.')
  const mapping = mapColumns(first.table, wish, first.name)
  const rows = [...rowsOf(first.table, mapping, 0, 0, first.name)]
  if (second) {
    const other = mapColumns(second.table, wish, second.name)
    const absent = mapping.extra.find((column) => !second.table.columns.includes(column))
    if (absent !== undefined)
      throw new DataFault(
        `${second.name} lacks the column "${absent}" that ${first.name} has. Pass over it with --ignore ${absent}.`,
      )
    rows.push(...rowsOf(second.table, { ...other, extra: mapping.extra }, 1, rows.length, second.name))
  }
  return { rows, mapping }
}

function isKnown(row: Row, comparison: string): boolean {
  if (comparison === 'address') return row.postcode !== ''
  const values: Readonly<Record<string, string>> = {
    given: row.given,
    family: row.family,
    birth: row.birth,
    sex: row.sex,
    nhs: row.nhs,
    upn: row.upn,
    middle: row.middle,
  }
  return (values[comparison] ?? '') !== ''
}

function learn(
  rows: readonly Row[],
  linksFiles: boolean,
  comparisons: readonly Comparison<Row>[],
  levels: Int8Array,
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
    for (let pair = 0; pair * width < levels.length; pair += 1)
      if (levels[pair * width + number] === 0) anchored.push(pair)
  }
  const anchors = Int8Array.from(anchored.flatMap((pair) => [...levels.subarray(pair * width, (pair + 1) * width)]))
  const fitted = fitShares({
    comparisons,
    candidates: levels,
    random: levelsOf(rows, drawn, comparisons, () => undefined),
    pairsInAll: linksFiles ? firstFile * (rows.length - firstFile) : (rows.length * (rows.length - 1)) / 2,
    expected: (linksFiles ? Math.min(firstFile, rows.length - firstFile) : rows.length) / 2,
    anchors: number >= 0 ? anchors : null,
  })
  return { fitted, isTaught: anchored.length >= 200 }
}

type Levels = ArrayLike<number>

/**
 * Which pairs may be linked without a person, besides their weight: given and family name agree, the date of birth does but
 * for a misprint within its year, the address does not contradict, and of the further facts twice as many agree as contradict. Father and son of
 * one name, and two entries for one name in one town, fail here and not by weight.
 */
function automaticGuard(comparisons: readonly Comparison<Row>[]): (levels: Levels, first: Row, second: Row) => boolean {
  const at = (name: string) => comparisons.findIndex((comparison) => comparison.name === name)
  const [given, family, birth, address, sex, nhs] = ['given', 'family', 'birth', 'address', 'sex', 'nhs'].map(at)
  const further = comparisons.map((_, index) => index).filter((index) => !((comparisons[index]?.name ?? '') in place))
  const level = (levels: Levels, index = -1) => (index < 0 ? -1 : (levels[index] ?? -1))
  return (levels, first, second) => {
    if (!sureGivenLevels.has(level(levels, given))) return false
    if (level(levels, given) !== swapped && (level(levels, family) < 0 || level(levels, family) === differs))
      return false
    if (birth !== undefined && birth >= 0 && !isSureBirth(level(levels, birth), first, second)) return false
    if (level(levels, sex) === 1 || level(levels, nhs) > 0) return false
    const whereabouts = level(levels, address)
    if (whereabouts > 3) return false
    const agreeing = further.filter((index) => [0, 1].includes(level(levels, index))).length
    const contradicting = further.filter((index) => level(levels, index) === textLevels.indexOf('differs')).length
    if (contradicting > agreeing / 2) return false
    return whereabouts >= 0 || level(levels, nhs) === 0 || agreeing > 0
  }
}

const isSureBirth = (level: number, first: Row, second: Row): boolean =>
  level === 0 || ((level === 1 || level === 2) && first.birth.slice(0, 4) === second.birth.slice(0, 4))

interface Measuring {
  readonly rows: readonly Row[]
  readonly linksFiles: boolean
  readonly pairs: Uint32Array
  readonly weights: Float64Array
  readonly levels: Int8Array
  readonly width: number
  readonly groups: Uint32Array
  readonly isAutomatic: (levels: Levels, first: Row, second: Row) => boolean
}

function measure({ rows, linksFiles, pairs, weights, levels, width, groups, isAutomatic }: Measuring) {
  const truths = rows.map(({ truth }) => truth)
  const truePairs = linksFiles ? acrossFiles(rows) : pairsInGroups(new Uint32Array(rows.length), truths).right
  const cases = Array.from(weights, (weight, pair) => {
    const first = rows[pairs[pair * 2] ?? 0] ?? missing()
    const second = rows[pairs[pair * 2 + 1] ?? 0] ?? missing()
    const isRight = first.truth === second.truth
    const isSure =
      weight >= standardPolicy.sure && isAutomatic(levels.subarray(pair * width, (pair + 1) * width), first, second)
    return { weight, isRight, isSure, isGrouped: groups[first.at] === groups[second.at] }
  })
  const count = (wanted: (one: (typeof cases)[number]) => boolean) => {
    const chosen = cases.filter(wanted)
    return { links: chosen.length, right: chosen.filter(({ isRight }) => isRight).length }
  }
  const held = count(({ weight }) => weight > 0)
  const sure = count(({ isSure }) => isSure)
  const looked = count(({ isSure, weight }) => !isSure && weight >= standardPolicy.possible)
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

/** Numbers from 0 to 1 that are the same every time: a figure must be the same for whoever repeats it. Mulberry32. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function missing(): never {
  throw new Error('A pair names a row that is not there.')
}
