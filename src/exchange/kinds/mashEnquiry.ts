import { z } from 'zod'
import type { Fields } from '../message.ts'
import {
  type Due,
  decision,
  evidence,
  type MessageKind,
  type Sending,
  shape,
  shortText,
  text,
  textIn,
} from '../messageKind.ts'
import { type Procedures, type Rating, ratings, spanEnd, spanWords } from '../procedures.ts'
import { addressee, namedAll } from '../resolveAddressee.ts'
import { childId, decline } from './commonFields.ts'
import { isDeclinedForHarm } from './informationRequest.ts'

const labelOf = { EACH_ANSWER: "each agency's answer", DECISION: 'final decision' } as const

/** What a colour times is said with its figure, so that figures for an answer and for a decision are never mixed. */
function ratingDue(procedures: Procedures, rating: string, from: Date): Due {
  const { ratings: spans, times } = procedures.enquiry
  const within = isRating(rating) ? spans[rating] : null
  if (within === null) return { at: null, rule: `${rating}: no time is set; ${procedures.title}` }
  return {
    at: spanEnd(procedures, within, from),
    rule: `${rating}: ${labelOf[times]} ${spanWords(within)}; ${procedures.title}`,
  }
}

const isRating = (text: string): text is Rating => (ratings as readonly string[]).includes(text)

const timesDecision = (fields: Fields): boolean => fields['times'] === 'DECISION'

/** The front door asks those who hold something, by a rating with its reason, and says whom it did not ask. */
export const mashEnquiry: MessageKind = {
  name: 'MASH_ENQUIRY',
  version: 1,
  title: 'Enquiry of the front door',
  source: 'Local front-door procedures; a re-rating keeps both due times, and no answer is somebody’s task',
  mutation: 'openEnquiry',
  fields: shape({
    childId,
    rating: z.enum(ratings),
    ratingReason: text,
    question: text,
    asked: z.array(addressee).min(1).max(30),
    notAsked: z.array(z.strictObject({ organisation: shortText, reason: text })).max(30),
    times: z.string().nullish(),
  }),
  namesOthers: ['asked', 'notAsked'],
  from: ['FRONT_DOOR'],
  child: 'PARTY',
  to: ({ asked }, sending) => namedAll(asked, sending, 'ANSWER'),
  told: 'NAMED',
  complete: (fields, { procedures }) => ({ ...fields, times: procedures.enquiry.times }),
  due: (fields, { now, procedures }) => ratingDue(procedures, textIn(fields, 'rating'), now),
  dueIsOfWhole: timesDecision,
  overdueCode: 'PARTNER_NO_REPLY',
  // What was withheld before for harm to the child is decided again, now that there is an enquiry.
  guardedBy: 'STANDING',
  reopens: isDeclinedForHarm,
  answers: [
    {
      name: 'ANSWER',
      mutation: 'answerEnquiry',
      by: 'ADDRESSEE',
      fields: shape({ answer: text, evidence, tie: shortText, nothingHeld: z.boolean() }),
      settles: 'OWN',
    },
    decline(),
    {
      name: 'RATING',
      mutation: 'rerateEnquiry',
      by: 'SENDER',
      fields: shape({ rating: z.enum(ratings), reason: text }),
      settles: null,
      // From the beginning, and never from when somebody thought better of it.
      due: (fields, { procedures }: Sending, { heading }) =>
        ratingDue(procedures, textIn(fields, 'rating'), new Date(heading.sentAt)),
    },
    {
      name: 'DECISION',
      mutation: 'decideEnquiry',
      by: 'SENDER',
      fields: shape({ decision: text, reason: text, ...decision }),
      settles: 'ALL',
    },
  ],
}
