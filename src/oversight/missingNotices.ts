import { missingNotice } from '../alerts/rules/missingNotice.ts'
import { keeperOf, toldAuthorities } from '../childView/authoritiesAsDisclosed.ts'
import { type Count, countOf } from '../childView/countCompleteness.ts'
import { readableCaseStatus, readableCaseStatusNeeds } from '../childView/readableCaseStatus.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { forceOf } from '../foundation/registry.ts'
import type { AnswersTo } from '../records/agencyAnswers.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { pagesOf } from './candidateChildren.ts'
import { demandQuestion, pageOf } from './oversightQuestion.ts'
import {
  type GivenAlert,
  givenAlerts,
  howWhole,
  lookedThrough,
  oldestFirst,
  type Seen,
  type WaitingContext,
} from './waitingAlerts.ts'
import { placeAfter, workCursor } from './workCursor.ts'
import { mostEntries } from './worklist.ts'

export interface MissingNoticesArguments {
  readonly force?: string | null
  readonly first?: number | null
  readonly after?: string | null
}

/** `MissingNotices` of `schema/oversight.graphql`. */
export interface MissingNotices extends Pick<Seen, 'notJudged'> {
  readonly byForce: readonly {
    readonly force: string | null
    readonly children: Count
    readonly oldest: string
  }[]
  readonly notices: readonly (GivenAlert & { readonly force: string | null })[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const ruling = { rules: [missingNotice], needs: missingNotice.needs }

/**
 * Children who are missing or have just come back, by the force in whose area they live, the longest first: those with
 * whom the caller's organisation works, and for a force those of its area. No place and no company.
 */
export async function missingNotices(asked: MissingNoticesArguments, context: WaitingContext): Promise<MissingNotices> {
  demandQuestion(context, 'MISSING_NOTICES')
  const first = pageOf(asked.first, mostEntries)
  const after = placeAfter(asked.after)
  const { candidates, caller, clock, registry } = context
  const las = [...registry.authorities.values()].filter(({ force }) => force === caller.force).map(({ code }) => code)
  const forces = new Map<string, string | null>()
  const seen = await lookedThrough(
    pagesOf((last) =>
      candidates.ofOrganisationOrAreas(caller.organisation, las, caller.la, ukDay(clock.today()), last),
    ),
    { ...ruling, needs: mergeNeeds(missingNotice.needs, readableCaseStatusNeeds) },
    (of) => {
      const force = forceTold(of, context)
      const isAsked = !asked.force || force === asked.force
      if (isAsked) forces.set(of.child.id, force)
      return isAsked
    },
    context,
  )
  const waiting = [...seen.waiting].sort(oldestFirst)
  const rest = waiting.filter((each) => after === null || oldestFirst(each, after) > 0)
  const page = rest.slice(0, first)
  const last = page.at(-1)
  const whole = howWhole(missingNotice.code, seen.notJudged)
  const told = (childId: string) => forces.get(childId) ?? null
  return {
    byForce: [...new Set(waiting.map(({ childId }) => told(childId)))].sort().map((force) => {
      const own = waiting.filter(({ childId }) => told(childId) === force)
      const children = new Set(own.map(({ childId }) => childId)).size
      return { force, children: countOf(children, whole), oldest: own[0]?.since ?? '' }
    }),
    notices: (await givenAlerts(page, ruling, context)).map((given) => ({ ...given, force: told(given.childId) })),
    notJudged: seen.notJudged,
    endCursor: last ? workCursor(last) : null,
    hasNextPage: rest.length > page.length,
  }
}

/** The force of the area, where the caller's view of the child says in whose area they live. */
function forceTold({ child, answers }: ChildAnswers, { registry, caller, contracts }: WaitingContext): string | null {
  const caseStatus = readableCaseStatus(answers as AnswersTo<typeof readableCaseStatusNeeds>, child.asOf)
  const ground = { grants: child.grants, contracts, answers }
  const { areaForce, areaLa } = toldAuthorities(caseStatus, ground, keeperOf(child.facts, caller, registry, true))
  return areaForce ?? forceOf(registry, areaLa)
}
