import type { Goal } from '../goalTable.ts'
import { median } from '../growth/judgeGrowth.ts'

/** Resident memory at one moment. */
export interface MemorySample {
  /** Since the load began. */
  readonly seconds: number
  readonly megabytes: number
}

/** Memory over one run. */
export interface MemorySummary {
  readonly seconds: number
  /** Length of the stretches that are compared: a minute, or a fifth of a short run. */
  readonly stretch: number
  readonly afterWarmUp: number
  readonly least: number
  readonly most: number
  readonly end: number
  /** Median of the second stretch, when everything is warm, and of the last. */
  readonly early: number
  readonly late: number
  /** Megabytes an hour over the last four fifths, by least squares. */
  readonly slope: number
  /** Median of each stretch. */
  readonly course: readonly number[]
}

const mostMegabytes = 300
const mostGrowth = 1.1

/** @throws when there are too few samples to say anything. */
export function summaryOf(samples: readonly MemorySample[]): MemorySummary {
  const seconds = samples.at(-1)?.seconds ?? 0
  const stretch = Math.min(60, seconds / 5)
  const between = (from: number, to: number) => samples.filter((one) => one.seconds >= from && one.seconds < to)
  const early = megabytesOf(between(stretch, 2 * stretch))
  const late = megabytesOf(between(seconds - stretch, Number.POSITIVE_INFINITY))
  const warm = megabytesOf(between(stretch, Number.POSITIVE_INFINITY))
  if (early.length === 0 || late.length === 0) throw new Error('Memory was seen too seldom to say whether it is flat.')
  return {
    seconds,
    stretch,
    afterWarmUp: warm[0] ?? 0,
    least: Math.min(...warm),
    most: Math.max(...megabytesOf(samples)),
    end: samples.at(-1)?.megabytes ?? 0,
    early: median(early),
    late: median(late),
    slope: slopeOf(between(seconds / 5, Number.POSITIVE_INFINITY)) * 3600,
    course: Array.from({ length: Math.floor(seconds / stretch) }, (_, nth) =>
      median(megabytesOf(between(nth * stretch, (nth + 1) * stretch))),
    ),
  }
}

const megabytesOf = (samples: readonly MemorySample[]): readonly number[] => samples.map(({ megabytes }) => megabytes)

/** Megabytes a second: the straight line that lies nearest to the samples. */
export function slopeOf(samples: readonly MemorySample[]): number {
  const mean = (pick: (sample: MemorySample) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / Math.max(1, samples.length)
  const [x, y] = [mean(({ seconds }) => seconds), mean(({ megabytes }) => megabytes)]
  const along = samples.reduce((sum, one) => sum + (one.seconds - x) * (one.megabytes - y), 0)
  const wide = samples.reduce((sum, one) => sum + (one.seconds - x) ** 2, 0)
  return wide === 0 ? 0 : along / wide
}

/** Memory is flat when the last stretch is at most a tenth above the second one. */
export const isFlat = ({ early, late }: MemorySummary): boolean => late <= early * mostGrowth

/** What the load came to. */
export interface Traffic {
  readonly answered: number
  readonly failed: number
  readonly tokens: number
  /** Children asked about, and those of them whom all agencies know. */
  readonly children: number
  readonly known: number
  readonly operations: number
}

/** The goals with what was measured. */
export function goalsOf(memory: MemorySummary, traffic: Traffic): readonly Goal[] {
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  const stretch = memory.stretch === 60 ? 'minute' : `${memory.stretch.toFixed(0)} s`
  return [
    {
      name: 'resident memory, the most at any second',
      goal: traffic.operations === 0 ? `≤ ${mostMegabytes} MB` : 'none, which is for Q1 alone',
      measured: `${whole(memory.most)} MB`,
      isReached: traffic.operations === 0 ? memory.most <= mostMegabytes : null,
    },
    {
      name: `flat: the median of the last ${stretch} against that of the second`,
      goal: `≤ ${mostGrowth.toFixed(2)}×`,
      measured: `${(memory.late / memory.early).toFixed(2)}× (${whole(memory.late)} and ${whole(memory.early)} MB)`,
      isReached: isFlat(memory),
    },
    {
      name: 'slope over the last four fifths, by least squares',
      goal: 'none',
      measured: `${memory.slope.toFixed(0)} MB an hour`,
      isReached: null,
    },
    {
      name: 'after the warm-up, least since, at the end',
      goal: 'none',
      measured: `${[memory.afterWarmUp, memory.least, memory.end].map(whole).join(', ')} MB`,
      isReached: null,
    },
    {
      name: 'answers with errors, or none',
      goal: '0',
      measured: `${whole(traffic.failed)} of ${whole(traffic.answered + traffic.failed)}`,
      isReached: traffic.failed === 0 && traffic.answered > 0,
    },
  ]
}
