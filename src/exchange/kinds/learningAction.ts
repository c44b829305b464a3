import { z } from 'zod'
import { evidence, type MessageKind, shape, shortText, text, textIn } from '../messageKind.ts'
import { addressee, named } from '../resolveAddressee.ts'

/** What a review asks somebody to change: what, who, by when, how it will be known, and whether it worked. */
export const learningAction: MessageKind = {
  name: 'LEARNING_ACTION',
  version: 1,
  title: 'Action from a learning review',
  source: 'Action-plan template of learning reviews: what, who, by when, how known, did it work',
  mutation: 'assignLearningAction',
  fields: shape({ what: text, to: addressee, due: z.iso.date(), howKnown: text, review: shortText }),
  namesOthers: ['to'],
  from: null,
  child: 'NONE',
  to: (fields, sending) => named(fields['to'], sending, 'ANSWER'),
  told: 'NAMED',
  due: (fields) => ({
    at: new Date(`${textIn(fields, 'due')}T17:00:00Z`),
    rule: 'by the day that the action plan names',
  }),
  overdueCode: 'LEARNING_ACTION_OVERDUE',
  answers: [
    {
      name: 'DONE',
      mutation: 'completeLearningAction',
      by: 'ADDRESSEE',
      fields: shape({
        done: text,
        evidence,
        didItWork: z.enum(['YES', 'PARTLY', 'NO', 'NOT_YET_KNOWN']),
        doneOn: z.iso.date(),
      }),
      settles: 'OWN',
    },
  ],
}
