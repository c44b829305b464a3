import type { CountCompleteness, Reads } from '../childView/countCompleteness.ts'
import type { Without } from '../childView/whyCountIncomplete.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import type { DisclosureRequest } from '../disclosure/disclosureRequest.ts'
import { inTurns } from '../disclosure/yieldToOthers.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Contracts } from '../records/agencyAnswers.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { type Asking, demandQuestion } from './oversightQuestion.ts'
import { type Judging, type Theme, type Verdict, verdictsOf } from './theme.ts'
import { auditThemes } from './themes.ts'
import { keyOf } from './waitingAlerts.ts'

/** Each case is read twice at most: for the themes, and for what is selected of the child. */
const mostCases = 50

/** `AuditedCase` of `schema/oversight.graphql`. */
export interface AuditedCase {
  readonly childId: string
  readonly themes: readonly {
    readonly theme: string
    readonly holds: boolean | null
    readonly records: readonly string[]
    readonly without: readonly Without[]
  }[]
}

/** `CaseAudit` of `schema/oversight.graphql`. */
export interface CaseAudit {
  readonly cases: readonly AuditedCase[]
  readonly unknown: readonly string[]
  readonly themes: readonly {
    readonly theme: string
    readonly question: string
    /** Null where it could be told of no case. */
    readonly caseCount: number | null
    readonly completeness: CountCompleteness
    readonly without: readonly Without[]
  }[]
}

export type CaseAuditContext = Asking & Pick<DisclosureRequest, 'readManyForNeeds'>

/**
 * Several cases laid side by side: of how many each theme is so, and which records bear it out. Each case is opened for
 * the caller and stands in the entry by its own id. Nothing is suppressed: who asks reads the cases themselves.
 */
export async function caseAudit(caseIds: readonly string[], context: CaseAuditContext): Promise<CaseAudit> {
  demandQuestion(context, 'CASE_AUDIT')
  const ids = [...new Set(caseIds)]
  if (ids.length === 0 || ids.length > mostCases)
    throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostCases} cases.` })
  const needs = mergeNeeds(...auditThemes.map(({ rule }) => rule.needs))
  const found = await context.readManyForNeeds(ids, needs, true)
  const judged = new Map<string, ReadonlyMap<Theme, Verdict>>()
  await inTurns(found, (of) => {
    judged.set(of.child.id, caseVerdictsOf(of, context))
  })
  const verdicts = (theme: Theme): readonly Verdict[] => [...judged.values()].flatMap((of) => of.get(theme) ?? [])
  return {
    cases: ids.flatMap((childId) => {
      const of = judged.get(childId)
      if (!of) return []
      const themes = [...of].map(([{ name }, { holds, records, without }]) => ({
        ...{ theme: name, holds, without },
        records: records.map(({ id }) => id),
      }))
      return [{ childId, themes }]
    }),
    unknown: ids.filter((id) => !judged.has(id)),
    themes: auditThemes.map((theme) => counted(theme, verdicts(theme))),
  }
}

/** What each theme comes to for one case. */
export const caseVerdictsOf = (of: ChildAnswers, context: Judging): ReadonlyMap<Theme, Verdict> =>
  new Map(
    [...verdictsOf(auditThemes, of, context)].map(
      ([theme, verdict]) => [theme, saidOf(theme, verdict, of, context.contracts)] as const,
    ),
  )

/** That it is not so is said where it could have been recorded. */
function saidOf({ isUnknown, rule }: Theme, verdict: Verdict, of: ChildAnswers, contracts: Contracts): Verdict {
  if (verdict.holds !== false || !isUnknown?.(of.answers, of.child.asOf)) return verdict
  const without = agenciesOf(rule.reads.grounds).map((name): Without => {
    const { agency, contact = null } = contracts[name]
    return { agency, holder: null, state: 'PARTIAL', label: null, reason: 'NOT_RECORDED', contact }
  })
  return { ...verdict, holds: null, without }
}

const agenciesOf = (grounds: Reads['grounds']): readonly AgencyName[] =>
  agencies.filter((name) => grounds.some((ground) => name in ground))

/**
 * In how many cases it is so; where it cannot be told of all of them, or a list that the question reads is not read
 * whole of one, at least. By grants and states alone: that a record bears it out makes no number whole.
 */
function counted({ name, rule }: Theme, verdicts: readonly Verdict[]): CaseAudit['themes'][number] {
  const without = new Map(verdicts.flatMap(({ without }) => without).map((of) => [keyOf(of), of]))
  const isTold = verdicts.length === 0 || verdicts.some(({ holds }) => holds !== null)
  const isWhole = verdicts.every((verdict) => verdict.holds !== null && verdict.without.length === 0)
  return {
    ...{ theme: name, question: rule.rule },
    caseCount: isTold ? verdicts.filter(({ holds }) => holds === true).length : null,
    completeness: !isTold ? whyUntold(verdicts) : isWhole ? 'WHOLE' : 'AT_LEAST',
    without: [...without.values()],
  }
}

const whyUntold = (verdicts: readonly Verdict[]): CountCompleteness =>
  verdicts.every(({ without }) => without.every(({ reason }) => reason === 'NOT_RECORDED')) ? 'NOT_KNOWN' : 'WITHHELD'
