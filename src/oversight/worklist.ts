import { type Alert, alertId, alertOf } from '../alerts/alert.ts'
import { type ClearanceRegister, clearanceOf } from '../alerts/clearances.ts'
import { type Evaluation, evaluate, type FoundAlert } from '../alerts/evaluate.ts'
import type { Rule } from '../alerts/rule.ts'
import { alertRules } from '../alerts/rules.ts'
import type { Without } from '../childView/count.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { secondsOf } from '../foundation/clock.ts'
import { alertParametersOf } from '../policy/alertParameters.ts'
import { type AnswersTo, rowsOf } from '../records/answered.ts'
import { ukDay } from '../records/day.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Asking, demandQuestion, ownOrganisation, pageOf } from './asking.ts'
import { pagesOf } from './candidates.ts'
import { placeAfter, type WorkPlace, workCursor } from './workCursor.ts'

export interface WorklistArguments {
  readonly organisation?: string | null
  readonly team?: string | null
  readonly codes?: readonly string[] | null
  readonly first?: number | null
  readonly after?: string | null
}

/** `WorklistEntry` of `schema/oversight.graphql`. */
export interface WorklistEntry {
  readonly childId: string
  readonly alert: Alert
}

/** `Worklist` of `schema/oversight.graphql`. */
export interface Worklist {
  readonly organisation: string
  readonly children: number
  readonly byCode: readonly { readonly code: string; readonly alerts: number; readonly children: number }[]
  readonly entries: readonly WorklistEntry[]
  readonly notJudged: readonly {
    readonly code: string
    readonly children: number
    readonly without: readonly Without[]
  }[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

export type WorklistContext = Asking & { readonly clearances: Pick<ClearanceRegister, 'ofChildren'> }

/** Each entry may open its child twice: for the alert, and for what is selected of the child. */
const mostEntries = 100

const teamNeeds = {
  socialCare: { involvements: ['service', 'from', 'to', 'eventAt', 'provenance.supersedes'] },
} as const satisfies RequiredFields

/** An alert that waits, without anything of the record that it rests on. */
interface Waiting extends WorkPlace {
  readonly childId: string
}

/**
 * What waits in one organisation, or one team of it: every alert of every child with whom it works that nobody cleared,
 * oldest first, under the caller's own grants. All children are looked at; the records of those alone are given whose
 * alerts stand on the page.
 */
export async function worklist(asked: WorklistArguments, context: WorklistContext): Promise<Worklist> {
  demandQuestion(context, 'WORKLIST')
  const organisation = ownOrganisation(context, asked.organisation)
  const first = pageOf(asked.first, mostEntries)
  const after = placeAfter(asked.after)
  const rules = alertRules.filter(({ code }) => !asked.codes || asked.codes.includes(code))
  const needs = mergeNeeds(...rules.map((rule) => rule.needs), ...(asked.team ? [teamNeeds] : []))
  const seen = await lookedThrough(asked.team ?? null, organisation, { rules, needs }, context)
  const waiting = seen.waiting.sort(oldestFirst).filter((each) => after === null || oldestFirst(each, after) > 0)
  const page = waiting.slice(0, first)
  const last = page.at(-1)
  return {
    organisation,
    children: seen.children,
    byCode: countedByCode(seen.waiting),
    entries: await given(page, { rules, needs }, context),
    notJudged: [...seen.notJudged].map(([code, { children, without }]) => ({
      code,
      children,
      without: [...without.values()],
    })),
    endCursor: last ? workCursor(last) : null,
    hasNextPage: waiting.length > page.length,
  }
}

interface Ruling {
  readonly rules: readonly Rule[]
  readonly needs: RequiredFields
}

interface Seen {
  children: number
  readonly waiting: Waiting[]
  readonly notJudged: Map<string, { children: number; readonly without: Map<string, Without> }>
}

async function lookedThrough(
  team: string | null,
  organisation: string,
  { rules, needs }: Ruling,
  context: WorklistContext,
): Promise<Seen> {
  const { caller, candidates, clock } = context
  const day = ukDay(clock.today())
  const la = caller.agencyType === 'SOCIAL_CARE' ? caller.la : null
  const seen: Seen = { children: 0, waiting: [], notJudged: new Map() }
  const found: { readonly childId: string; readonly alert: FoundAlert }[] = []
  await context.evaluate(
    pagesOf((after) => candidates.ofOrganisation(organisation, la, day, after)),
    needs,
    (of) => {
      if (team !== null && !isOfTeam(of, team)) return
      const { alerts, notJudged } = evaluationOf(of, rules, context)
      seen.children += 1
      for (const alert of alerts) found.push({ childId: of.child.id, alert: withoutRecords(alert) })
      for (const { rule, without } of notJudged) {
        const known = seen.notJudged.get(rule.code) ?? { children: 0, without: new Map<string, Without>() }
        known.children += 1
        for (const each of without)
          known.without.set(`${each.agency} ${each.holder} ${each.label} ${each.reason}`, each)
        seen.notJudged.set(rule.code, known)
      }
    },
  )
  const asOf = secondsOf(clock.today())
  const clearances = await context.clearances.ofChildren([...new Set(found.map(({ childId }) => childId))])
  for (const { childId, alert } of found) {
    if (clearanceOf(alert, clearances.get(childId) ?? [], asOf) !== null) continue
    const { rule, finding } = alert
    seen.waiting.push({
      childId,
      id: alertId(childId, rule.code, finding.anchor),
      code: rule.code,
      since: finding.since,
    })
  }
  return seen
}

/** Of the evidence only when it was known: that decides whether a clearance holds, and nothing else stays in memory. */
const withoutRecords = ({ rule, finding, evidence }: FoundAlert): FoundAlert => ({
  rule,
  finding: { anchor: finding.anchor, since: finding.since, text: '', evidence: [] },
  evidence,
})

/** The alerts of a page, each from records that are given for it and stand in the entry. */
async function given(
  page: readonly Waiting[],
  { rules, needs }: Ruling,
  context: WorklistContext,
): Promise<readonly WorklistEntry[]> {
  if (page.length === 0) return []
  const asked = new Set(page.map(({ code }) => code))
  const own = rules.filter(({ code }) => asked.has(code))
  const ids = [...new Set(page.map(({ childId }) => childId))]
  const children = await context.readManyForNeeds(ids, needs, true)
  const { organisation } = context.caller
  const alerts = new Map(
    children.flatMap((of) => {
      const asOf = of.child.asOf
      return evaluationOf(of, own, context).alerts.map((found) => {
        const alert = alertOf(of.child.id, found, [], { asOf, organisation })
        return [alert.id, alert] as const
      })
    }),
  )
  return page.flatMap(({ childId, id }) => {
    const alert = alerts.get(id)
    return alert ? [{ childId, alert }] : []
  })
}

const evaluationOf = (
  { child: { grants, asOf }, answers }: ChildAnswers,
  rules: readonly Rule[],
  { contracts, registry, pack }: WorklistContext,
): Evaluation =>
  evaluate(rules, { ...{ answers, grants, contracts, registry, asOf }, parameters: alertParametersOf(pack) })

/** Whether an involvement of this team, as social care names it, is open. */
function isOfTeam({ child, answers }: ChildAnswers, team: string): boolean {
  const rows = uncorrected(rowsOf(answers as AnswersTo<typeof teamNeeds>, 'socialCare', 'involvements'))
  return rows.some(
    (row) => row.service === team && openOn(dayOf(child.asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
  )
}

const countedByCode = (waiting: readonly Waiting[]): Worklist['byCode'] => {
  const found = new Map<string, { alerts: number; readonly children: Set<string> }>()
  for (const { code, childId } of waiting) {
    const known = found.get(code) ?? { alerts: 0, children: new Set<string>() }
    known.alerts += 1
    known.children.add(childId)
    found.set(code, known)
  }
  return alertRules.flatMap(({ code }) => {
    const known = found.get(code)
    return known ? [{ code, alerts: known.alerts, children: known.children.size }] : []
  })
}

const oldestFirst = (one: WorkPlace, other: WorkPlace): number =>
  Date.parse(one.since) - Date.parse(other.since) || compare(one.code, other.code) || compare(one.id, other.id)

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
