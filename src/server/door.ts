import type { GraphQLSchema } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import type { Presented } from '../auth/presented.ts'
import type { RequestContext } from '../disclosure/context.ts'
import type { ErrorCode } from '../errors.ts'

/** What the server needs of the gateway behind it. The server knows HTTP and GraphQL; the door knows children and agencies. */
export interface GatewayDoor {
  readonly schema: GraphQLSchema
  /**
   * Judges the `Authorization` headers, every one that was sent, with what proves who holds the token.
   *
   * @param meanwhile as `Verifier` has it.
   * @returns `reason` for the operator's log alone; the caller reads one sentence whatever it is.
   */
  authenticate(
    authorization: readonly string[] | undefined,
    presented?: Presented,
    meanwhile?: (caller: Caller) => void,
  ): Promise<Authentication>
  /** Headers of every refusal of a token: the same for every reason. */
  challenge(): Readonly<Record<string, string>>
  /**
   * Opens one request. The context lives as long as the request and no longer.
   *
   * @param allowed settles once the caller is known not to be denied; no child is opened before. Absent: it is known.
   */
  open(caller: Caller, request: OpenRequest, allowed?: Promise<void>): RequestContext
  /**
   * Commits the audit leaf. Called once, after execution and before the first byte of the response; when it rejects,
   * nothing of the answer leaves.
   */
  record(context: RequestContext, outcome: Outcome): Promise<void>
  /** Asks every store and source whether it can be reached. */
  readiness(): Promise<readonly Readiness[]>
  /** Public keys with which the gateway signs grants and transfers. */
  jwks(): object
}

export type Authentication =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly reason: string }

export interface OpenRequest {
  readonly requestId: string
  readonly operationName: string | null
  readonly query: string
  readonly authorization: string
}

export interface Outcome {
  readonly errors: readonly { readonly code: ErrorCode }[]
  /** Whether anything but nulls is in the answer. */
  readonly disclosed: boolean
}

/** One part of the gateway that can be reached or not. `detail` is for operators and is not sent. */
export interface Readiness {
  /** `store` for the gateway's own store, else the agency's name. */
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** Name under which the gateway's own store stands in `readiness()`: without it nothing can be recorded, so nothing is served. */
export const storeName = 'store'
