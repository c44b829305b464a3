import { codeOf } from '../../../foundation/jsonFile.ts'
import { parseUntrusted, readWithin } from '../../parseUntrusted.ts'
import type { TokenSource } from './clientCredentials.ts'
import { isObject, type Json, listAt, objectAt, textAt } from './json.ts'
import { FhirError, outcomeWords, plainWords } from './outcome.ts'

/** One part of a batch as it was answered. */
export interface BatchPart {
  readonly status: number
  readonly resource: Json | null
  /** The server's own words where it refused. */
  readonly words: string
}

/** Speaks to one server, at its own address alone. */
export interface FhirClient {
  /** With a slash at its end. */
  readonly base: string
  get(url: URL, signal: AbortSignal): Promise<Json>
  /** Several reads and searches in one exchange, answered in their order. */
  batch(urls: readonly string[], signal: AbortSignal): Promise<readonly BatchPart[]>
  /** @throws FhirError where it is not an address of this server. */
  address(link: string): URL
}

export interface FhirClientOptions {
  readonly base: URL
  /** Null: the server asks for no token. */
  readonly tokens: TokenSource | null
  readonly longestAnswer?: number
  readonly now?: () => number
}

const tenMegabytes = 10 * 1024 * 1024
/** Longer than this nobody waits within one request: the server is left alone until then. */
const longestWaitMs = 2000
const longestPauseMs = 60_000

export function fhirClient({
  base: given,
  tokens,
  longestAnswer = tenMegabytes,
  now = Date.now,
}: FhirClientOptions): FhirClient {
  const base = new URL(given)
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  base.search = ''
  base.hash = ''
  /** A server that asked to be left alone is not asked again before then. */
  let notBefore = 0

  const send = (url: URL, body: string | null, signal: AbortSignal, token: string | null): Promise<Response> =>
    fetch(url, {
      method: body === null ? 'GET' : 'POST',
      headers: {
        accept: 'application/fhir+json',
        ...(body === null ? {} : { 'content-type': 'application/fhir+json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
      // A redirect would carry the token and the ids of children to an address nobody configured.
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      // A connection that fails says why in its cause alone.
      throw error instanceof TypeError
        ? new Error(`no server answers at ${base.host}${codeOf(error.cause)}`, { cause: error })
        : error
    })

  const answered = async (url: URL, body: string | null, signal: AbortSignal): Promise<Response> => {
    if (now() < notBefore) throw new FhirError(429, 'asked to be left alone for a while')
    let token = (await tokens?.token(signal)) ?? null
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(url, body, signal, token)
      if (response.status === 401 && tokens && token !== null && attempt === 1) {
        await response.body?.cancel()
        token = await tokens.token(signal, token)
        continue
      }
      const wait = waitOf(response, now())
      if (wait === null) return response
      if (wait > longestWaitMs || attempt > 2) {
        notBefore = now() + Math.min(wait, longestPauseMs)
        return response
      }
      await response.body?.cancel()
      await pause(wait, signal)
    }
  }

  const ask = async (url: URL, body: string | null, signal: AbortSignal): Promise<Json> => {
    const response = await answered(url, body, signal)
    const { status } = response
    const type = response.headers.get('content-type') ?? 'no content type'
    if (status >= 300 && status < 400) {
      await response.body?.cancel()
      throw new FhirError(status, 'answered with a redirect, which is not followed')
    }
    if (!/^application\/(?:fhir\+)?json\b/i.test(type)) {
      await response.body?.cancel()
      throw new FhirError(status, `not FHIR in JSON but ${plainWords(type)}`)
    }
    const read = parseUntrusted(await readWithin(response, longestAnswer))
    if (!isObject(read)) throw new FhirError(status, 'no resource')
    if (!response.ok) throw new FhirError(status, outcomeWords(read))
    return read
  }

  return {
    base: base.href,
    get: (url, signal) => ask(url, null, signal),
    async batch(urls, signal) {
      if (urls.length === 0) return []
      const bundle = {
        resourceType: 'Bundle',
        type: 'batch',
        entry: urls.map((url) => ({ request: { method: 'GET', url } })),
      }
      const answer = await ask(new URL(base.href.replace(/\/$/, '')), JSON.stringify(bundle), signal)
      return partsOf(answer, urls.length)
    },
    address(link) {
      const url = URL.canParse(link, base.href) ? new URL(link, base.href) : null
      if (url === null || url.origin !== base.origin || url.username !== '' || url.password !== '')
        throw new FhirError(0, 'a next page at an address that is not of this server')
      return url
    },
  }
}

function partsOf(answer: Json, expected: number): readonly BatchPart[] {
  const entries = Array.isArray(answer['entry']) ? answer['entry'] : []
  if (answer['resourceType'] !== 'Bundle' || entries.length !== expected)
    throw new FhirError(0, 'an answer to a batch that has not as many parts as were asked for')
  return entries.map((entry: unknown) => {
    const part = isObject(entry) ? entry : {}
    const response = objectAt(part, 'response')
    const resource = objectAt(part, 'resource')
    // `200`, or `200 OK`.
    const status = Number.parseInt(textAt(response, 'status') ?? '', 10)
    return {
      status: Number.isNaN(status) ? 0 : status,
      resource,
      words: outcomeWords(objectAt(response, 'outcome') ?? resource),
    }
  })
}

/** How long a server asks to be left alone; null where it does not. */
function waitOf(response: Response, now: number): number | null {
  if (response.status !== 429 && response.status !== 503) return null
  const after = response.headers.get('retry-after')
  if (after === null) return null
  const wait = /^\d{1,9}$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now
  return Number.isNaN(wait) ? null : Math.max(wait, 0)
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })

/** Resources of one page of a search, and where the next is. */
export const linkTo = (page: Json, relation: string): string | null =>
  textAt(listAt(page, 'link').find((link) => textAt(link, 'relation') === relation) ?? null, 'url')
