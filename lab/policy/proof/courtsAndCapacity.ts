import { over } from './situationPoint.ts'
import {
  couldGive,
  type Invariant,
  isPurpose,
  isType,
  isUnsupported,
  kind,
  leaves,
  onHarm,
  orderBinds,
  own,
  path,
  ruled,
  saidNo,
  same,
  sixteen,
  wantsOrder,
} from './situationPredicates.ts'

/** Orders of courts, missing children, adoption before the order, capacity, and adults. Each looks at one decision. */
export const courtsInOne: readonly Invariant[] = [
  {
    id: 'I79',
    sentence:
      'What a court forbade to disclose leaves its holder for nobody: neither for harm nor through broken glass.',
    holds: (p) => !leaves(p.decision) || own(p) || p.input.row.hold !== 'COURT_PROHIBITED',
  },
  {
    id: 'I80',
    sentence: 'An order on record opens whatever it covers, to whichever organisation it names, legal advice aside.',
    holds: (p) => !orderBinds(p) || kind(p) === 'PRIVILEGE' || p.decision.code === 'OK_COURT_ORDER',
  },
  {
    id: 'I81',
    sentence: 'To say that a court ordered it opens nothing of others where no order is on record.',
    holds: (p) => !wantsOrder(p) || own(p) || !leaves(p.decision),
  },
  {
    id: 'I82',
    sentence: 'A response to a missing child without an episode brings the duty to have one recorded.',
    holds: (p) =>
      !isUnsupported(p) ||
      !['OK_DUTY', 'OK_DUTY_S16LA'].includes(p.decision.code) ||
      p.decision.obligations.includes('RECORD_MISSING_EPISODE'),
  },
  {
    id: 'I83',
    sentence:
      'Once an adoption order is made, or before there is a placement order, none but the adoption team and a court reads of it.',
    holds: (p) =>
      kind(p) !== 'STATUTORY' ||
      p.input.child.placedForAdoption === true ||
      !leaves(p.decision) ||
      path(p) === 'COURT' ||
      p.input.caller.role === 'ADOPTION_WORKER',
  },
  {
    id: 'I84',
    sentence: 'A best-interests decision stands for nobody but one of 16 or over who was judged unable to decide.',
    holds: (p) =>
      p.decision.code !== 'OK_CONSENT' ||
      p.input.consent === 'NONE' ||
      p.input.consent.giver !== 'BEST_INTERESTS' ||
      (sixteen(p) && p.input.consent.competence === 'NOT_COMPETENT'),
  },
  {
    id: 'I85',
    sentence: 'From 16 on nobody who has parental responsibility consents for the young person.',
    holds: (p) =>
      p.decision.code !== 'OK_CONSENT' ||
      p.input.consent === 'NONE' ||
      ['CHILD', 'BEST_INTERESTS'].includes(p.input.consent.giver) ||
      !sixteen(p),
  },
  {
    id: 'I86',
    sentence: 'Nobody is rung at once who decided in knowledge of the harm.',
    holds: (p) => p.input.row.holdKnewOfHarm !== true || !p.decision.obligations.includes('ON_CALL_NOW'),
  },
  {
    id: 'I87',
    sentence: 'The safeguarding of adults opens no child’s record, and nobody’s whose age is not known.',
    holds: (p) => !isPurpose(p, 'ADULT_SAFEGUARDING') || p.input.child.ageBand === 'ADULT' || !leaves(p.decision),
  },
  {
    id: 'I88',
    sentence: 'An adult who can decide and refused a sensitive service is heard, whatever is feared for them.',
    holds: (p) =>
      path(p) !== 'ADULT' ||
      kind(p) !== 'SENSITIVE' ||
      own(p) ||
      p.input.child.breakGlass ||
      p.input.consent === 'NONE' ||
      p.input.consent.giver !== 'CHILD' ||
      !couldGive(p) ||
      !saidNo(p) ||
      !leaves(p.decision),
  },
  {
    id: 'I89',
    sentence: 'Day-to-day care opens the records of others to whoever cares for the child, and to nobody else.',
    holds: (p) => !isPurpose(p, 'DAY_TO_DAY_CARE') || own(p) || !leaves(p.decision) || isType(p, 'CARE_PROVIDER'),
  },
  {
    id: 'I90',
    sentence:
      'Leaving care rests on consent: nothing but a headline that the pack names, harm, an age or broken glass opens more.',
    holds: (p) =>
      !isPurpose(p, 'LEAVING_CARE') ||
      path(p) !== 'CONSENT' ||
      p.decision.outcome !== 'PERMIT' ||
      own(p) ||
      onHarm(p) ||
      ['OK_BASE', 'OK_CONSENT', 'OK_BREAK_GLASS'].includes(p.decision.code) ||
      p.input.child.ageBand === 'UNDER_13',
  },
  {
    id: 'I91',
    sentence: 'A declared emergency is reviewed as broken glass is.',
    holds: (p) =>
      p.decision.code !== 'OK_EMERGENCY' ||
      !ruled(p).emergencyIsConfirmed ||
      p.decision.obligations.includes('ALERT_PRIVACY_OFFICER'),
  },
  {
    id: 'I92',
    sentence: 'What the list gives of own records alone is given of no other organisation’s.',
    holds: (p) =>
      p.input.own ||
      !leaves(p.decision) ||
      orderBinds(p) ||
      p.pack.labels[p.input.label].access.some(
        ({ roles, scope }) => scope === undefined && roles.includes(p.input.caller.role),
      ),
  },
]

/** Each compares a decision with the one that another fact would have given. */
export const courtsInTwo: readonly Invariant[] = [
  {
    id: 'I93',
    sentence:
      'An order that binds is answered alike whatever the holder marked: hold, embargo, relevance, conditions, silence.',
    holds: (p) =>
      !orderBinds(p) ||
      same(p.decision, p.had({ row: { hold: 'NONE', ncnd: false, conditions: false, relevance: 'RELEVANT' } })),
  },
  {
    id: 'I94',
    sentence: 'An order of a court changes nothing for any other purpose.',
    holds: (p) => path(p) === 'COURT' || same(p.decision, p.had({ ordered: p.input.ordered !== true })),
  },
  {
    id: 'I95',
    sentence: 'A response to a missing child without an episode never opens what one with an episode does not.',
    holds: (p) =>
      p.input.child.missing !== 'UNSUPPORTED' ||
      !leaves(p.decision) ||
      leaves(p.had({ child: { missing: 'SUPPORTED' } })),
  },
  {
    id: 'I96',
    sentence: 'Whether an episode is on record changes nothing for any other purpose.',
    holds: (p) =>
      isPurpose(p, 'MISSING_RESPONSE') ||
      same(
        p.decision,
        p.had({ child: { missing: p.input.child.missing === 'SUPPORTED' ? 'UNSUPPORTED' : 'SUPPORTED' } }),
      ),
  },
  {
    id: 'I97',
    sentence:
      'That a child is placed for adoption changes what is read of the adoption and of nothing else, and never to less.',
    holds: (p) => {
      const other = p.had({ child: { placedForAdoption: p.input.child.placedForAdoption !== true } })
      if (kind(p) !== 'STATUTORY') return same(p.decision, other)
      return p.input.child.placedForAdoption === true || !leaves(p.decision) || leaves(other)
    },
  },
  {
    id: 'I98',
    sentence: 'An authority, a special guardian and an adopter are heard as a parent is.',
    holds: (p) => {
      const { consent } = p.input
      if (consent === 'NONE' || !['AUTHORITY', 'SPECIAL_GUARDIAN', 'ADOPTER'].includes(consent.giver)) return true
      return same(p.decision, p.had({ consent: over(consent, { giver: 'PARENT' }) }))
    },
  },
  {
    id: 'I99',
    sentence: 'Whether a holder knew of the harm changes who is rung and never what is given.',
    holds: (p) => same(p.decision, p.had({ row: { holdKnewOfHarm: p.input.row.holdKnewOfHarm !== true } })),
  },
  {
    id: 'I100',
    sentence:
      'A court’s prohibition never opens what the record without it keeps closed, nor gives more than a holder’s own decision.',
    holds: (p) =>
      p.input.row.hold !== 'COURT_PROHIBITED' || !leaves(p.decision) || leaves(p.had({ row: { hold: 'DETRIMENT' } })),
  },
]
