import type { GraphQLSchema } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import type { Presented } from '../auth/presented.ts'
import type { RequestContext } from '../context.ts'
import type { ErrorCode } from '../errors.ts'

/** What the server needs of the gateway behind it. The server knows HTTP and GraphQL; the door knows children and agencies. */
export interface GatewayDoor {
  readonly schema: GraphQLSchema
  /**
   * Judges the `Authorization` headers, every one that was sent, with what proves who holds the token.
   *
   * @returns `reason` for the operator's log alone; the caller reads one sentence whatever it is.
   */
  authenticate(authorization: readonly string[] | undefined, presented?: Presented): Promise<Authentication>
  /** Headers of every refusal of a token: the same for every reason. */
  challenge(): Readonly<Record<string, string>>
  /** Opens one request. The context lives as long as the request and no longer. */
  open(caller: Caller, request: OpenRequest): RequestContext
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
