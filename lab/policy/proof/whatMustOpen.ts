import {
  cause,
  couldGive,
  type Invariant,
  isBase,
  isNotifiedAlone,
  isOpenTo,
  isType,
  kind,
  leaves,
  listGives,
  ofPlainClass,
  onHarm,
  openedByAge,
  orderBinds,
  own,
  path,
  saidNo,
  signOfHarm,
  unhindered,
  unmarked,
  wantsOrder,
  withoutAgreement,
} from './situationPredicates.ts'

/** What must reach whoever safeguards: a policy that withheld everything would keep every other sentence. */
export const whatMustOpen: readonly Invariant[] = [
  {
    id: 'I41',
    sentence: 'On the harm path and under a court order nothing that the list gives is kept back but by its holder.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      !['HARM', 'COURT'].includes(path(p)) ||
      wantsOrder(p) ||
      !ofPlainClass(p) ||
      !unhindered(p),
  },
  {
    id: 'I42',
    sentence: 'On the duty path too, a sensitive service with a refusal of one who could decide aside.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      path(p) !== 'DUTY' ||
      !ofPlainClass(p) ||
      !unhindered(p) ||
      (kind(p) === 'SENSITIVE' &&
        p.input.child.ageBand !== 'UNDER_13' &&
        !signOfHarm(p) &&
        p.input.consent !== 'NONE' &&
        saidNo(p) &&
        p.input.consent.giver === 'CHILD' &&
        couldGive(p)),
  },
  {
    id: 'I43',
    sentence: 'Consent that could be given, and was, opens what consent can open.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      path(p) !== 'CONSENT' ||
      p.pack.labels[p.input.label].gate !== 'consent' ||
      p.input.consent === 'NONE' ||
      p.input.consent.state !== 'GIVEN' ||
      !couldGive(p) ||
      !ofPlainClass(p) ||
      !unhindered(p),
  },
  {
    id: 'I44',
    sentence: 'Who the child is needs no consent.',
    holds: (p) => p.decision.outcome === 'PERMIT' || path(p) !== 'CONSENT' || !isBase(p) || !unhindered(p),
  },
  {
    id: 'I45',
    sentence: 'Breaking the glass opens what the list gives, without agreement, relationship or consent.',
    holds: (p) =>
      leaves(p.decision) ||
      !p.input.child.breakGlass ||
      ['METADATA', 'CLOSED'].includes(path(p)) ||
      wantsOrder(p) ||
      ['STATUTORY', 'PRIVILEGE', 'REFERRER', 'PROTECTED'].includes(kind(p)) ||
      !isOpenTo(p) ||
      !listGives(p) ||
      !unmarked(p),
  },
  {
    id: 'I46',
    sentence:
      'Reasonable cause opens what the list gives whatever purpose was declared, and so does an age under 13 what it opens.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      !['CONSENT', 'POLICING'].includes(path(p)) ||
      !ofPlainClass(p) ||
      !unhindered(p) ||
      (!cause(p) && !openedByAge(p)),
  },
  {
    id: 'I47',
    sentence: 'An agency reads its own record of a child it works with, whatever was marked, agreed or consented.',
    holds: (p) =>
      p.decision.code === 'OK_OWN_RECORD' ||
      ['METADATA', 'CLOSED'].includes(path(p)) ||
      !own(p) ||
      !listGives(p) ||
      // An order opens it before that, and more.
      (orderBinds(p) && p.decision.outcome === 'PERMIT'),
  },
  {
    id: 'I48',
    sentence: 'A protected place is given exactly to social care, hub and police where they act.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      kind(p) !== 'LOCATION' ||
      !['HARM', 'DUTY', 'COURT'].includes(path(p)) ||
      wantsOrder(p) ||
      !isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') ||
      !unhindered(p),
  },
  {
    id: 'I49',
    sentence: 'Another person is named to social care, hub and police for harm, where the list names them in full.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      kind(p) !== 'THIRD_PARTY' ||
      !onHarm(p) ||
      !isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') ||
      ['METADATA', 'CLOSED'].includes(path(p)) ||
      wantsOrder(p) ||
      !unhindered(p),
  },
  {
    id: 'I50',
    sentence: 'Intelligence under handling conditions reaches hub and social care on harm, where the list gives it.',
    holds: (p) =>
      p.decision.outcome === 'PERMIT' ||
      kind(p) !== 'INTELLIGENCE' ||
      !onHarm(p) ||
      !isType(p, 'MASH', 'SOCIAL_CARE') ||
      !['HARM', 'DUTY', 'COURT'].includes(path(p)) ||
      wantsOrder(p) ||
      p.input.row.hold !== 'NONE' ||
      p.input.row.ncnd ||
      p.input.row.relevance === 'NOT_RELEVANT' ||
      !isOpenTo(p) ||
      !listGives(p) ||
      (!p.input.child.agreement && !withoutAgreement(p)) ||
      p.input.child.relationship === 'NONE' ||
      isNotifiedAlone(p),
  },
]
