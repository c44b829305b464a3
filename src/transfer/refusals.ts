import { Refusal } from '../foundation/errors.ts'
import type { Decision } from './authorise.ts'

const sentences: Readonly<Record<Exclude<Decision, 'ALLOWED' | 'NOT_A_PARTY'>, string>> = {
  ROLE_NOT_PERMITTED: 'Your role does not work on transfers.',
  PURPOSE_NOT_PERMITTED: 'Your purpose does not fit your side of this transfer.',
  NOT_THE_RECEIVER: 'Only the receiving authority can do this.',
  NOT_THE_SENDER: 'Only the sending authority can do this.',
}

/** Turns a decision into the refusal that the caller reads, or returns. */
export const demand = (decision: Decision): void => {
  if (decision === 'ALLOWED') return
  if (decision === 'NOT_A_PARTY') throw new Refusal('NOT_A_PARTY', { detail: decision })
  throw new Refusal('FORBIDDEN', { message: sentences[decision], detail: decision })
}

export const badInput = (message: string): Refusal => new Refusal('BAD_INPUT', { message })
export const conflict = (message: string): Refusal => new Refusal('CONFLICT', { message })
