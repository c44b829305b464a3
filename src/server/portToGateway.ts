import type { Presented } from '../auth/presentedCredentials.ts'
import type { Disclosure } from '../disclosure/answer.ts'
import type { Caller } from '../policy/caller.ts'

/** What the server needs of the gateway behind it. The server knows HTTP; the gateway knows children and agencies. */
export interface GatewayPort extends Disclosure {
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
  /** Asks every store and source whether it can be reached. */
  readiness(): Promise<readonly Readiness[]>
  /** Public keys with which the gateway signs grants and transfers. */
  jwks(): object
}

export type Authentication =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly reason: string }

/** One part of the gateway that can be reached or not. `detail` is for operators and is not sent. */
export interface Readiness {
  /** `store` for the gateway's own store, else the agency's name. */
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/**
 * Name under which the gateway's own store stands in `readiness()`: without it nothing can be recorded, so nothing is
 * served.
 */
export const storeName = 'store'
