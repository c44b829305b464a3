import { type AgencyName, agencies } from './agencies.ts'
import type { Answers } from './context.ts'
import type { ChildPlan, Planning } from './plan.ts'
import type { Grant } from './policy/grant.ts'
import type { GuardedSource } from './sources/guard.ts'
import { materialise } from './sources/materialise.ts'
import type { SourceAnswer } from './sources/source.ts'

/** One child as it is asked about: what may be read of each agency, and what is wanted of it. */
export interface Asked {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly plan: ChildPlan
  /** ISO 8601. */
  readonly asOf: string
  /** The caller's `Authorization` header. */
  readonly authorization: string
}

/**
 * What agencies say of one child. An agency of which nothing is wanted is not asked.
 *
 * @param onAnswer is told what each agency that was asked answered, before anything is computed from it.
 */
export async function askAll(
  sources: Readonly<Record<AgencyName, GuardedSource>>,
  { grants, plan, asOf, authorization }: Asked,
  planning: Planning,
  onAnswer: (agency: AgencyName, answer: SourceAnswer) => void,
): Promise<Answers> {
  const answered = await Promise.all(
    agencies.map((agency) => {
      const { want } = plan[agency]
      if (want.lists.size === 0 && !want.holdings) return nothingAsked
      return sources[agency].ask({ grant: grants[agency], want, authorization })
    }),
  )
  const answers: Partial<Record<AgencyName, SourceAnswer>> = {}
  for (const [place, agency] of agencies.entries()) {
    const answer = answered[place] ?? nothingAsked
    if (answer !== nothingAsked) onAnswer(agency, answer)
    answers[agency] = materialise(
      answer,
      plan[agency].computed,
      planning.layouts[agency],
      planning.computed[agency],
      asOf,
    )
  }
  // Every agency has just answered.
  return answers as Answers
}

const nothingAsked: SourceAnswer = { state: 'ANSWERED', lists: {}, holdings: [] }
