import type { Goal } from './goalTable.ts'
import type { Measured } from './measure.ts'
import type { QuestionName } from './questions/question.ts'

/** What one contestant did with one question: the median of its rounds. */
export interface Line {
  readonly contestant: string
  readonly title: string
  readonly perSecond: number
  readonly least: number
  readonly most: number
  readonly p50: number
  readonly p99: number
  readonly node: number
  readonly postgres: number
  readonly statements: number | null
  readonly residentMb: number
  /** Requests a second, and CPU a request of Node and PostgreSQL together, against the limit's; null without it. */
  readonly rateToLimit: number | null
  readonly cpuToLimit: number | null
}

export interface QuestionResult {
  readonly question: QuestionName
  readonly title: string
  readonly values: number
  readonly bytes: number
  readonly connections: number
  readonly lines: readonly Line[]
  /** Node's CPU that security adds, as a share of the same engine's without it; null where that was not measured. */
  readonly securityCost: number | null
  /** Contestants whose answer was another, with where it differed: they are not measured. */
  readonly differing: readonly { readonly name: string; readonly where: string }[]
  readonly absent: readonly string[]
}

export interface Results {
  readonly at: string
  readonly machine: string
  readonly command: string
  readonly children: number
  readonly records: number
  readonly rounds: number
  readonly seconds: number
  /** Seconds at most. */
  readonly warmUp: number
  readonly questions: readonly QuestionResult[]
  /** Those that this run could judge. */
  readonly goals: readonly Goal[]
  readonly notes: readonly string[]
}

/** Contestants that give another answer than the first, by question: then a run has not measured what it is for. */
export const disagreeing = (results: readonly Pick<QuestionResult, 'question' | 'differing'>[]): readonly string[] =>
  results.flatMap(({ question, differing }) => differing.map(({ name, where }) => `${name} in ${question}: ${where}`))

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export type Rounds = ReadonlyMap<
  string,
  { readonly title: string; readonly statements: number | null; readonly windows: readonly Measured[] }
>

/** The medians of every contestant, with the limit's as measure. */
export function linesOf(rounds: Rounds, limit: string): Line[] {
  const of = (name: string, pick: (measured: Measured) => number) => median((rounds.get(name)?.windows ?? []).map(pick))
  const base = rounds.has(limit)
    ? { rate: of(limit, ({ perSecond }) => perSecond), cpu: of(limit, ({ node, postgres }) => node + postgres) }
    : null
  return [...rounds].map(([contestant, { title, statements, windows }]) => {
    const perSecond = of(contestant, (measured) => measured.perSecond)
    const cpu = of(contestant, ({ node, postgres }) => node + postgres)
    return {
      contestant,
      title,
      perSecond,
      least: Math.min(...windows.map((measured) => measured.perSecond)),
      most: Math.max(...windows.map((measured) => measured.perSecond)),
      p50: of(contestant, ({ p50 }) => p50),
      p99: of(contestant, ({ p99 }) => p99),
      node: of(contestant, ({ node }) => node),
      postgres: of(contestant, ({ postgres }) => postgres),
      statements,
      residentMb: of(contestant, ({ residentMb }) => residentMb),
      rateToLimit: base && base.rate > 0 ? perSecond / base.rate : null,
      cpuToLimit: base && base.cpu > 0 ? cpu / base.cpu : null,
    }
  })
}
