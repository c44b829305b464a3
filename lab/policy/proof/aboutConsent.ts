import { over } from './situationPoint.ts'
import {
  betweenHealth,
  blockedByConsent,
  cause,
  couldGive,
  type Invariant,
  isBase,
  kind,
  leaves,
  onHarm,
  openedByAge,
  own,
  path,
  refusedByChild,
  saidNo,
  same,
  signOfHarm,
} from './situationPredicates.ts'

/** Where consent is heard. Each looks at one decision. */
export const consentInOne: readonly Invariant[] = [
  {
    id: 'I8',
    sentence: 'What an age under 13 opens is never blocked by consent.',
    holds: (p) => !blockedByConsent(p.decision) || !openedByAge(p),
  },
  {
    id: 'I9',
    sentence: 'At reasonable cause to suspect significant harm nothing is blocked by consent.',
    holds: (p) => !blockedByConsent(p.decision) || !cause(p),
  },
  {
    id: 'I25',
    sentence:
      'On the consent path nothing leaves without consent that could be given, an own record, direct care, harm or break-glass.',
    holds: (p) =>
      path(p) !== 'CONSENT' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      (betweenHealth(p) && !refusedByChild(p)) ||
      isBase(p) ||
      onHarm(p) ||
      p.input.child.breakGlass ||
      openedByAge(p) ||
      (p.pack.labels[p.input.label].gate === 'consent' &&
        p.input.consent !== 'NONE' &&
        p.input.consent.state === 'GIVEN' &&
        couldGive(p)),
  },
  {
    id: 'I30',
    sentence: 'A young person who could decide and refused a sensitive service is heard on the duty path without harm.',
    holds: (p) =>
      kind(p) !== 'SENSITIVE' ||
      path(p) !== 'DUTY' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      p.input.consent === 'NONE' ||
      !saidNo(p) ||
      p.input.consent.giver !== 'CHILD' ||
      !couldGive(p) ||
      p.input.child.ageBand === 'UNDER_13' ||
      signOfHarm(p) ||
      p.input.child.breakGlass,
  },
]

/** Direct care is what health organisations that treat one child do for each other. */
export const directCare: readonly Invariant[] = [
  {
    id: 'I64',
    sentence:
      'Direct care never opens sexual health, a sexual assault referral centre, or what is not a health record.',
    holds: (p) =>
      p.decision.code !== 'OK_DIRECT_CARE' ||
      (['HEALTH_GENERAL', 'HEALTH_MENTAL'].includes(p.input.label) && betweenHealth(p)),
  },
  {
    id: 'I65',
    sentence: 'A child able to decide who refuses is heard between those who treat the child too.',
    holds: (p) => p.decision.code !== 'OK_DIRECT_CARE' || !refusedByChild(p),
  },
]

/** Each compares a decision with the one that another consent would have given, or looks at what follows from it. */
export const consentInTwo: readonly Invariant[] = [
  {
    id: 'I22',
    sentence: 'A valid refusal that is set aside must be answered for with a reason.',
    holds: (p) =>
      p.decision.outcome !== 'PERMIT' ||
      ['OK_OWN_RECORD', 'OK_BASE', 'OK_CONSENT', 'OK_DIRECT_CARE', 'OK_BREAK_GLASS'].includes(p.decision.code) ||
      p.input.consent === 'NONE' ||
      !['REFUSED', 'WITHDRAWN'].includes(p.input.consent.state) ||
      !couldGive(p) ||
      p.decision.obligations.includes('RECORD_OVERRIDE_REASON'),
  },
  {
    id: 'I1',
    sentence: 'Consent never changes an outcome on the harm path or under a court order.',
    holds: (p) => !['HARM', 'COURT'].includes(path(p)) || same(p.decision, p.had({ consent: 'NONE' })),
  },
  {
    id: 'I10',
    sentence: 'Refusing, withdrawing or letting consent expire never discloses more than giving it.',
    holds: (p) => {
      if (!leaves(p.decision)) return true
      const { consent } = p.input
      if (consent === 'NONE' || consent.state === 'GIVEN') return true
      return leaves(p.had({ consent: over(consent, { state: 'GIVEN' }) }))
    },
  },
  {
    id: 'I33',
    sentence: 'On the duty path consent is heard for sensitive services from 13 alone.',
    holds: (p) =>
      path(p) !== 'DUTY' ||
      p.input.consent === 'NONE' ||
      (kind(p) === 'SENSITIVE' && p.input.child.ageBand !== 'UNDER_13') ||
      same(p.decision, p.had({ consent: 'NONE' })),
  },
]
