import { type CheckedKey, checkJwk } from './jwk.ts'
import { isJsonObject, strictJson } from './strictJson.ts'

/** Keys of one issuer, by `kid`. A key that may not be used is kept with its reason. */
export type KeySet = ReadonlyMap<string, CheckedKey>

export type KeySetRefusal =
  | 'KEY_SET_UNREACHABLE'
  | 'KEY_SET_STATUS'
  | 'KEY_SET_TOO_LARGE'
  | 'KEY_SET_NOT_JSON'
  | 'KEY_SET_SHAPE'
  | 'KEY_SET_TOO_MANY_KEYS'
  | 'KEY_SET_DUPLICATE_KID'

export type FetchedKeySet =
  | { readonly ok: true; readonly keys: KeySet }
  | { readonly ok: false; readonly reason: KeySetRefusal }

const largestBody = 65_536
const mostKeys = 32
const longestKid = 256

const refuse = (reason: KeySetRefusal): FetchedKeySet => ({ ok: false, reason })

/**
 * Fetches a key set from the URL pinned in the issuer registry. No redirect is followed, since it would move the pin;
 * the body is cut off at 64 KB while it streams, since its length header is the sender's word.
 */
export const fetchKeySet = async (url: string, timeoutMs: number): Promise<FetchedKeySet> => {
  let body: Uint8Array | null
  try {
    const response = await fetch(url, {
      redirect: 'error',
      headers: { accept: 'application/jwk-set+json, application/json' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return refuse('KEY_SET_STATUS')
    }
    body = await readBounded(response)
  } catch {
    return refuse('KEY_SET_UNREACHABLE')
  }
  return body ? readKeySet(body) : refuse('KEY_SET_TOO_LARGE')
}

const readBounded = async (response: Response): Promise<Uint8Array | null> => {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength
    if (size > largestBody) {
      await reader.cancel()
      return null
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks)
}

/** Two keys under one `kid` refuse the whole set: which of them signs would be left to chance. */
export const readKeySet = async (body: Uint8Array): Promise<FetchedKeySet> => {
  const read = strictJson(body)
  if (!read.ok) return refuse('KEY_SET_NOT_JSON')
  const members = read.value['keys']
  if (!Array.isArray(members) || !members.every(isJsonObject)) return refuse('KEY_SET_SHAPE')
  if (members.length > mostKeys) return refuse('KEY_SET_TOO_MANY_KEYS')
  const keys = new Map<string, CheckedKey>()
  for (const member of members) {
    const kid = member['kid']
    if (typeof kid !== 'string' || kid === '' || kid.length > longestKid) continue
    if (keys.has(kid)) return refuse('KEY_SET_DUPLICATE_KID')
    keys.set(kid, await checkJwk(member))
  }
  return { ok: true, keys }
}
