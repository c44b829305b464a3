import { consentInOne, consentInTwo, directCare } from './aboutConsent.ts'
import { counterfactuals } from './counterfactuals.ts'
import { courtsInOne, courtsInTwo } from './courtsAndCapacity.ts'
import { reasons } from './reasons.ts'
import type { Invariant } from './situationPredicates.ts'
import { whatIsDisclosed } from './whatIsDisclosed.ts'
import { whatMustOpen } from './whatMustOpen.ts'
import { whatStaysClosed } from './whatStaysClosed.ts'
import { whatThePackSays } from './whatThePackSays.ts'
import { whoseRecordInOne, whoseRecordInTwo } from './whoseRecord.ts'

/** Asked together on one walk: each looks at little beyond what the decision itself has read. */
export const askedTogether: readonly Invariant[] = [
  ...whatStaysClosed,
  ...consentInOne,
  ...directCare,
  ...whatIsDisclosed,
  ...whoseRecordInOne,
]

/** Asked on a walk each, since each looks at more facts than the decision does, or at another decision. */
export const askedAlone: readonly Invariant[] = [
  ...consentInTwo,
  ...counterfactuals,
  ...whatMustOpen,
  ...reasons,
  ...whatThePackSays,
  ...whoseRecordInTwo,
  ...courtsInOne,
  ...courtsInTwo,
]

export const invariants: readonly Invariant[] = [...askedTogether, ...askedAlone]
