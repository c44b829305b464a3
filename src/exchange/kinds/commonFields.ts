import { z } from 'zod'
import { type AnswerRule, shape, text } from '../messageKind.ts'

export const childId = z.string().trim().min(1).max(100)

/** Why something is not given or not done. A reason is never left out. */
export const declineReasons = [
  'DETRIMENT',
  'NO_LAWFUL_BASIS',
  'NOTHING_HELD',
  'NOT_OURS',
  'CAPACITY',
  'LEGAL',
  'NOT_AVAILABLE',
  'OTHER',
] as const

/** Declining is an answer: with its reason, and who decided. */
export const decline = (shared = false): AnswerRule => ({
  name: 'DECLINED',
  mutation: 'declineMessage',
  by: 'ADDRESSEE',
  fields: shape({ reason: z.enum(declineReasons), explanation: text }),
  settles: 'OWN',
  shared,
})

/** Taken note of, with no word more. */
export const acknowledged = (shared = false): AnswerRule => ({
  name: 'ACKNOWLEDGED',
  mutation: 'acknowledgeMessage',
  by: 'ADDRESSEE',
  fields: shape({}),
  settles: 'OWN',
  shared,
})
