import {
  cause,
  type Invariant,
  isBase,
  kind,
  leaves,
  listGives,
  onHarm,
  orderBinds,
  own,
  passesHold,
  path,
  ruled,
  same,
  withoutAgreement,
} from './situationPredicates.ts'

const sharedWithoutConsent = new Set([
  'OK_EMERGENCY',
  'OK_S47',
  'OK_MISSING_RESPONSE',
  'OK_TRANSFER',
  'OK_DUTY',
  'OK_DUTY_S16LA',
  'OK_ADULT_SAFEGUARDING',
])

/** What a pack may say of the rules, each asked only of a pack that says it. */
export const whatThePackSays: readonly Invariant[] = [
  {
    id: 'I66',
    sentence: 'An agreement on file never moves a decision on the harm or duty path.',
    holds: (p) => !withoutAgreement(p) || same(p.decision, p.had({ child: { agreement: !p.input.child.agreement } })),
  },
  {
    id: 'I67',
    sentence: 'On the harm path a headline is decided as if no holder had decided against it.',
    holds: (p) =>
      !passesHold(p) || p.input.row.hold !== 'DETRIMENT' || same(p.decision, p.had({ row: { hold: 'NONE' } })),
  },
  {
    id: 'I68',
    sentence: 'What a holder withholds is not read by anybody else, however grave the harm.',
    holds: (p) =>
      !leaves(p.decision) || p.input.level !== 'CONTENT' || own(p) || p.input.row.hold !== 'DETRIMENT' || orderBinds(p),
  },
  {
    id: 'I69',
    sentence: 'Wherever a holder’s decision of before the harm stands, who is on call there is rung at once.',
    holds: (p) =>
      p.decision.code !== 'W_HOLDER_DETRIMENT' ||
      !ruled(p).headlinePassesHoldOnHarm ||
      !onHarm(p) ||
      p.input.row.holdKnewOfHarm === true ||
      p.decision.obligations.includes('ON_CALL_NOW'),
  },
  {
    id: 'I70',
    sentence: 'The investigation of a crime opens no other organisation’s record, save by broken glass.',
    holds: (p) =>
      path(p) !== 'POLICING' ||
      !ruled(p).policingStandsApart ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      p.input.child.breakGlass,
  },
  {
    id: 'I71',
    sentence: 'No duty towards children opens the record of an adult, save to look back on a practice.',
    holds: (p) =>
      !ruled(p).adultsStandApart ||
      !['OK_DUTY', 'OK_DUTY_S16LA', 'OK_TRANSFER', 'OK_S47'].includes(p.decision.code) ||
      p.input.caller.purpose === 'PRACTICE_REVIEW' ||
      p.input.child.ageBand !== 'ADULT' ||
      // What an age under 13 opens is never an adult's.
      cause(p),
  },
  {
    id: 'I72',
    sentence: 'On the duty path consent that ran out is consent that was not sought.',
    holds: (p) => {
      const { consent } = p.input
      if (!ruled(p).expiredIsNotSought || path(p) !== 'DUTY' || consent === 'NONE') return true
      return (
        consent.state !== 'EXPIRED' ||
        same(
          p.decision,
          p.had({ consent: { state: 'NOT_SOUGHT', giver: consent.giver, competence: consent.competence } }),
        )
      )
    },
  },
  {
    id: 'I73',
    sentence: 'What a child said in confidence leaves its holder for harm, and by order of a court, alone.',
    holds: (p) =>
      p.pack.rules === undefined ||
      p.input.label !== 'CHILD_CONFIDENCE' ||
      !leaves(p.decision) ||
      p.input.own ||
      path(p) === 'COURT' ||
      onHarm(p),
  },
  {
    id: 'I74',
    sentence: 'Whoever shares without consent tells the family, unless that is unsafe.',
    holds: (p) =>
      !ruled(p).opennessIsADuty ||
      !sharedWithoutConsent.has(p.decision.code) ||
      p.decision.obligations.includes('INFORM_CHILD_UNLESS_UNSAFE'),
  },
  {
    id: 'I75',
    sentence: 'An emergency that somebody declares is confirmed by a manager.',
    holds: (p) =>
      p.decision.code !== 'OK_EMERGENCY' ||
      !ruled(p).emergencyIsConfirmed ||
      p.decision.obligations.includes('CONFIRM_EMERGENCY'),
  },
  {
    id: 'I76',
    sentence: 'What is given without consent for its headline is given at headline and no more.',
    holds: (p) =>
      p.decision.code !== 'OK_BASE' ||
      (isBase(p) && (p.pack.labels[p.input.label].base === true || p.input.level === 'HEADLINE')),
  },
  {
    id: 'I77',
    sentence: 'Whoever only knows that an address is protected is given the address by order of a court alone.',
    holds: (p) =>
      kind(p) !== 'LOCATION' ||
      p.decision.outcome !== 'PERMIT' ||
      p.input.level !== 'CONTENT' ||
      listGives(p) ||
      p.decision.code === 'OK_COURT_ORDER',
  },
  {
    id: 'I78',
    sentence: 'What is shared without an agreement on file brings the review of one.',
    holds: (p) =>
      !ruled(p).agreementNeverBarsDuty ||
      !sharedWithoutConsent.has(p.decision.code) ||
      p.input.child.agreement ||
      p.decision.obligations.includes('REVIEW_AGREEMENT'),
  },
]
