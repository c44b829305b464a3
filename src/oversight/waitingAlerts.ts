import { type Alert, alertId, alertOf } from '../alerts/alert.ts'
import { type ClearanceRegister, clearanceOf, clearedBy } from '../alerts/clearances.ts'
import { type Evaluation, evaluate, type FoundAlert } from '../alerts/evaluateRules.ts'
import type { Rule } from '../alerts/rule.ts'
import type { Completeness } from '../childView/countCompleteness.ts'
import type { Without } from '../childView/whyCountIncomplete.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import { inTurns } from '../disclosure/yieldToOthers.ts'
import { secondsOf } from '../foundation/clock.ts'
import { alertParametersOf } from '../policy/alertParameters.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { Asking } from './oversightQuestion.ts'
import type { WorkPlace } from './workCursor.ts'

export type WaitingContext = Asking & { readonly clearances: Pick<ClearanceRegister, 'lastOf'> }

/** An alert that nobody cleared, without anything of the record that it rests on. */
export interface Waiting extends WorkPlace {
  readonly childId: string
}

/** Which rules are judged, and what is fetched for them. */
export interface Ruling {
  readonly rules: readonly Rule[]
  readonly needs: RequiredFields
}

/** What was found among many children. */
export interface Seen {
  children: number
  readonly waiting: readonly Waiting[]
  readonly notJudged: readonly {
    readonly code: string
    readonly children: number
    readonly without: readonly Without[]
  }[]
}

/**
 * Judges rules over many children, each under the caller's own grants. Of each alert it is kept where it stands, and of
 * the records nothing.
 *
 * @param isAmong whether a child belongs to what was asked for.
 */
export async function lookedThrough(
  pages: AsyncIterable<readonly string[]>,
  { rules, needs }: Ruling,
  isAmong: (of: ChildAnswers) => boolean,
  context: WaitingContext,
): Promise<Seen> {
  let children = 0
  const found: { readonly childId: string; readonly alert: Kept }[] = []
  const notJudged = new Map<string, { children: number; readonly without: Map<string, Without> }>()
  await context.evaluate(pages, needs, (of) => {
    if (!isAmong(of)) return
    const evaluation = evaluationOf(of, rules, context)
    children += 1
    for (const alert of evaluation.alerts) found.push({ childId: of.child.id, alert: withoutRecords(alert) })
    for (const { rule, without } of evaluation.notJudged) {
      const known = notJudged.get(rule.code) ?? { children: 0, without: new Map<string, Without>() }
      known.children += 1
      for (const each of without) known.without.set(keyOf(each), each)
      notJudged.set(rule.code, known)
    }
  })
  return {
    children,
    waiting: await uncleared(found, context),
    notJudged: [...notJudged].map(([code, of]) => ({ code, children: of.children, without: [...of.without.values()] })),
  }
}

/** How whole a number of one rule's alerts is: of the children for whom it was not judged nothing is in it. */
export function howWhole(code: string, notJudged: Seen['notJudged']): Completeness {
  const without = notJudged.find((each) => each.code === code)?.without
  return without ? { completeness: 'AT_LEAST', without } : { completeness: 'WHOLE', without: [] }
}

/** What tells two lacks apart. */
export const keyOf = ({ agency, holder, label, reason }: Without): string => `${agency} ${holder} ${label} ${reason}`

async function uncleared(
  found: readonly { readonly childId: string; readonly alert: Kept }[],
  { clearances, clock }: WaitingContext,
): Promise<readonly Waiting[]> {
  const named = found.map(({ childId, alert }) => clearedBy(childId, alert))
  const last = await clearances.lastOf(named, secondsOf(clock.today()))
  return found.flatMap(({ childId, alert }, place) => {
    if (clearanceOf(alert, last[place] ?? null) !== null) return []
    const { rule, finding } = alert
    return [{ childId, id: alertId(childId, rule.code, finding.anchor), code: rule.code, since: finding.since }]
  })
}

/** What of an alert a list is ordered by. */
type Kept = Omit<FoundAlert, 'howWhole'>

/** Of the evidence only when it was known: that decides whether a clearance holds, and nothing else stays in memory. */
const withoutRecords = ({ rule, finding, evidence }: FoundAlert): Kept => ({
  rule,
  finding: { anchor: finding.anchor, since: finding.since, text: '', evidence: [] },
  evidence,
})

/** One alert of one child, from records that are given for it. */
export interface GivenAlert {
  readonly childId: string
  readonly alert: Alert
}

/** The alerts of a page, each from records that are given for it and stand in the entry. */
export async function givenAlerts(
  page: readonly Waiting[],
  { rules, needs }: Ruling,
  context: WaitingContext,
): Promise<readonly GivenAlert[]> {
  if (page.length === 0) return []
  const codes = new Set(page.map(({ code }) => code))
  const own = rules.filter(({ code }) => codes.has(code))
  const children = await context.readManyForNeeds([...new Set(page.map(({ childId }) => childId))], needs, true)
  const { organisation } = context.caller
  const alerts = new Map<string, Alert>()
  await inTurns(children, (of) => {
    for (const found of evaluationOf(of, own, context).alerts) {
      const alert = alertOf(of.child.id, found, null, {
        readsColleagues: false,
        ...{ asOf: of.child.asOf, organisation },
        names: () => false,
      })
      alerts.set(alert.id, alert)
    }
  })
  return page.flatMap(({ childId, id }) => {
    const alert = alerts.get(id)
    return alert ? [{ childId, alert }] : []
  })
}

const evaluationOf = (
  { child: { grants, asOf }, answers }: ChildAnswers,
  rules: readonly Rule[],
  { contracts, registry, pack }: WaitingContext,
): Evaluation =>
  evaluate(rules, { ...{ answers, grants, contracts, registry, asOf }, parameters: alertParametersOf(pack) })

/** Oldest first; of two at once by rule, then by id. */
export const oldestFirst = (one: WorkPlace, other: WorkPlace): number =>
  Date.parse(one.since) - Date.parse(other.since) || compare(one.code, other.code) || compare(one.id, other.id)

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
