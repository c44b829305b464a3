import {
  betweenHealth,
  type Invariant,
  inNotice,
  isNotifiedAlone,
  kind,
  leaves,
  orderBinds,
  passesHold,
  path,
  same,
} from './situationPredicates.ts'

/** Whose record it is: to be of one type with the holder gives nobody the holder's rights. */
export const whoseRecordInOne: readonly Invariant[] = [
  {
    id: 'I57',
    sentence: 'Only the organisation that holds a record reads it as its own.',
    holds: (p) => p.decision.code !== 'OK_OWN_RECORD' || p.input.own,
  },
  {
    id: 'I58',
    sentence: 'Privileged advice never reaches another authority, whatever the court orders and whoever asks there.',
    holds: (p) => kind(p) !== 'PRIVILEGE' || p.input.own || !leaves(p.decision),
  },
  {
    id: 'I59',
    sentence: "Adoption records of another agency's team open only to a court, also for an adoption worker.",
    holds: (p) => kind(p) !== 'STATUTORY' || p.input.own || path(p) === 'COURT' || !leaves(p.decision),
  },
  {
    id: 'I60',
    sentence: 'A hold, a judgement of relevance and a mark of neither confirm nor deny bind every other organisation.',
    holds: (p) =>
      p.input.own ||
      !leaves(p.decision) ||
      orderBinds(p) ||
      ((passesHold(p) || p.input.row.hold !== 'DETRIMENT') &&
        p.input.row.relevance !== 'NOT_RELEVANT' &&
        !p.input.row.ncnd),
  },
  {
    id: 'I101',
    sentence: 'Before a transfer is borne out the area of a placement reads the notice of it, and of a place its area.',
    holds: (p) =>
      p.input.own ||
      !isNotifiedAlone(p) ||
      !leaves(p.decision) ||
      (kind(p) === 'LOCATION' ? p.decision.outcome === 'REDACT' : inNotice(p)),
  },
]

/** The same, asked of the decision that another holder would have given. */
export const whoseRecordInTwo: readonly Invariant[] = [
  {
    id: 'I61',
    sentence: 'What is read of the record of another organisation is read of the own one too.',
    holds: (p) => p.input.own || !leaves(p.decision) || leaves(p.had({ own: true })),
  },
  {
    id: 'I62',
    sentence:
      'Another organisation of the same type is decided for as one of any other type that holds the record, direct care aside.',
    holds: (p) =>
      p.input.own ||
      p.profile.caller.agencyType !== p.input.home ||
      betweenHealth(p) ||
      same(p.decision, p.had({ home: p.input.home === 'HEALTH' ? 'POLICE' : 'HEALTH' })),
  },
  {
    id: 'I63',
    sentence: 'Without a relationship an own record is read as anybody else’s, save what neither confirms nor denies.',
    holds: (p) =>
      !p.input.own ||
      p.input.child.relationship !== 'NONE' ||
      p.input.row.ncnd ||
      p.input.row.hold === 'COURT_PROHIBITED' ||
      same(p.decision, p.had({ own: false })) ||
      p.pack.labels[p.input.label].access.some(({ scope }) => scope !== undefined),
  },
]
