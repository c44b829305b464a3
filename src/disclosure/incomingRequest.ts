import type { Lifetime } from './operationAllowance.ts'

/** A request before anything is known of it but who sent it. */
export interface IncomingRequest {
  readonly requestId: string
  readonly operationName: string | null
  readonly query: string
  /** Absent where the gateway works for itself. */
  readonly lifetime?: Lifetime
}
