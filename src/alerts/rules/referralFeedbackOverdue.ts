import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { mash, socialWorker } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** Sources of the census that are members of the public: nobody owes them an outcome through their employer. */
const publicSources: ReadonlySet<unknown> = new Set(['1A', '1B', '1C', '1D', '9', '10'])

/** Whoever reports as a professional is told what became of it. */
export const referralFeedbackOverdue = rule({
  code: 'REFERRAL_FEEDBACK_OVERDUE',
  version: 1,
  rule: 'A professional who made a contact is told its outcome by the end of the next working day.',
  source:
    'Working Together to Safeguard Children, referrals: a decision within one working day; Child MD review, lines 25 to 29',
  audience: [mash, socialWorker],
  clears: 'Feedback to the referrer, with its time.',
  needs: { socialCare: { contacts: ['feedbackAt', 'sourceCode'] } },
  on: [['socialCare.contacts']],
  also: { socialCare: { contacts: ['fromAgency', 'fromOrganisation'] } },
  find: ({ rows, parameters }) =>
    rows('socialCare', 'contacts').flatMap((contact) => {
      const known = knownAt(contact)
      const isProfessional = contact.sourceCode
        ? !publicSources.has(contact.sourceCode)
        : textOf(contact, 'fromAgency') !== null
      if (!isProfessional || textOf(contact, 'feedbackAt') !== null || known === null) return []
      const due = endOfWorkingDays(known, parameters.REFERRAL_FEEDBACK_OVERDUE.workingDays)
      const from = textOf(contact, 'fromAgency')
      return [
        found({
          of: [contact],
          due,
          text: `The contact of ${dayWords(whenOf(contact))}${from ? ` from ${spoken(from)}` : ''} was to be answered by ${dayWords(due)}. No feedback is recorded.`,
        }),
      ]
    }),
})
