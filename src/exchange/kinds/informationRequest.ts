import { z } from 'zod'
import { isLabel } from '../../policy/labels.ts'
import type { MessageEvent, StoredMessage } from '../message.ts'
import { evidence, type MessageKind, shape, shortText, text, textIn } from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { addressee, named } from '../resolveAddressee.ts'
import { childId, decline } from './commonFields.ts'

/** Declined for harm to the child: it is decided again when an enquiry opens. */
export const isDeclinedForHarm = ({ heading }: StoredMessage, { fields }: MessageEvent): boolean =>
  heading.kind === informationRequest.name && fields['reason'] === 'DETRIMENT'

/**
 * A question about a gap, or about something withheld: it is answered, or declined with a reason. It opens no record.
 */
export const informationRequest: MessageKind = {
  name: 'INFORMATION_REQUEST',
  version: 1,
  title: 'Question about a gap or a withheld item',
  source:
    'Information sharing advice, May 2024: a decision not to share is recorded with its reason, and can be looked at again',
  mutation: 'askAbout',
  fields: shape({
    childId,
    to: addressee,
    question: text,
    why: text,
    label: z.string().refine(isLabel).nullish(),
    recordId: shortText.nullish(),
    gap: shortText.nullish(),
  }),
  namesOthers: ['to'],
  from: null,
  child: 'PARTY',
  to: (fields, sending) => named(fields['to'], sending, 'ANSWER'),
  told: 'NAMED',
  due: (_, { now, procedures }) => clock(procedures, 'informationRequest', now),
  overdueCode: 'PARTNER_NO_REPLY',
  // Whoever may not know of a category is not asked about it, not even by who guessed it.
  labels: (fields) => [textIn(fields, 'label')].filter(isLabel),
  answers: [
    {
      name: 'ANSWER',
      mutation: 'answerQuestion',
      by: 'ADDRESSEE',
      fields: shape({ answer: text, evidence, tie: shortText }),
      settles: 'OWN',
    },
    decline(),
  ],
}
