import { type DecisionInput, type Situation, situationOf } from './decisionInput.ts'
import type { Pack } from './pack.ts'
import type { Obligation, ReasonCode } from './reasonCodes.ts'
import type { Rule } from './rule.ts'
import { lastRule, rules } from './rules.ts'

export interface Decision {
  /** SILENT: answered exactly as if nothing were held. */
  readonly outcome: Rule['outcome']
  readonly code: ReasonCode
  readonly rule: string
  readonly legalBasis: string
  readonly obligations: readonly Obligation[]
}

/** The rule that decides, for whoever explains a decision. */
export const ruleById = (id: string): Rule => rules.find((rule) => rule.id === id) ?? lastRule

const none: readonly Obligation[] = []

/**
 * A decision by an ordered list of rules. The product knows one list; the proof also asks what a broken one would do.
 */
export const decideBy =
  (ordered: readonly Rule[]) =>
  (pack: Pack, input: DecisionInput): Decision => {
    const situation = situationOf(pack, input)
    const rule = ordered.find((candidate) => candidate.when(situation)) ?? lastRule
    return {
      outcome: outcomeOf(rule, situation),
      code: typeof rule.code === 'string' ? rule.code : rule.code(situation),
      rule: rule.id,
      legalBasis: rule.legalBasis,
      // Asked for only by who carries them out, so that a decision itself reads no more than it must.
      get obligations() {
        return rule.obligations?.(situation) ?? none
      },
    }
  }

/**
 * Decides one label of one child for one caller: the whole disclosure policy. Pure, total and denying by default; the
 * tests walk its whole input space. Nothing a caller claims enters but role, type of organisation and purpose, which
 * the token's issuer vouches for.
 */
export const decide = decideBy(rules)

/**
 * To tell that something is withheld tells that it may exist. An auditor is shown it, because the answer is the same
 * for every child.
 */
function outcomeOf(rule: Rule, situation: Situation): Rule['outcome'] {
  if (rule.outcome !== 'WITHHOLD' || situation.path === 'METADATA') return rule.outcome
  return situation.access.hidden ? 'SILENT' : 'WITHHOLD'
}
