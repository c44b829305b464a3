import type { ChildFacts, ConsentFact } from './facts.ts'
import { type Label, labels } from './labels.ts'
import type { AgencyType, Purpose } from './vocabulary.ts'

type AgeBand = ChildFacts['ageBand']
type Given = Pick<ConsentFact, 'giver' | 'competence'>

const sixteenOrOver = (age: AgeBand): boolean => age === '16_TO_17' || age === 'ADULT'

/**
 * Whether the child decided for themselves: 16 and over unless judged unable (Family Law Reform Act 1969 s.8), under 16
 * when judged competent (Gillick).
 */
export const decidedByChild = (consent: Given, age: AgeBand): boolean =>
  consent.giver === 'CHILD' &&
  (sixteenOrOver(age) ? consent.competence !== 'NOT_COMPETENT' : consent.competence === 'COMPETENT')

/**
 * Whether the giver could give: the child as above; whoever has parental responsibility only for a child under 16. From
 * 16 on, where the young person was judged unable to make this decision, a decision in their best interests stands in
 * its place (Mental Capacity Act 2005 ss.1 to 6): those with parental responsibility are consulted and do not decide.
 */
export const validGiver = (consent: Given, age: AgeBand): boolean => {
  if (consent.giver === 'CHILD') return decidedByChild(consent, age)
  if (consent.giver === 'BEST_INTERESTS') return sixteenOrOver(age) && consent.competence === 'NOT_COMPETENT'
  return !sixteenOrOver(age)
}

export interface ConsentQuestion {
  readonly label: Label
  readonly recipient: AgencyType
  readonly purpose: Purpose
  readonly ageBand: AgeBand
}

/**
 * The one consent that speaks for a label, recipient and purpose. A competent child's word stands before a parent's; of
 * one giver the latest act counts, and of two at one instant the refusal. A consent that ran out speaks only when no
 * act does.
 */
export function speakingConsent(consents: readonly ConsentFact[], question: ConsentQuestion): ConsentFact | 'NONE' {
  let best: ConsentFact | 'NONE' = 'NONE'
  for (const consent of consents) {
    if (!covers(consent, question) || !validGiver(consent, question.ageBand)) continue
    if (best === 'NONE' || speaksBefore(consent, best)) best = consent
  }
  return best
}

/**
 * The consents that speak for any label, in the order given: what a decision for this recipient and purpose stands on.
 * Decided by these alone, everything is decided as by all of them.
 */
export function speakingConsents(
  consents: readonly ConsentFact[],
  question: Omit<ConsentQuestion, 'label'>,
): readonly ConsentFact[] {
  if (consents.length === 0) return consents
  const speaking = new Set(labels.map((label) => speakingConsent(consents, { ...question, label })))
  return consents.filter((consent) => speaking.has(consent))
}

const covers = (consent: ConsentFact, { label, recipient, purpose }: ConsentQuestion): boolean =>
  (consent.labels.length === 0 || consent.labels.includes(label)) &&
  (consent.recipient === null || consent.recipient === recipient) &&
  (consent.purpose === null || consent.purpose === purpose)

const rankOfState = { REFUSED: 2, WITHDRAWN: 2, GIVEN: 2, EXPIRED: 1, NOT_SOUGHT: 0 } as const

function speaksBefore(one: ConsentFact, other: ConsentFact): boolean {
  const act = rankOfState[one.state] - rankOfState[other.state]
  const voice = Number(one.giver === 'CHILD') - Number(other.giver === 'CHILD')
  // A child's expired or unasked word does not silence a parent's standing one; a child's act does.
  if (act !== 0) return act > 0
  if (voice !== 0) return voice > 0
  if (one.recordedAt !== other.recordedAt) return one.recordedAt > other.recordedAt
  return one.state !== 'GIVEN' && other.state === 'GIVEN'
}
