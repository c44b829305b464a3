import { Refusal } from '../foundation/errors.ts'
import type { By } from './registerTypes.ts'

/** Who decided and why, as columns of an event. Nothing is decided without a reason. */
export function decidedBy({ person, reason, second }: By) {
  if (reason.trim() === '') throw new Refusal('BAD_INPUT', { message: 'A reason is required.' })
  return { decided_by: person, seconded_by: second ?? null, reason }
}
