import { undisposedConcerns } from '../../childView/undisposedConcerns.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { textsOf } from '../../records/textList.ts'
import { manager, mash, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { followsWithin } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** A whole referral was closed because neglect was not found, and what else had been reported was never looked at. */
export const unaddressedRiskFactor = rule({
  code: 'UNADDRESSED_RISK_FACTOR',
  version: 1,
  rule: 'Each concern of a contact has its own disposition before what it came in with is closed.',
  source: 'Child MD learning review, lines 19 to 23: closed on neglect, the sexual abuse never explored',
  audience: [socialWorker, manager, mash],
  clears: 'A disposition of each concern, or a manager’s reason for closing without one.',
  needs: { socialCare: { contacts: ['concerns', 'disposed', 'outcome'], referrals: ['closedOn'] } },
  on: [['socialCare.contacts'], ['socialCare.referrals']],
  also: { socialCare: { contacts: ['provenance.la'], referrals: ['provenance.la'] } },
  find: ({ rows }) => {
    const referrals = rows('socialCare', 'referrals')
    const open = inOrder(rows('socialCare', 'contacts')).flatMap((contact) => {
      // Of a contact that says nothing of dispositions it is not known that there are none.
      const concerns = textsOf(contact, 'disposed') === null ? [] : (undisposedConcerns(contact) ?? [])
      const closing = referrals.filter(
        (referral) =>
          textOf(referral, 'provenance.la') === textOf(contact, 'provenance.la') &&
          textOf(referral, 'closedOn') !== null &&
          followsWithin(dayOf(whenOf(contact) ?? ''), dayOf(whenOf(referral) ?? ''), 14),
      )
      const isClosed = contact.outcome === 'CONTACT_ONLY' || closing.length > 0
      return concerns.length > 0 && isClosed ? [{ contact, concerns, closing }] : []
    })
    const first = open[0]
    if (!first) return []
    const said = open.map(
      ({ contact, concerns }) => `${listWords(concerns.map(spoken))} (${dayWords(whenOf(contact))})`,
    )
    return [
      found({
        of: [first.contact, ...first.closing],
        more: open.slice(1).flatMap(({ contact, closing }) => [contact, ...closing]),
        anchor: first.contact.id,
        count: new Set(open.flatMap(({ concerns }) => concerns)).size,
        details: { concerns: [...new Set(open.flatMap(({ concerns }) => concerns))].sort().join(' ') },
        text: `Closed without a disposition of: ${said.join('; ')}.`,
      }),
    ]
  },
})
