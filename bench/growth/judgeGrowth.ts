import type { Measured } from '../measure.ts'

/** One database of the measurement, with one window of each round. */
export interface Placed {
  readonly title: string
  readonly children: number
  readonly records: number
  readonly gigabytes: number
  /** Of one child, in the mean. */
  readonly spread: { readonly records: number; readonly pages: number }
  readonly asked: number
  readonly windows: readonly Measured[]
  /** How often the small one's CPU a request may take; null for the small one itself. */
  readonly goal: number | null
}

/** One line of the table. */
export interface GrowthLine extends Omit<Placed, 'windows'> {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly node: number
  readonly postgres: number
  /** CPU a request against that of the small one in the same round; the median of the rounds. */
  readonly ratio: number | null
  readonly least: number | null
  readonly most: number | null
  readonly isReached: boolean | null
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

const cpu = ({ node, postgres }: Measured): number => node + postgres

/** The first is the one that the others are held against, round by round: what slows the machine slows a round. */
export function linesOf(placed: readonly Placed[]): readonly GrowthLine[] {
  const [small] = placed
  return placed.map(({ windows, ...rest }) => {
    const of = (pick: (window: Measured) => number) => median(windows.map(pick))
    const ratios =
      rest.goal === null
        ? []
        : windows.flatMap((window, round) => {
            const base = small?.windows[round]
            return base ? [cpu(window) / cpu(base)] : []
          })
    const ratio = ratios.length > 0 ? median(ratios) : null
    return {
      ...rest,
      perSecond: of(({ perSecond }) => perSecond),
      p50: of(({ p50 }) => p50),
      p99: of(({ p99 }) => p99),
      node: of(({ node }) => node),
      postgres: of(({ postgres }) => postgres),
      ratio,
      least: ratio === null ? null : Math.min(...ratios),
      most: ratio === null ? null : Math.max(...ratios),
      isReached: ratio === null || rest.goal === null ? null : ratio <= rest.goal,
    }
  })
}
