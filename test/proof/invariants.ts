import type { Decision } from '../../src/policy/decide.ts'
import { type Purpose, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import type { Point } from './point.ts'

/** A sentence about every decision, and whether one point keeps it. */
export interface Invariant {
  readonly id: string
  readonly sentence: string
  readonly holds: (point: Point) => boolean
}

export const leaves = ({ outcome }: Decision): boolean => outcome === 'PERMIT' || outcome === 'REDACT'

const path = ({ input }: Point) => pathOfPurpose[input.caller.purpose]
const kind = ({ pack, input }: Point) => pack.labels[input.label].class
const isHome = ({ input }: Point): boolean => input.caller.agencyType === input.home
const own = (point: Point): boolean => isHome(point) && point.input.child.relationship !== 'NONE'
const onHarm = (point: Point): boolean => path(point) === 'HARM' || point.input.child.harm === 'REASONABLE_CAUSE'
const isType = ({ input }: Point, ...types: readonly string[]): boolean => types.includes(input.caller.agencyType)
const isPurpose = ({ input }: Point, ...purposes: readonly Purpose[]): boolean =>
  purposes.includes(input.caller.purpose)
const blockedByConsent = ({ code }: Decision): boolean =>
  code.startsWith('W_CONSENT') || code === 'W_DETRIMENT_PRESUMED_SENSITIVE'
const same = (one: Decision, other: Decision): boolean =>
  one.outcome === other.outcome && one.code === other.code && one.rule === other.rule
/** Whether the role's list names the role for this label at all, whatever the purpose. */
const onList = ({ pack, input }: Point): boolean =>
  pack.labels[input.label].access.some((entry) => entry.roles.includes(input.caller.role))
const hidden = (point: Point): boolean => {
  const { hiddenFrom } = point.pack.labels[point.input.label]
  return hiddenFrom === 'ALL_OTHERS' ? !onList(point) : hiddenFrom.includes(point.input.caller.role)
}
const sixteen = ({ input }: Point): boolean => input.child.ageBand === '16_TO_17' || input.child.ageBand === 'ADULT'
/** Written anew from law and not from the code under proof: who may decide at what age. */
const couldGive = (point: Point): boolean => {
  const { consent } = point.input
  if (consent === 'NONE') return false
  if (consent.giver === 'PARENT') return !sixteen(point)
  return sixteen(point) ? consent.competence !== 'NOT_COMPETENT' : consent.competence === 'COMPETENT'
}

/** Each looks at one decision. */
export const ofOne: readonly Invariant[] = [
  {
    id: 'I2',
    sentence: 'A statutory prohibition yields only to a court, and to the team that statute names on its own record.',
    holds: (p) => kind(p) !== 'STATUTORY' || !leaves(p.decision) || path(p) === 'COURT' || (onList(p) && own(p)),
  },
  {
    id: 'I3',
    sentence: 'Privileged advice never leaves the legal team that took it, whatever is ordered.',
    holds: (p) => kind(p) !== 'PRIVILEGE' || !leaves(p.decision) || (onList(p) && own(p)),
  },
  {
    id: 'I4',
    sentence: 'What is neither confirmed nor denied never leaves its holder, and no row of it is told.',
    holds: (p) =>
      isHome(p) ||
      p.decision.outcome === 'SILENT' ||
      ['W_STATUTORY_PROHIBITION', 'W_LEGAL_PRIVILEGE'].includes(p.decision.code) ||
      !p.input.row.ncnd,
  },
  {
    id: 'I5',
    sentence: "A holder's decision not to disclose is overridden by nobody else, not even by harm or break-glass.",
    holds: (p) => !leaves(p.decision) || own(p) || p.input.row.hold !== 'DETRIMENT',
  },
  {
    id: 'I6',
    sentence: 'An auditor and a closed purpose never see content.',
    holds: (p) => !leaves(p.decision) || (path(p) !== 'METADATA' && path(p) !== 'CLOSED'),
  },
  {
    id: 'I7',
    sentence: 'Nothing leaves without a relationship, save break-glass and court.',
    holds: (p) =>
      !leaves(p.decision) || path(p) === 'COURT' || p.input.child.relationship !== 'NONE' || p.input.child.breakGlass,
  },
  {
    id: 'I8',
    sentence: 'A sensitive service to a child under 13 is never blocked by consent.',
    holds: (p) => kind(p) !== 'SENSITIVE' || !blockedByConsent(p.decision) || p.input.child.ageBand !== 'UNDER_13',
  },
  {
    id: 'I9',
    sentence: 'At reasonable cause to suspect significant harm nothing is blocked by consent.',
    holds: (p) => !blockedByConsent(p.decision) || p.input.child.harm !== 'REASONABLE_CAUSE',
  },
  {
    id: 'I11',
    sentence: 'A record judged not relevant never leaves its holder.',
    holds: (p) => !leaves(p.decision) || own(p) || p.input.row.relevance !== 'NOT_RELEVANT',
  },
  {
    id: 'I12',
    sentence: 'Nothing leaves without an agreement, save court, emergency, break-glass and own record.',
    holds: (p) =>
      !leaves(p.decision) ||
      path(p) === 'COURT' ||
      isPurpose(p, 'EMERGENCY') ||
      own(p) ||
      p.input.child.agreement ||
      p.input.child.breakGlass,
  },
  {
    id: 'I13',
    sentence: 'Another person is named only to social care, hub or police, for harm or at a conference.',
    holds: (p) =>
      kind(p) !== 'THIRD_PARTY' ||
      p.decision.outcome !== 'PERMIT' ||
      p.input.level !== 'CONTENT' ||
      own(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') && (isPurpose(p, 'CP_CONFERENCE') || onHarm(p))),
  },
  {
    id: 'I14',
    sentence: 'On a transfer whatever is withheld is listed with a code; only what must stay hidden is silent.',
    holds: (p) =>
      !isPurpose(p, 'TRANSFER_RECEIVE', 'TRANSFER_SEND') ||
      (p.decision.outcome === 'WITHHOLD' && p.decision.code.startsWith('W_')) ||
      leaves(p.decision) ||
      hidden(p) ||
      (!isHome(p) && p.input.row.ncnd),
  },
  {
    id: 'I18',
    sentence: 'No block is told to a role from which existence itself is hidden.',
    holds: (p) => p.decision.outcome !== 'WITHHOLD' || path(p) === 'METADATA' || !hidden(p),
  },
  {
    id: 'I19',
    sentence: 'Outcome and code agree, and a named rule spoke.',
    holds: ({ decision }) =>
      decision.rule !== '24' &&
      { PERMIT: 'OK_', REDACT: 'R_', WITHHOLD: 'W_', SILENT: '' }[decision.outcome] ===
        (decision.outcome === 'SILENT' ? '' : `${decision.code.split('_')[0]}_`),
  },
  {
    id: 'I20',
    sentence: 'The embargo of a holder never stands before harm.',
    holds: (p) => p.decision.code !== 'W_HOLDER_EMBARGO' || !onHarm(p),
  },
  {
    id: 'I21',
    sentence: 'Break-glass that opens something alerts the privacy officer and the responsible authority.',
    holds: ({ decision }) =>
      decision.code !== 'OK_BREAK_GLASS' ||
      ['ALERT_PRIVACY_OFFICER', 'NOTIFY_RESPONSIBLE_LA'].every((each) =>
        decision.obligations.some((obligation) => obligation === each),
      ),
  },
  {
    id: 'I23',
    sentence: 'A protected place is given exactly only to social care, hub or police, on a harm, duty or court path.',
    holds: (p) =>
      kind(p) !== 'LOCATION' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') && ['HARM', 'DUTY', 'COURT'].includes(path(p))),
  },
  {
    id: 'I24',
    sentence: 'Intelligence under handling conditions is read only by its holder, and by hub and social care on harm.',
    holds: (p) =>
      kind(p) !== 'INTELLIGENCE' ||
      !leaves(p.decision) ||
      !p.input.row.conditions ||
      own(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH') && onHarm(p)),
  },
  {
    id: 'I25',
    sentence:
      'On the consent path nothing leaves without consent that could be given, an own record, harm or break-glass.',
    holds: (p) =>
      path(p) !== 'CONSENT' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      p.pack.labels[p.input.label].base === true ||
      onHarm(p) ||
      p.input.child.breakGlass ||
      (kind(p) === 'SENSITIVE' && p.input.child.ageBand === 'UNDER_13') ||
      (p.pack.labels[p.input.label].gate === 'consent' &&
        p.input.consent !== 'NONE' &&
        p.input.consent.state === 'GIVEN' &&
        couldGive(p)),
  },
  {
    id: 'I26',
    sentence: "Policing opens the force's own records, and others only for harm, a child under 13 or break-glass.",
    holds: (p) =>
      path(p) !== 'POLICING' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      onHarm(p) ||
      p.input.child.breakGlass ||
      (kind(p) === 'SENSITIVE' && p.input.child.ageBand === 'UNDER_13'),
  },
  {
    id: 'I27',
    sentence:
      'A purpose opens nothing to a type of organisation for which the pack does not open it, own records aside.',
    holds: (p) =>
      !leaves(p.decision) ||
      p.pack.purposes[p.input.caller.purpose].openTo.includes(p.input.caller.agencyType) ||
      own(p),
  },
  {
    id: 'I28',
    sentence: 'A role that the label does not list reads nothing of it.',
    holds: (p) => !leaves(p.decision) || onList(p),
  },
  {
    id: 'I29',
    sentence: 'A mark, a hold or a missing agreement never stands before the holder who works with the child.',
    holds: (p) =>
      !['W_HOLDER_DETRIMENT', 'W_HOLDER_EMBARGO', 'W_NOT_RELEVANT', 'W_RELEVANCE_UNDECIDED', 'W_NO_AGREEMENT'].includes(
        p.decision.code,
      ) ||
      !own(p) ||
      !onList(p) ||
      p.input.level === 'CONTENT' ||
      p.pack.labels[p.input.label].access.some(({ purposes, scope }) => purposes || scope),
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
      !['REFUSED', 'WITHDRAWN', 'EXPIRED'].includes(p.input.consent.state) ||
      p.input.consent.giver !== 'CHILD' ||
      !couldGive(p) ||
      p.input.child.ageBand === 'UNDER_13' ||
      ['CONCERN', 'REASONABLE_CAUSE'].includes(p.input.child.harm) ||
      p.input.child.breakGlass,
  },
]

/** Each compares a decision with the one that another fact would have given, or looks at what follows from it. */
export const ofTwo: readonly Invariant[] = [
  {
    id: 'I22',
    sentence: 'A valid refusal that is set aside must be answered for with a reason.',
    holds: (p) =>
      p.decision.outcome !== 'PERMIT' ||
      ['OK_OWN_RECORD', 'OK_BASE', 'OK_CONSENT', 'OK_BREAK_GLASS'].includes(p.decision.code) ||
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
      return leaves(p.had({ consent: { state: 'GIVEN', giver: consent.giver, competence: consent.competence } }))
    },
  },
  {
    id: 'I15',
    sentence: 'Break-glass never gives less than the same request without it.',
    holds: (p) => p.input.child.breakGlass || !leaves(p.decision) || leaves(p.had({ child: { breakGlass: true } })),
  },
  {
    id: 'I32',
    sentence:
      'Break-glass changes nothing about adoption, privilege, whoever informed, and rows that their holder marked.',
    holds: (p) => {
      if (!p.input.child.breakGlass) return true
      const never = ['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'].includes(kind(p))
      if (!never && !p.input.row.ncnd && !p.input.row.conditions) return true
      return same(p.decision, p.had({ child: { breakGlass: false } }))
    },
  },
  {
    id: 'I31',
    sentence: 'Whoever may read all of something may know that it exists.',
    holds: (p) => p.input.level !== 'CONTENT' || !leaves(p.decision) || leaves(p.had({ level: 'HEADLINE' })),
  },
  {
    id: 'I32',
    sentence: 'Reasonable cause never gives less than a mere concern, and a concern never less than none.',
    holds: (p) => {
      const { harm } = p.input.child
      if (harm === 'REASONABLE_CAUSE' || !leaves(p.decision)) return true
      if (harm === 'NONE') return leaves(p.had({ child: { harm: 'CONCERN' } }))
      return leaves(p.had({ child: { harm: 'REASONABLE_CAUSE' } }))
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
  {
    id: 'I34',
    sentence: 'When social care cannot be asked, nothing is decided otherwise than when it knows of no harm.',
    holds: (p) => p.input.child.harm !== 'UNKNOWN' || same(p.decision, p.had({ child: { harm: 'NONE' } })),
  },
  {
    id: 'I35',
    sentence: 'A child of unknown age is decided for as one of 13 to 15, an adult as a young person of 16.',
    holds: (p) =>
      p.input.child.ageBand === 'UNKNOWN'
        ? same(p.decision, p.had({ child: { ageBand: '13_TO_15' } }))
        : p.input.child.ageBand !== 'ADULT' || same(p.decision, p.had({ child: { ageBand: '16_TO_17' } })),
  },
  {
    id: 'I36',
    sentence: 'A mark on a row is told only to those to whom the unmarked row would be given.',
    holds: (p) =>
      !['8', '9', '12a', '12b', '13'].includes(p.decision.rule) ||
      p.decision.outcome === 'SILENT' ||
      leaves(p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } })) ||
      blockedByConsent(p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } })) ||
      p.had({ row: { hold: 'NONE', relevance: 'RELEVANT', conditions: false } }).rule === '21a',
  },
  {
    id: 'I37',
    sentence: 'No mark on a row opens what the unmarked row keeps closed.',
    holds: (p) =>
      !leaves(p.decision) ||
      leaves(p.had({ row: { hold: 'NONE', ncnd: false, relevance: 'RELEVANT', conditions: false } })),
  },
  {
    id: 'I38',
    sentence: 'Any relationship serves the decision alike, and having none never opens more.',
    holds: (p) =>
      p.input.child.relationship === 'EPISODE' ||
      (p.input.child.relationship === 'NONE'
        ? !leaves(p.decision) || leaves(p.had({ child: { relationship: 'EPISODE' } }))
        : same(p.decision, p.had({ child: { relationship: 'EPISODE' } }))),
  },
  {
    id: 'I39',
    sentence: 'An agreement never closes anything.',
    holds: (p) => p.input.child.agreement || !leaves(p.decision) || leaves(p.had({ child: { agreement: true } })),
  },
]

export const invariants: readonly Invariant[] = [...ofOne, ...ofTwo]
