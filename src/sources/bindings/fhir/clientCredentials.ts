import { randomUUID } from 'node:crypto'
import { importJWK, importPKCS8, type JWK, SignJWT } from 'jose'
import { z } from 'zod'
import { textOf } from '../../../foundation/settingFile.ts'
import { parseUntrusted, readWithin } from '../../parseUntrusted.ts'
import { FhirError, plainWords } from './outcome.ts'

/** How this gateway names itself to a server: SMART App Launch 2, backend services, with an asymmetric key. */
export interface ClientCredentials {
  readonly clientId: string
  /** The private key: a JWK, or PKCS 8 in PEM. */
  readonly keyFile: string
  /** Where tokens are given out; null: where `.well-known/smart-configuration` of the server says. */
  readonly tokenUrl: string | null
  /** `system/*.rs` where nothing is said. */
  readonly scope: string
}

const algorithms = ['RS384', 'ES384', 'RS256', 'ES256', 'PS384', 'EdDSA'] as const
const longestAnswer = 64 * 1024
/** An assertion is used at once: SMART lets it live for five minutes at most. */
const assertionLife = '2m'
/** A token is not used in its last moments, in which it may run out on the way. */
const marginMs = 30_000
const shortestLifeMs = 5000

const tokenAnswer = z.object({
  access_token: z.string().min(1).max(16_000),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive().optional(),
})
const smartConfiguration = z.object({ token_endpoint: z.url() })

/** Gives the token with which a server is asked. */
export interface TokenSource {
  /** @param refused a token that the server no longer takes. */
  token(signal: AbortSignal, refused?: string): Promise<string>
}

/**
 * Tokens of one client, each used until it runs out. Several requests wait for one that is on its way.
 *
 * @param mayBePlain whether a token may come, and the assertion go, without TLS: in the demonstration alone.
 */
export function clientCredentials(
  credentials: ClientCredentials,
  base: URL,
  { mayBePlain, now = Date.now }: { readonly mayBePlain: boolean; readonly now?: () => number },
): TokenSource {
  let known: { readonly token: string; readonly until: number } | null = null
  let coming: Promise<string> | null = null
  let tokenUrl: URL | null = null

  const give = async (signal: AbortSignal): Promise<string> => {
    tokenUrl ??= await tokenUrlOf(credentials, base, mayBePlain, signal)
    const assertion = await assertionFor(credentials, tokenUrl)
    const { access_token, expires_in = 60 } = await askForToken(tokenUrl, credentials, assertion, signal)
    known = { token: access_token, until: now() + Math.max(expires_in * 1000 - marginMs, shortestLifeMs) }
    return access_token
  }
  return {
    async token(signal, refused) {
      if (known && known.token !== refused && known.until > now()) return known.token
      coming ??= give(signal).finally(() => {
        coming = null
      })
      return coming
    },
  }
}

async function assertionFor({ clientId, keyFile }: ClientCredentials, audience: URL): Promise<string> {
  const { key, algorithm, kid } = await privateKey(keyFile)
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(kid === undefined ? {} : { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience.href)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(assertionLife)
    .sign(key)
}

/** Read each time a token is asked for, so that a key that was changed is used from then on. */
export async function privateKey(file: string) {
  const text = textOf(file).trim()
  if (text.startsWith('{')) {
    // Narrowed by `importJWK`, which refuses what is no key.
    const jwk = parseUntrusted(text) as JWK
    const algorithm = jwk.alg ?? (jwk.kty === 'EC' ? 'ES384' : jwk.kty === 'OKP' ? 'EdDSA' : 'RS384')
    return { key: await importJWK(jwk, allowed(algorithm)), algorithm, kid: jwk.kid }
  }
  for (const algorithm of ['RS384', 'ES384', 'ES256', 'EdDSA'])
    try {
      return { key: await importPKCS8(text, algorithm), algorithm, kid: undefined }
    } catch {
      // Of another kind: the next may be it.
    }
  throw new FhirError(0, 'the key file holds no private key: a JWK, or PKCS 8 in PEM')
}

const allowed = (algorithm: string): string => {
  if (algorithms.some((each) => each === algorithm)) return algorithm
  throw new FhirError(0, 'the key file names an algorithm that is not used')
}

async function tokenUrlOf(
  { tokenUrl }: ClientCredentials,
  base: URL,
  mayBePlain: boolean,
  signal: AbortSignal,
): Promise<URL> {
  const named = tokenUrl ?? (await discovered(base, signal))
  const url = new URL(named)
  if (url.protocol !== 'https:' && !(mayBePlain && url.protocol === 'http:'))
    throw new FhirError(0, 'the address at which tokens are given out is not of HTTPS')
  return url
}

async function discovered(base: URL, signal: AbortSignal): Promise<string> {
  const response = await fetch(new URL('.well-known/smart-configuration', base), {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal,
  })
  const text = await readWithin(response, longestAnswer)
  const read = response.ok ? smartConfiguration.safeParse(parseUntrusted(text)) : null
  if (read?.success) return read.data.token_endpoint
  throw new FhirError(response.status, 'no .well-known/smart-configuration that names a token_endpoint')
}

async function askForToken(url: URL, { scope }: ClientCredentials, assertion: string, signal: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }).toString(),
    // A redirect would carry the assertion to an address nobody configured.
    redirect: 'manual',
    signal,
  })
  const text = await readWithin(response, longestAnswer)
  if (!response.ok) throw new FhirError(response.status, `no token: ${refusalIn(text)}`)
  const read = tokenAnswer.safeParse(parseUntrusted(text))
  if (!read.success) throw new FhirError(response.status, 'an answer that is no token')
  return read.data
}

/** RFC 6749 section 5.2. */
const refusal = z.object({ error: z.string(), error_description: z.string().optional() })

function refusalIn(text: string): string {
  try {
    const { error, error_description = '' } = refusal.parse(parseUntrusted(text))
    return plainWords(`${error} ${error_description}`.trim())
  } catch {
    return 'without a reason'
  }
}
