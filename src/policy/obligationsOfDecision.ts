import type { Situation } from './decisionInput.ts'
import { isUnsupported } from './pack.ts'
import type { Obligation } from './reasonCodes.ts'
import { validGiver } from './validConsent.ts'

/**
 * A refusal by someone who could give consent: never a block where consent is not asked, yet a reason to record why it
 * was set aside.
 */
export const refusalOnFile = ({ consent, child }: Situation): readonly Obligation[] =>
  consent !== 'NONE' &&
  (consent.state === 'REFUSED' || consent.state === 'WITHDRAWN') &&
  validGiver(consent, child.ageBand)
    ? ['RECORD_OVERRIDE_REASON', 'INFORM_CHILD_UNLESS_UNSAFE']
    : []

/**
 * A decision made before there was harm to act on keeps back what is said, not that there is something to ask about at
 * once.
 */
export const passesHold = (s: Situation): boolean => s.ruled.headlinePassesHoldOnHarm === true && s.harmPath

/**
 * A holder's decision goes back to the holder. Whoever decided in knowledge of the harm has decided about it; an older
 * decision is made again, now.
 */
export const escalation = (s: Situation): readonly Obligation[] =>
  passesHold(s) && s.row.holdKnewOfHarm !== true ? ['ESCALATE_TO_HOLDER', 'ON_CALL_NOW'] : ['ESCALATE_TO_HOLDER']

/** What follows wherever something is shared and consent was not asked. */
export const withoutConsent = (situation: Situation): readonly Obligation[] => {
  const refused = refusalOnFile(situation)
  const open = situation.ruled.opennessIsADuty === true && refused.length === 0
  return [
    ...refused,
    ...(open ? (['INFORM_CHILD_UNLESS_UNSAFE'] as const) : []),
    ...(isUnsupported(situation.pack, situation.caller.purpose, situation.child)
      ? (['RECORD_MISSING_EPISODE'] as const)
      : []),
    // What passed its holder's decision against it.
    ...(situation.row.hold === 'DETRIMENT' ? escalation(situation) : []),
    ...(situation.ruled.agreementNeverBarsDuty && !situation.child.agreement ? (['REVIEW_AGREEMENT'] as const) : []),
  ]
}

/**
 * A section 47 purpose without a section 47 record is not lowered: consent would come back in by that door. It is
 * questioned instead.
 */
export const unsupportedHarm = (situation: Situation): readonly Obligation[] => [
  ...(situation.reasonableCause ? [] : (['RAISE_S47_PROMPT'] as const)),
  ...withoutConsent(situation),
]
