import type { Comparison } from '../../src/identity/comparison.ts'
import { comparisons as personComparisons } from '../../src/identity/fieldComparisons.ts'
import { type Mapping, type MappingWish, mapColumns } from '../../src/identity/files/columns.ts'
import { type DataFile, quoted, readCsv } from '../../src/identity/files/csv.ts'
import { type DateFaults, dateFaults, type Row, rowsOf } from '../../src/identity/files/dataset.ts'
import { DataFault } from '../../src/identity/files/fault.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import type { Accuracy, CalibrationBand } from './accuracyMeasures.ts'
import { candidatePairs } from './candidatePairs.ts'
import { cluster } from './clusters.ts'
import { countKnowledge } from './countKnowledge.ts'
import { type Decided, decideRows } from './decisionAccuracy.ts'
import { textComparison } from './extraColumnComparison.ts'
import { teach } from './fitModelToFile.ts'
import { type Fitted, levelsOf } from './fitShares.ts'
import { measure } from './measureLinks.ts'
import { againstRivals, scorer } from './pairWeight.ts'

/** Called with how far the work has come; `milliseconds` is a monotonic clock. */
export interface Watch {
  progress(share: number, what: string): void
  milliseconds(): number
}

/** How well the rows link, and, from `Decided`, what the product's own decision comes to. */
export interface Evaluation extends Decided {
  readonly rows: number
  readonly people: number
  readonly mapping: Mapping
  readonly learntFrom: 'ANCHORS' | 'EXPECTATION_MAXIMISATION' | 'MODEL'
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
  /**
   * Dates of the files that no calendar has, or that could not be read: the one compared as misprints, the other as
   * not known.
   */
  readonly dates: { readonly impossible: number; readonly unreadable: number }
  /** What whoever reads the figures must know before they believe them. */
  readonly warnings: readonly string[]
  readonly calibration: readonly CalibrationBand[]
  readonly levels: Fitted['levels']
  readonly timings: readonly { readonly part: string; readonly milliseconds: number }[]
}

/**
 * Links the rows of one or two files without looking at the truth, and then measures the links by it. Reads only;
 * keeps nothing.
 */
export function evaluate(
  files: readonly DataFile[],
  wish: MappingWish,
  watch: Watch,
  model: LinkageModel | null = null,
): Evaluation {
  const timings: { part: string; milliseconds: number }[] = []
  const timed = <T>(part: string, work: (tick: (share: number) => void) => T): T => {
    const from = watch.milliseconds()
    const result = work((share) => watch.progress(share, part))
    timings.push({ part, milliseconds: watch.milliseconds() - from })
    return result
  }
  const linksFiles = files.length > 1
  const { rows, mapping, dates } = timed('read and normalise', () => load(files, wish))
  const comparisons = [
    ...personComparisons.filter(({ name }) => rows.some((row) => isKnown(row, name))).map(ofFile),
    ...mapping.extra.map((column, at) => textComparison(column, at)),
  ]
  const blocks = timed('find candidates', (tick) => candidatePairs(rows, linksFiles, tick))
  const levels = timed('compare', (tick) => levelsOf(rows, blocks.pairs, comparisons, tick))
  const { fitted, isTaught } = timed('learn', () => teach(rows, linksFiles, comparisons, levels, model))
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
  const product = model ?? defaultLinkageModel()
  const decided = timed('decide', (tick) =>
    decideRows({ rows, linksFiles, pairs: blocks.pairs, model: { ...product, register: countKnowledge(rows) } }, tick),
  )
  const measured = timed('measure', () => measure({ rows, linksFiles, pairs: blocks.pairs, weights, groups }))
  return {
    rows: rows.length,
    mapping,
    learntFrom: model ? 'MODEL' : isTaught ? 'ANCHORS' : 'EXPECTATION_MAXIMISATION',
    rounds: fitted.rounds,
    levels: fitted.levels,
    ...measured,
    ...decided,
    dates,
    warnings: [...measured.warnings, ...dateWarnings(dates)],
    candidates: { ...measured.candidates, largestBlock: blocks.largest, passedOver: blocks.passedOver },
    timings: timings.sort((a, b) => b.milliseconds - a.milliseconds),
  }
}

function load(
  files: readonly DataFile[],
  wish: MappingWish,
): { rows: readonly Row[]; mapping: Mapping; dates: DateFaults } {
  const [first, second] = files
  if (!first) throw new DataFault('FILE_EMPTY', 'Give a CSV file of people.')
  const table = readCsv(first.bytes, first.name)
  const mapping = mapColumns(table, wish, first.name)
  const rows = rowsOf(table, mapping, 0, 0, first.name)
  const dates = dateFaults(table, mapping)
  if (!second) return { rows, mapping, dates }
  const other = readCsv(second.bytes, second.name)
  const otherMapping = mapColumns(other, wish, second.name)
  const absent = mapping.extra.find((column) => !other.columns.includes(column))
  if (absent !== undefined)
    throw new DataFault(
      'COLUMN_MISSING',
      `${second.name} lacks the column ${quoted(absent)} that ${first.name} has. Pass over it with --ignore.`,
    )
  const more = rowsOf(other, { ...otherMapping, extra: mapping.extra }, 1, rows.length, second.name)
  const otherDates = dateFaults(other, otherMapping)
  return {
    rows: [...rows, ...more],
    mapping,
    dates: {
      ...dates,
      impossible: dates.impossible + otherDates.impossible,
      unreadable: dates.unreadable + otherDates.unreadable,
    },
  }
}

const dateWarnings = ({ impossible, unreadable, firstImpossible, firstUnreadable }: DateFaults): readonly string[] => [
  ...(unreadable > 0
    ? [`${unreadable} dates could not be read and count as not known, the first in row ${firstUnreadable ?? '?'}.`]
    : []),
  ...(impossible > 0
    ? [`${impossible} dates are in no calendar and count as misprints, the first in row ${firstImpossible ?? '?'}.`]
    : []),
]

/**
 * A comparison as it is fitted to a file. Two dates that may both be defaults are no evidence to the product, which
 * cannot know; how much they say in one file can be learnt from it.
 */
const ofFile = (comparison: Comparison<Row>): Comparison<Row> =>
  comparison.name !== 'birth'
    ? comparison
    : {
        ...comparison,
        level: (first, second) => {
          const level = comparison.level(first, second)
          const isOneYear = first.birth !== '' && first.birth.slice(0, 4) === second.birth.slice(0, 4)
          return level < 0 && isOneYear && !first.isExpected && !second.isExpected ? 3 : level
        },
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

function missing(): never {
  throw new Error('A pair names a row that is not there.')
}
