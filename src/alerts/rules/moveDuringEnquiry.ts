import { dayOf, textOf } from '../../records/currentRows.ts'
import { enquiryEnd } from '../../records/enquiryEnd.ts'
import { mash, police, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A family that moves while an enquiry is open takes the enquiry with it, or leaves it behind. */
export const moveDuringEnquiry = rule({
  code: 'MOVE_DURING_OPEN_ENQUIRY',
  version: 1,
  rule: 'A child who moves to another authority while a section 47 enquiry is open is known to both authorities.',
  source: 'Child MD learning review, lines 7 to 9',
  audience: [socialWorker, mash, police],
  clears: 'A transfer between the authorities, or the enquiry concluded.',
  needs: { socialCare: { s47Enquiries: ['startedOn', 'endedOn'], addresses: ['la', 'from'] } },
  on: [['socialCare.s47Enquiries'], ['socialCare.addresses']],
  also: { socialCare: { s47Enquiries: ['provenance.la'], referrals: ['closedOn', 'provenance.la'] } },
  find: ({ rows }) => {
    const addresses = inOrder(rows('socialCare', 'addresses'))
    return rows('socialCare', 's47Enquiries').flatMap((enquiry) => {
      const started = textOf(enquiry, 'startedOn', 'eventAt')
      const ended = enquiryEnd(enquiry, rows('socialCare', 'referrals'))
      const whose = textOf(enquiry, 'provenance.la')
      const move = addresses.find((address) => {
        const [from, where] = [textOf(address, 'from', 'eventAt'), textOf(address, 'la')]
        const isDuring = from !== null && started !== null && dayOf(from) > dayOf(started)
        return isDuring && (ended === null || dayOf(from) < dayOf(ended)) && where !== null && where !== whose
      })
      if (!move) return []
      return [
        found({
          of: [enquiry, move],
          details: { toLa: textOf(move, 'la') ?? '' },
          text: `Section 47 enquiry open since ${dayWords(started)}${whose ? ` in ${whose}` : ''}; the child moved to ${textOf(move, 'la')} on ${dayWords(textOf(move, 'from', 'eventAt'))}.`,
        }),
      ]
    })
  },
})
