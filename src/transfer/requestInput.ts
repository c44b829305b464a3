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
