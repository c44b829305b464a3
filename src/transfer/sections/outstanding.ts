import { spoken } from '../../foundation/codeInWords.ts'
import type { ContactOrReferralRow } from '../../records/generated.ts'
import { decoded } from '../../sources/codeWords.ts'
import { always, section } from '../section.ts'
import { ask, without } from '../sectionItems.ts'
import { after, day, field, phrase, plain } from '../sectionWords.ts'
import { openActions } from './plan.ts'

/** T16. What was begun and not ended, each with an explicit none: a move must not close it. */
export const outstanding = section({
  code: 'T16',
  title: 'Outstanding',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH', 'POLICE'],
  needs: {
    socialCare: {
      s47Enquiries: ['startedOn', 'endedOn', 'outcome'],
      contacts: ['concerns', 'disposed', 'outcome', 'feedbackAt', 'fromAgency'],
      referrals: ['primaryNeed', 'closedOn', 'closureProposedOn'],
      plans: ['to'],
      actions: ['text', 'owner', 'due', 'state'],
    },
    education: { referralsMade: ['sentTo', 'concerns', 'reference', 'chasedOn'] },
    health: { camhsEpisodes: ['service', 'status', 'referredOn'] },
    police: { notices: ['kind', 'issuedAt', 'servedAt'] },
  },
  fill: (input) => [
    ...ask(input, {
      label: 'Section 47 enquiries that are open',
      agency: 'socialCare',
      list: 's47Enquiries',
      pick: (row) => !row.endedOn,
      none: 'None.',
      tell: (row) => phrase(after('started', day(row, 'startedOn') ?? day(row, 'eventAt')), 'not ended'),
    }),
    ...ask(input, {
      label: 'Referrals that are open',
      agency: 'socialCare',
      list: 'referrals',
      pick: (row) => !row.closedOn,
      none: 'None.',
      tell: (row) =>
        phrase(
          day(row, 'eventAt'),
          after('primary need', decoded('need', row.primaryNeed)),
          after('closure proposed', day(row, 'closureProposedOn')),
        ),
    }),
    ...ask(input, {
      label: 'Concerns that nobody disposed of',
      agency: 'socialCare',
      list: 'contacts',
      none: 'None.',
      tell: (row) => undisposed(row) && phrase(day(row, 'eventAt'), undisposed(row)),
    }),
    ...ask(input, {
      label: 'Feedback owed to those who referred',
      agency: 'socialCare',
      list: 'contacts',
      pick: (row) => !row.feedbackAt,
      none: 'None.',
      tell: (row) => phrase(plain(field(row, 'fromAgency')), day(row, 'eventAt')),
    }),
    ...ask(input, {
      label: 'Plan actions not done',
      agency: 'socialCare',
      list: 'actions',
      pick: openActions(input),
      none: 'None.',
      tell: (row) =>
        phrase(
          field(row, 'text'),
          plain(field(row, 'owner')),
          after('due', day(row, 'due')),
          plain(field(row, 'state')),
        ),
    }),
    ...ask(input, {
      label: 'Referrals of which the school has recorded no answer',
      agency: 'education',
      list: 'referralsMade',
      pick: (row) => !row.reference,
      none: 'None.',
      tell: (row) =>
        phrase(day(row, 'eventAt'), after('to', field(row, 'sentTo')), after('chased', day(row, 'chasedOn'))),
    }),
    ...ask(input, {
      label: 'Waiting for a mental health service',
      agency: 'health',
      list: 'camhsEpisodes',
      pick: (row) => field(row, 'status') === 'WAITING',
      none: 'None is recorded.',
      tell: (row) => phrase(field(row, 'service'), after('referred', day(row, 'referredOn'))),
    }),
    ...ask(input, {
      label: 'Notices issued and not served',
      agency: 'police',
      list: 'notices',
      pick: (row) => Boolean(row.issuedAt) && !row.servedAt,
      none: 'None.',
      tell: (row) => phrase(plain(field(row, 'kind')), after('issued', day(row, 'issuedAt'))),
    }),
    without(
      'Professional disagreements',
      'NOT_KNOWN',
      'No agency records them here: ask both authorities.',
      input.contracts.socialCare.contact,
    ),
  ],
})

const undisposed = ({ concerns, disposed }: Pick<ContactOrReferralRow, 'concerns' | 'disposed'>): string | null => {
  if (!concerns) return null
  const done = new Set(disposed)
  const open = concerns.filter((concern) => !done.has(concern))
  return open.length === 0 ? null : open.map(spoken).join(', ')
}
