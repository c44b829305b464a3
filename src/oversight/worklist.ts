import { alertRules } from '../alerts/rules.ts'
import { type Count, countOf } from '../childView/countCompleteness.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { Refusal } from '../foundation/errors.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { pagesOf } from './candidateChildren.ts'
import { demandQuestion, ownOrganisation, pageOf } from './oversightQuestion.ts'
import {
  type GivenAlert,
  givenAlerts,
  howWhole,
  lookedThrough,
  oldestFirst,
  type Seen,
  type Waiting,
  type WaitingContext,
} from './waitingAlerts.ts'
import { placeAfter, workCursor } from './workCursor.ts'

export interface WorklistArguments {
  readonly organisation?: string | null
  readonly team?: string | null
  readonly codes?: readonly string[] | null
  readonly first?: number | null
  readonly after?: string | null
}

/** `Worklist` of `schema/oversight.graphql`. */
export interface Worklist extends Pick<Seen, 'children' | 'notJudged'> {
  readonly organisation: string
  readonly byCode: readonly { readonly code: string; readonly alerts: Count; readonly children: Count }[]
  readonly entries: readonly GivenAlert[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

/** Each entry may open its child twice: for the alert, and for what is selected of the child. */
export const mostEntries = 100

const teamNeeds = {
  socialCare: { involvements: ['service', 'from', 'to', 'eventAt', 'provenance.supersedes'] },
} as const satisfies RequiredFields

/**
 * What waits in one organisation, or one team of it: every alert of every child with whom it works that nobody cleared,
 * oldest first, under the caller's own grants. All children are looked at; the records of those alone are given whose
 * alerts stand on the page.
 *
 * @throws Refusal BAD_INPUT for a team that no child is with: else a misspelt name would say that nothing waits.
 */
export async function worklist(asked: WorklistArguments, context: WaitingContext): Promise<Worklist> {
  demandQuestion(context, 'WORKLIST')
  const organisation = ownOrganisation(context, asked.organisation)
  const first = pageOf(asked.first, mostEntries)
  const after = placeAfter(asked.after)
  const team = asked.team ?? null
  const rules = alertRules.filter(({ code }) => !asked.codes || asked.codes.includes(code))
  const ruling = {
    rules,
    needs: mergeNeeds(...rules.map(({ needs }) => needs), ...(team === null ? [] : [teamNeeds])),
  }
  const { caller, candidates, clock } = context
  const la = caller.agencyType === 'SOCIAL_CARE' ? caller.la : null
  const { children, notJudged, waiting } = await lookedThrough(
    pagesOf((last) => candidates.ofOrganisation(organisation, la, ukDay(clock.today()), last)),
    ruling,
    (of) => team === null || isOfTeam(of, team),
    context,
  )
  if (team !== null && children === 0)
    throw new Refusal('BAD_INPUT', { message: 'Nobody with whom your organisation works has such a team now.' })
  const rest = [...waiting].sort(oldestFirst).filter((each) => after === null || oldestFirst(each, after) > 0)
  const page = rest.slice(0, first)
  const last = page.at(-1)
  return {
    ...{ organisation, children, notJudged },
    byCode: countedByCode(waiting, notJudged),
    entries: await givenAlerts(page, ruling, context),
    endCursor: last ? workCursor(last) : null,
    hasNextPage: rest.length > page.length,
  }
}

/** Whether an involvement of this team, as social care names it, is open. */
function isOfTeam({ child, answers }: ChildAnswers, team: string): boolean {
  const rows = uncorrected(rowsOf(answers as AnswersTo<typeof teamNeeds>, 'socialCare', 'involvements'))
  return rows.some(
    (row) => row.service === team && openOn(dayOf(child.asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
  )
}

/** In the order of the rules. */
function countedByCode(waiting: readonly Waiting[], notJudged: Seen['notJudged']): Worklist['byCode'] {
  const found = new Map<string, { alerts: number; readonly children: Set<string> }>()
  for (const { code, childId } of waiting) {
    const known = found.get(code) ?? { alerts: 0, children: new Set<string>() }
    known.alerts += 1
    known.children.add(childId)
    found.set(code, known)
  }
  return alertRules.flatMap(({ code }) => {
    const known = found.get(code)
    if (!known) return []
    const whole = howWhole(code, notJudged)
    return [{ code, alerts: countOf(known.alerts, whole), children: countOf(known.children.size, whole) }]
  })
}
