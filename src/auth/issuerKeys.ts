import type { Clock } from '../foundation/clock.ts'
import { type FetchedKeySet, fetchKeySet, type KeySet, type KeySetRefusal } from './fetchKeySet.ts'
import type { IssuerEntry } from './issuers.ts'
import type { JwkRefusal, TrustedKey } from './jwk.ts'

export type KeyRefusal = KeySetRefusal | JwkRefusal | 'KEY_UNKNOWN' | 'KEY_ALG_MISMATCH'

export type FoundKey =
  | { readonly ok: true; readonly key: TrustedKey }
  | { readonly ok: false; readonly reason: KeyRefusal }

/** The keys of all registered issuers. */
export interface KeyRing {
  /** The issuer's key under `kid`, if it is made for `alg`. */
  find(entry: IssuerEntry, kid: string, alg: string): Promise<FoundKey>
}

export interface KeyRingSettings {
  /** A set younger than this is used without asking again; a retired key is trusted no longer than this. */
  readonly freshSeconds: number
  /** While the issuer does not answer, a set is used until this age and not beyond. */
  readonly staleSeconds: number
  /** After a failed fetch the issuer is left alone for this long. */
  readonly cooldownSeconds: number
  /** Fetches that unknown `kid`s may cause at once … */
  readonly burst: number
  /** … and the time in which one of them comes back. */
  readonly refillSeconds: number
  readonly timeoutMs: number
}

export const keyRingSettings: KeyRingSettings = {
  freshSeconds: 300,
  staleSeconds: 3600,
  cooldownSeconds: 5,
  burst: 3,
  refillSeconds: 30,
  timeoutMs: 3000,
}

interface IssuerKeys {
  keys: KeySet | null
  fetchedAt: number
  failure: { readonly reason: KeySetRefusal; readonly at: number } | null
  running: Promise<void> | null
  tokens: number
  filledAt: number
}

/**
 * Key sets by issuer, fetched when needed. Anyone can send tokens with an invented `kid`, so what those may fetch is
 * counted per issuer; whoever spends the count does not delay a rotation, since any fetch brings the new keys in.
 */
export const createKeyRing = (clock: Clock, settings: KeyRingSettings = keyRingSettings): KeyRing => {
  const issuers = new Map<string, IssuerKeys>()
  const seconds = (): number => clock.now().getTime() / 1000

  const stateOf = ({ issuer }: IssuerEntry): IssuerKeys => {
    const known = issuers.get(issuer)
    if (known) return known
    const state = {
      keys: null,
      fetchedAt: 0,
      failure: null,
      running: null,
      tokens: settings.burst,
      filledAt: seconds(),
    }
    issuers.set(issuer, state)
    return state
  }

  const refresh = (entry: IssuerEntry, state: IssuerKeys): Promise<void> => {
    state.running ??= fetchKeySet(entry.jwksUri, settings.timeoutMs)
      .then((fetched) => settle(state, fetched, seconds()))
      .finally(() => {
        state.running = null
      })
    return state.running
  }

  const mayAsk = (state: IssuerKeys): boolean =>
    !state.failure || seconds() - state.failure.at >= settings.cooldownSeconds

  const takeToken = (state: IssuerKeys): boolean => {
    const now = seconds()
    const gained = Math.floor((now - state.filledAt) / settings.refillSeconds)
    if (gained > 0) {
      state.tokens = Math.min(settings.burst, state.tokens + gained)
      state.filledAt += gained * settings.refillSeconds
    }
    if (state.tokens === 0) return false
    state.tokens -= 1
    return true
  }

  const current = async (entry: IssuerEntry, state: IssuerKeys): Promise<KeySet | KeySetRefusal> => {
    const age = () => seconds() - state.fetchedAt
    if ((!state.keys || age() >= settings.freshSeconds) && (state.running || mayAsk(state))) await refresh(entry, state)
    if (state.keys && age() < settings.staleSeconds) return state.keys
    return state.failure?.reason ?? 'KEY_SET_UNREACHABLE'
  }

  return {
    async find(entry, kid, alg) {
      const state = stateOf(entry)
      let keys = await current(entry, state)
      if (typeof keys === 'string') return { ok: false, reason: keys }
      if (!keys.has(kid) && mayAsk(state) && (state.running || takeToken(state))) {
        await refresh(entry, state)
        keys = state.keys ?? keys
      }
      const found = keys.get(kid)
      if (!found) return { ok: false, reason: 'KEY_UNKNOWN' }
      if (!found.ok) return found
      return found.key.algorithm === alg ? found : { ok: false, reason: 'KEY_ALG_MISMATCH' }
    },
  }
}

/** The ring beside the key of one issuer that lives in this process: nothing is fetched to know it. */
export const withOwnKey = (ring: KeyRing, issuer: string, kid: string, own: TrustedKey): KeyRing => ({
  find: async (entry, askedKid, alg) => {
    if (entry.issuer !== issuer) return ring.find(entry, askedKid, alg)
    if (askedKid !== kid) return { ok: false, reason: 'KEY_UNKNOWN' }
    return own.algorithm === alg ? { ok: true, key: own } : { ok: false, reason: 'KEY_ALG_MISMATCH' }
  },
})

const settle = (state: IssuerKeys, fetched: FetchedKeySet, at: number): void => {
  if (fetched.ok) {
    state.keys = fetched.keys
    state.fetchedAt = at
    state.failure = null
  } else {
    state.failure = { reason: fetched.reason, at }
  }
}
