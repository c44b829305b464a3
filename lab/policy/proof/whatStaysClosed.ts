import { purposeIn } from '../../../src/policy/pack.ts'
import {
  hidden,
  type Invariant,
  isHeld,
  isPurpose,
  isType,
  kind,
  leaves,
  onHarm,
  onList,
  openedByAge,
  orderBinds,
  own,
  passesHold,
  path,
  withoutAgreement,
} from './situationPredicates.ts'

/** What never leaves, whoever asks. Each looks at one decision. */
export const whatStaysClosed: readonly Invariant[] = [
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
      isHeld(p) ||
      orderBinds(p) ||
      p.decision.outcome === 'SILENT' ||
      ['W_STATUTORY_PROHIBITION', 'W_LEGAL_PRIVILEGE'].includes(p.decision.code) ||
      !p.input.row.ncnd,
  },
  {
    id: 'I5',
    sentence:
      "A holder's decision not to disclose is overridden by nobody else; a headline alone passes it on harm, where the pack says so.",
    holds: (p) => !leaves(p.decision) || own(p) || p.input.row.hold !== 'DETRIMENT' || passesHold(p) || orderBinds(p),
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
    id: 'I11',
    sentence: 'A record judged not relevant never leaves its holder.',
    holds: (p) => !leaves(p.decision) || own(p) || p.input.row.relevance !== 'NOT_RELEVANT' || orderBinds(p),
  },
  {
    id: 'I12',
    sentence:
      'Nothing leaves without an agreement, save court, emergency, break-glass and own record, and harm and duty where the pack says so.',
    holds: (p) =>
      !leaves(p.decision) ||
      path(p) === 'COURT' ||
      isPurpose(p, 'EMERGENCY') ||
      own(p) ||
      p.input.child.agreement ||
      p.input.child.breakGlass ||
      withoutAgreement(p),
  },
  {
    id: 'I18',
    sentence: 'No block is told to a role from which existence itself is hidden.',
    holds: (p) => p.decision.outcome !== 'WITHHOLD' || path(p) === 'METADATA' || !hidden(p),
  },
  {
    id: 'I20',
    sentence: 'The embargo of a holder never stands before harm.',
    holds: (p) => p.decision.code !== 'W_HOLDER_EMBARGO' || !onHarm(p),
  },
  {
    id: 'I24',
    sentence: 'Intelligence under handling conditions is read only by its holder, and by hub and social care on harm.',
    holds: (p) =>
      kind(p) !== 'INTELLIGENCE' ||
      !leaves(p.decision) ||
      !p.input.row.conditions ||
      own(p) ||
      orderBinds(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH') && onHarm(p)),
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
      openedByAge(p),
  },
  {
    id: 'I27',
    sentence:
      'A purpose opens nothing to a type of organisation for which the pack does not open it, own records aside.',
    holds: (p) =>
      !leaves(p.decision) ||
      purposeIn(p.pack, p.input.caller.purpose).openTo.includes(p.input.caller.agencyType) ||
      own(p) ||
      orderBinds(p),
  },
  {
    id: 'I28',
    sentence: 'A role that the label does not list reads nothing of it.',
    holds: (p) => !leaves(p.decision) || onList(p) || orderBinds(p),
  },
]
