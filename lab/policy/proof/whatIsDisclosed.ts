import {
  hidden,
  type Invariant,
  isHeld,
  isPurpose,
  isType,
  kind,
  leaves,
  mayName,
  onList,
  orderBinds,
  own,
  path,
} from './situationPredicates.ts'

/** What is disclosed, to whom, and under which reason. Each looks at one decision. */
export const whatIsDisclosed: readonly Invariant[] = [
  {
    id: 'I13',
    sentence:
      'Another person is named only to social care, hub or police, for harm, at a conference, and on duty where the pack says so.',
    holds: (p) =>
      kind(p) !== 'THIRD_PARTY' ||
      p.decision.outcome !== 'PERMIT' ||
      p.input.level !== 'CONTENT' ||
      own(p) ||
      orderBinds(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') && mayName(p)),
  },
  {
    id: 'I14',
    sentence: 'On a transfer whatever is withheld is listed with a code; only what must stay hidden is silent.',
    holds: (p) =>
      !isPurpose(p, 'TRANSFER_RECEIVE', 'TRANSFER_SEND') ||
      (p.decision.outcome === 'WITHHOLD' && p.decision.code.startsWith('W_')) ||
      leaves(p.decision) ||
      hidden(p) ||
      (!isHeld(p) && p.input.row.ncnd),
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
      orderBinds(p) ||
      (isType(p, 'SOCIAL_CARE', 'MASH', 'POLICE') && ['HARM', 'DUTY', 'COURT'].includes(path(p))),
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
      p.pack.labels[p.input.label].access.some(({ purposes, paths, scope }) => purposes || paths || scope),
  },
]
