import { type Evaluation, evaluate } from '../alerts/evaluateRules.ts'
import { judge, type Rule } from '../alerts/rule.ts'
import type { Without } from '../childView/whyCountIncomplete.ts'
import type { ChildAnswers } from '../disclosure/childAccess.ts'
import type { Registry } from '../foundation/registry.ts'
import { alertParametersOf } from '../policy/alertParameters.ts'
import type { Pack } from '../policy/pack.ts'
import type { Contracts } from '../records/agencyAnswers.ts'

/** What is looked for in the records of many children. It is judged as a rule of an alert is, and tells nobody. */
export interface Theme {
  /** `CaseTheme` of `schema/oversight.graphql`. */
  readonly name: string
  readonly rule: Rule
  /** Where nobody could have recorded it, that nothing is on record does not say that it is not so. */
  readonly isUnknown?: (answers: ChildAnswers['answers'], asOf: string) => boolean
}

export interface Judging {
  readonly contracts: Contracts
  readonly registry: Registry
  readonly pack: Pack
}

/** What a theme comes to for one child and one reader. */
export interface Verdict {
  /** Null where it cannot be told: what may not be read is never taken for absent. */
  readonly holds: boolean | null
  readonly records: readonly {
    readonly id: string
    readonly eventAt: string | null
    readonly recordedAt: string | null
  }[]
  readonly without: readonly Without[]
}

/** Judges themes over one child, from the rows that this reader may read and from no other. */
export function verdictsOf(
  themes: readonly Theme[],
  { child, answers }: ChildAnswers,
  { contracts, registry, pack }: Judging,
): ReadonlyMap<Theme, Verdict> {
  const { grants, asOf } = child
  const rules = themes.map(({ rule }) => rule)
  const found = evaluate(rules, { answers, grants, contracts, registry, asOf, parameters: alertParametersOf(pack) })
  const ground = { answers, grants, contracts }
  return new Map(themes.map((theme) => [theme, verdictOf(theme, found, judge(theme.rule, ground).without)]))
}

/** @param lacking what the question lacks of its lists, whatever was found: no record that was found moves it. */
function verdictOf({ rule }: Theme, { alerts, notJudged }: Evaluation, lacking: Verdict['without']): Verdict {
  const without = [...lacking, ...(notJudged.find((one) => one.rule === rule)?.unsayable ?? [])]
  const evidence = alerts.filter((alert) => alert.rule === rule).flatMap((alert) => alert.evidence)
  const records = evidence.map(({ recordId, eventAt, recordedAt }) => ({ id: recordId, eventAt, recordedAt }))
  return { holds: records.length > 0 ? true : without.length > 0 ? null : false, records, without }
}
