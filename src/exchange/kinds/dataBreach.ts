import { z } from 'zod'
import { decision, type MessageKind, shape, text, textIn } from '../messageKind.ts'
import { spanEnd, spanWords } from '../procedures.ts'
import { childId } from './commonFields.ts'

/** Something went to who should not have it. It has an owner, a clock, and a check whether the child is still safe. */
export const dataBreach: MessageKind = {
  name: 'DATA_BREACH',
  version: 1,
  title: 'Breach and its follow-up',
  source: 'UK GDPR articles 33 and 34: 72 hours from becoming aware; complaints go to the ICO and to the LGSCO',
  mutation: 'reportBreach',
  fields: shape({
    childId: childId.nullish(),
    what: text,
    awareSince: z.iso.datetime(),
    whoHasIt: text,
    placeGivenAway: z.boolean(),
  }),
  from: null,
  child: 'ANY',
  urgent: true,
  to: (fields, { circle, sender }) => {
    const la = sender.la ?? circle.responsibleLa
    if (la === null) return []
    const team = { party: la, service: 'CASE_TEAM' as const, duty: 'INFORM' as const }
    return [{ party: la, service: 'GOVERNANCE', duty: 'ANSWER' }, ...(fields['placeGivenAway'] === true ? [team] : [])]
  },
  told: ["Information governance of the sender's authority"],
  due: (fields, { procedures }) => {
    const within = procedures.clocks.breachReport
    const at = spanEnd(procedures, within, new Date(textIn(fields, 'awareSince')))
    return { at, rule: `${spanWords(within)} of becoming aware; ${procedures.title}` }
  },
  dueIsOfWhole: () => true,
  overdueCode: 'BREACH_REPORT_DUE',
  answers: [
    {
      name: 'FOLLOW_UP',
      mutation: 'recordBreachFollowUp',
      by: 'ADDRESSEE',
      fields: shape({
        reportedToRegulator: z.boolean(),
        whyNot: text.nullish(),
        safetyReviewed: z.boolean(),
        personsTold: z
          .array(z.strictObject({ who: z.string().max(200), told: z.boolean(), on: z.iso.date().nullish() }))
          .max(50),
        ...decision,
      }),
      settles: 'ALL',
      refuse: (fields) => {
        if (fields['safetyReviewed'] !== true) return 'Say whether the child is still safe before it is ended.'
        return fields['reportedToRegulator'] === true || textIn(fields, 'whyNot') !== ''
          ? null
          : 'Say why it was not reported to the ICO.'
      },
    },
  ],
}
