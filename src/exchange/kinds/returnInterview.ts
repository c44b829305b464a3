import { z } from 'zod'
import { carersOf, caseTeam, forcesOf } from '../involvedOrganisations.ts'
import { type MessageKind, shape, shortText, text, textIn, whoDid } from '../messageKind.ts'
import { spanEnd, spanWords } from '../procedures.ts'
import { childId } from './commonFields.ts'

/**
 * A child who came back is offered to talk to somebody who is not their carer. Declined is an answer, and is shown as
 * one.
 */
export const returnInterview: MessageKind = {
  name: 'RETURN_INTERVIEW',
  version: 1,
  title: 'Return home interview',
  source: 'Statutory guidance on children who run away or go missing, 2014: within 72 hours of the return',
  mutation: 'offerReturnInterview',
  fields: shape({ childId, returnedAt: z.iso.datetime(), offeredBy: shortText, offeredOn: z.iso.date() }),
  from: ['CASE_TEAM', 'MANAGERS', 'FRONT_DOOR'],
  child: 'PARTY',
  to: (_, sending) => [
    ...forcesOf(sending, 'INFORM'),
    ...carersOf(sending.circle, 'INFORM'),
    ...caseTeam(sending.circle, 'INFORM'),
  ],
  told: ['Police', 'The carer, where there is one on record', "Children's social care"],
  due: (fields, { procedures }) => {
    const within = procedures.clocks.returnInterview
    const at = spanEnd(procedures, within, new Date(textIn(fields, 'returnedAt')))
    return { at, rule: `${spanWords(within)} of the return; ${procedures.title}` }
  },
  dueIsOfWhole: () => true,
  overdueCode: 'RHI_OVERDUE',
  answers: [
    {
      name: 'HELD',
      mutation: 'recordReturnInterview',
      by: 'SENDER',
      fields: shape({
        heldAt: z.iso.datetime(),
        interviewer: whoDid,
        independent: z.boolean(),
        childSays: text,
        summary: text,
      }),
      settles: 'ALL',
      refuse: ({ heldAt }, _, { heading }) =>
        Date.parse(String(heldAt)) < Date.parse(textIn(heading.fields, 'returnedAt'))
          ? 'The interview cannot have been held before the child came back.'
          : null,
    },
    {
      name: 'CHILD_DECLINED',
      mutation: 'recordReturnInterviewDeclined',
      by: 'SENDER',
      fields: shape({ declinedOn: z.iso.date(), why: text.nullish(), askedBy: whoDid }),
      settles: 'ALL',
    },
  ],
}
