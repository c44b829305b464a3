import type { Shape } from '../questionShape.ts'

/** Children of the population that the questions ask about. */
export interface Sample {
  /** Known to all five agencies, in the authority of the caller. */
  readonly children: readonly string[]
  readonly nhsNumbers: readonly string[]
  /** With a record of a thousand events. */
  readonly long: readonly string[]
  /** Under a child protection plan, so that they can be transferred. */
  readonly underPlan: readonly string[]
  /** Transfers that were requested for the measurement. */
  readonly transfers: readonly string[]
}

export type QuestionName = 'q1' | 'q2' | 'q3' | 'q4' | 'q5'

/** One thing to ask, with what a contestant needs to answer it without a schema of ours. */
export interface Question {
  readonly name: QuestionName
  readonly title: string
  readonly query: string
  /** How many ask at once. */
  readonly connections: number
  /** How many requests a second together; as many as are answered, when left out. */
  readonly perSecond?: number
  readonly variables: (sample: Sample) => readonly Readonly<Record<string, unknown>>[]
  /** Null where the answer is more than stored fields. */
  readonly shape: Shape | null
}
