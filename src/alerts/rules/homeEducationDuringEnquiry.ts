import { dayOf, textOf } from '../../records/currentRows.ts'
import { enquiryEnd } from '../../records/enquiryEnd.ts'
import { mash, school, socialWorker } from '../audience.ts'
import { dayWords, found } from '../findingWords.ts'
import { followsWithin } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

const toHome = /HOME[_ ]?EDUCAT|ELECTIVE/i

/** A bruise was reported; a month later the child was taught at home, and nobody saw them. */
export const homeEducationDuringEnquiry = rule({
  code: 'EHE_WITHDRAWAL_DURING_S47',
  version: 1,
  rule: 'A child withdrawn from school to be taught at home during an enquiry, or soon after a concern, is known to school, authority and worker.',
  source:
    'Children’s Wellbeing and Schools Act 2026, section 37 (Education Act 1996 s.434A): not in force as far as is known',
  audience: [school, socialWorker, mash],
  clears: 'The authority’s decision on the withdrawal, or the child seen.',
  needs: {
    education: { enrolments: ['to', 'endReason'] },
    socialCare: { s47Enquiries: ['startedOn', 'endedOn'] },
  },
  on: [['education.enrolments'], ['socialCare.s47Enquiries']],
  also: { socialCare: { s47Enquiries: ['provenance.la'], referrals: ['closedOn', 'provenance.la'] } },
  find: ({ rows, parameters }) =>
    rows('education', 'enrolments').flatMap((enrolment) => {
      const left = textOf(enrolment, 'to')
      if (left === null || !toHome.test(textOf(enrolment, 'endReason') ?? '')) return []
      const enquiry = rows('socialCare', 's47Enquiries').find((row) => {
        const [from, to] = [textOf(row, 'startedOn', 'eventAt'), enquiryEnd(row, rows('socialCare', 'referrals'))]
        if (from === null || dayOf(from) > dayOf(left)) return false
        return (
          to === null || followsWithin(to, left, parameters.EHE_WITHDRAWAL_DURING_S47.afterDays) || dayOf(to) > left
        )
      })
      if (!enquiry) return []
      const ended = enquiryEnd(enquiry, rows('socialCare', 'referrals'))
      const isOpen = ended === null || dayOf(ended) > dayOf(left)
      return [
        found({
          of: [enquiry, enrolment],
          details: { enquiry: isOpen ? 'OPEN' : 'RECENT' },
          text: `Withdrawn from school on ${dayWords(left)} to be taught at home, ${isOpen ? 'while a section 47 enquiry was open' : `after a section 47 enquiry that ended on ${dayWords(ended)}`}.`,
        }),
      ]
    }),
})
