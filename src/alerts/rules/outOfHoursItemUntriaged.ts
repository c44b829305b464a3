import { textOf } from '../../records/currentRows.ts'
import { mash } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** What comes at night to a duty team is looked at by day. */
export const outOfHoursItemUntriaged = rule({
  code: 'OUT_OF_HOURS_ITEM_UNTRIAGED',
  version: 1,
  rule: 'A contact that came out of hours has an outcome by the end of the next working day.',
  source: 'Serious case review of Child Q and Child S (2016), 121 and 122',
  audience: [mash],
  clears: 'An outcome of the contact.',
  needs: { socialCare: { contacts: ['outOfHours', 'outcome'] } },
  on: [['socialCare.contacts']],
  find: ({ rows, parameters }) =>
    rows('socialCare', 'contacts').flatMap((contact) => {
      const known = knownAt(contact)
      if (contact.outOfHours !== true || textOf(contact, 'outcome') !== null || known === null) return []
      const due = endOfWorkingDays(known, parameters.OUT_OF_HOURS_ITEM_UNTRIAGED.workingDays)
      return [
        found({
          of: [contact],
          due,
          text: `The out-of-hours contact of ${dayWords(whenOf(contact))} had no outcome by ${dayWords(due)}.`,
        }),
      ]
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'contacts').filter(
      (contact) => typeof contact.outOfHours !== 'boolean' && textOf(contact, 'outcome') === null,
    ),
})
