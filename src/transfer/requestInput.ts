import type { TransferKeyColumns } from './store.ts'
import type { TransferParts } from './transferParts.ts'
import type { TransferType } from './transferTypes.ts'

export interface RequestInput {
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  /** A value of `TransferType`. */
  readonly type: string
  /** ISO 8601; when left out, the placement's start for a child placed out, else now. */
  readonly notifiedAt?: string | null
}

/** A request whose arguments can be distinguished from nonsense without looking at any child. */
export interface CheckedInput extends RequestInput {
  readonly type: TransferType
  /** ISO 8601 in UTC, as it was sent. */
  readonly notifiedAt: string | null
  readonly by: string
}

/** By what a transfer that was asked for is found again, as it is there for the caller. */
export const keyOf = async (
  { keptFor }: Pick<TransferParts, 'keptFor'>,
  { childId, fromLa, toLa, type }: CheckedInput,
): Promise<TransferKeyColumns> => ({
  ...{ child_id: childId, type, from_la: fromLa, to_la: toLa },
  kept_for: await keptFor(childId),
})
