import { purposeIn } from '../../../src/policy/pack.ts'
import type { Obligation, ReasonCode } from '../../../src/policy/reasonCodes.ts'
import type { Point } from './situationPoint.ts'
import {
  betweenHealth,
  cause,
  couldGive,
  type Invariant,
  isBase,
  isHeld,
  isNotifiedAlone,
  isOpenTo,
  isPurpose,
  isUnsupported,
  kind,
  leaves,
  listGives,
  onHarm,
  onList,
  openedByAge,
  orderBinds,
  own,
  path,
  ruled,
} from './situationPredicates.ts'

const consentIs = (p: Point, state: string): boolean =>
  path(p) === 'CONSENT' && p.input.consent !== 'NONE' && p.input.consent.state === state && couldGive(p)
const forHarmOrChild = (p: Point): boolean => cause(p) || openedByAge(p)
const onDuty = (p: Point): boolean =>
  path(p) === 'DUTY' || (['CONSENT', 'POLICING'].includes(path(p)) && forHarmOrChild(p))
const needsJudgement = (p: Point): boolean => ['SENSITIVE', 'ADULT', 'INTELLIGENCE'].includes(kind(p))

/** When each reason is a true one. Whoever reads it acts on it: asks for consent, for an agreement, the holder. */
const trueWhere: Readonly<Record<ReasonCode, (p: Point) => boolean>> = {
  OK_OWN_RECORD: (p) => own(p) && onList(p),
  OK_COURT_ORDER: (p) => path(p) === 'COURT' && (!ruled(p).courtOrderIsRecorded || orderBinds(p)),
  OK_EMERGENCY: (p) => isPurpose(p, 'EMERGENCY'),
  OK_ADULT_SAFEGUARDING: (p) => isPurpose(p, 'ADULT_SAFEGUARDING') && p.input.child.ageBand === 'ADULT',
  OK_MISSING_RESPONSE: (p) => isPurpose(p, 'MISSING_RESPONSE') && !isUnsupported(p),
  OK_S47: (p) => path(p) === 'HARM' && !isPurpose(p, 'EMERGENCY', 'MISSING_RESPONSE'),
  OK_TRANSFER: (p) => isPurpose(p, 'TRANSFER_SEND', 'TRANSFER_RECEIVE'),
  OK_DUTY: (p) => !p.pack.statutoryDuty16LA.inForce && onDuty(p) && !isPurpose(p, 'TRANSFER_SEND', 'TRANSFER_RECEIVE'),
  OK_DUTY_S16LA: (p) => p.pack.statutoryDuty16LA.inForce && onDuty(p),
  OK_BREAK_GLASS: (p) => p.input.child.breakGlass && ['CONSENT', 'POLICING'].includes(path(p)) && !forHarmOrChild(p),
  OK_BASE: (p) => path(p) === 'CONSENT' && isBase(p),
  OK_CONSENT: (p) => consentIs(p, 'GIVEN') && p.pack.labels[p.input.label].gate === 'consent',
  OK_DIRECT_CARE: (p) => path(p) === 'CONSENT' && betweenHealth(p) && p.pack.labels[p.input.label].directCare === true,
  R_THIRD_PARTY_PSEUDONYMISED: (p) => kind(p) === 'THIRD_PARTY' && p.input.level === 'CONTENT',
  R_LOCATION_COARSENED: (p) => kind(p) === 'LOCATION',
  S_NCND: (p) => p.input.row.ncnd && !isHeld(p),
  W_STATUTORY_PROHIBITION: (p) => kind(p) === 'STATUTORY' && path(p) !== 'COURT' && path(p) !== 'METADATA',
  W_LEGAL_PRIVILEGE: (p) => kind(p) === 'PRIVILEGE' && path(p) !== 'METADATA',
  W_METADATA_ONLY: (p) => path(p) === 'METADATA',
  W_PURPOSE_NOT_PERMITTED: (p) =>
    path(p) === 'CLOSED' ||
    path(p) === 'POLICING' ||
    !isOpenTo(p) ||
    (path(p) === 'CONSENT' && p.pack.labels[p.input.label].gate !== 'consent') ||
    (onList(p) && !listGives(p)),
  W_ROLE_NOT_PERMITTED: (p) => isOpenTo(p) && !listGives(p),
  W_NO_AGREEMENT: (p) => !p.input.child.agreement && path(p) !== 'COURT' && !isPurpose(p, 'EMERGENCY'),
  W_NO_RELATIONSHIP: (p) =>
    p.input.child.relationship === 'NONE' && purposeIn(p.pack, p.input.caller.purpose).needsRelationship,
  W_NO_TRANSFER: (p) => isNotifiedAlone(p) && kind(p) !== 'LOCATION',
  W_NO_COURT_ORDER: (p) => path(p) === 'COURT' && p.input.ordered !== true,
  W_COURT_PROHIBITED: (p) => p.input.row.hold === 'COURT_PROHIBITED',
  W_HOLDER_DETRIMENT: (p) => p.input.row.hold === 'DETRIMENT',
  W_HOLDER_EMBARGO: (p) => p.input.row.hold === 'EMBARGO' && !onHarm(p),
  W_NOT_RELEVANT: (p) => p.input.row.relevance === 'NOT_RELEVANT',
  W_RELEVANCE_UNDECIDED: (p) => p.input.row.relevance === 'UNDECIDED' && needsJudgement(p) && !onHarm(p),
  W_HANDLING_CONDITIONS: (p) => p.input.row.conditions && kind(p) === 'INTELLIGENCE',
  W_DETRIMENT_PRESUMED_SENSITIVE: (p) =>
    kind(p) === 'SENSITIVE' &&
    ['DUTY', 'ADULT'].includes(path(p)) &&
    p.input.consent !== 'NONE' &&
    p.input.consent.giver === 'CHILD' &&
    couldGive(p),
  W_CONSENT_REFUSED: (p) => consentIs(p, 'REFUSED'),
  W_CONSENT_WITHDRAWN: (p) => consentIs(p, 'WITHDRAWN'),
  W_CONSENT_EXPIRED: (p) => consentIs(p, 'EXPIRED'),
  W_CONSENT_NOT_SOUGHT: (p) =>
    path(p) === 'CONSENT' && (p.input.consent === 'NONE' || !couldGive(p) || p.input.consent.state === 'NOT_SOUGHT'),
  W_UNCLASSIFIED: () => false,
  // What a view says in the place of silence: no decision gives it.
  W_CANNOT_BE_SAID: () => false,
}

/** What a reason obliges to. */
const dutyOf: Readonly<Partial<Record<ReasonCode, Obligation>>> = {
  W_HOLDER_DETRIMENT: 'ESCALATE_TO_HOLDER',
  W_RELEVANCE_UNDECIDED: 'QUEUE_FOR_HOLDER',
  W_DETRIMENT_PRESUMED_SENSITIVE: 'HOLDER_TO_DECIDE',
}

/** That what is said of a decision is so. */
export const reasons: readonly Invariant[] = [
  {
    id: 'I51',
    sentence: 'Each reason is given only where it is true.',
    holds: (p) => trueWhere[p.decision.code](p),
  },
  {
    id: 'I52',
    sentence: 'Whatever the holder must hear of, the holder hears of.',
    holds: (p) => {
      const duty = dutyOf[p.decision.code]
      return duty === undefined || p.decision.obligations.includes(duty)
    },
  },
  {
    id: 'I53',
    sentence: 'Harm that nobody has recorded as a section 47 enquiry is asked about.',
    holds: (p) => {
      const { code } = p.decision
      const asked = (code === 'OK_S47' && !cause(p)) || (code.startsWith('OK_DUTY') && path(p) !== 'DUTY')
      return !asked || p.decision.obligations.includes('RAISE_S47_PROMPT')
    },
  },
  {
    id: 'I54',
    sentence: 'An embargo keeps its record back wherever there is no harm, own records and an order aside.',
    holds: (p) => !leaves(p.decision) || p.input.row.hold !== 'EMBARGO' || own(p) || onHarm(p) || orderBinds(p),
  },
  {
    id: 'I55',
    sentence:
      'What nobody has judged relevant yet stays with its holder where it is sensitive, without harm or an order.',
    holds: (p) =>
      !leaves(p.decision) ||
      !needsJudgement(p) ||
      p.input.row.relevance !== 'UNDECIDED' ||
      own(p) ||
      onHarm(p) ||
      orderBinds(p),
  },
  {
    id: 'I56',
    sentence: 'An auditor is answered alike whatever is held, save what is neither confirmed nor denied.',
    holds: (p) => path(p) !== 'METADATA' || ['W_METADATA_ONLY', 'S_NCND'].includes(p.decision.code),
  },
]
