import type { Rule } from './rule.ts'
import { rulesThatLimit } from './rulesThatLimit.ts'
import { rulesThatOpen } from './rulesThatOpen.ts'

/**
 * The ordered rules; the first whose `when` holds decides. What the list of a label gives a role (`accessOf`) is part
 * of rules 6 and 11: an organisation's own record sets agreement, holds and consent aside, never the list, so that a
 * school nurse does not read a colleague's record of a sexual assault referral centre. Rules 8 and 9 stand after 10 and
 * 11, so that a hold, which is only ever recorded about something, is disclosed to none but those who would otherwise
 * be given it. A block on a label whose existence is hidden from the role becomes silent in `decide`.
 */
export const rules: readonly Rule[] = [...rulesThatLimit, ...rulesThatOpen]

/** Deny by default: a case that no rule speaks of. */
export const lastRule: Rule = {
  id: '24',
  code: 'W_UNCLASSIFIED',
  outcome: 'WITHHOLD',
  when: () => true,
  legalBasis: 'UK GDPR Art 25: protection by default.',
  text: 'No rule permits it.',
}
