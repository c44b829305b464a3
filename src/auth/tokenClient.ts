import { z } from 'zod'
import type { Purpose } from '../policy/vocabulary.ts'
import { type ProofKey, signProof } from './signDpopProof.ts'

export interface TokenRequest {
  /** The issuer's token endpoint, for example `http://127.0.0.1:4000/issuer/token`. */
  readonly tokenUrl: string
  readonly personaId: string
  readonly secret: string
  /** Another purpose than the persona's default. */
  readonly purpose?: Purpose
  /** Binds the token to this key (RFC 9449): whoever steals it cannot use it. */
  readonly proofKey?: ProofKey
}

export interface IssuedToken {
  readonly token: string
  readonly expiresInSeconds: number
}

/** No token was had. `message` is a whole sentence for the person at the terminal; it never quotes the secret. */
export class TokenRequestError extends Error {
  override readonly name = 'TokenRequestError'
  /** Whether the issuer does not know who asks. */
  readonly isUnknown: boolean

  constructor(
    message: string,
    { isUnknown = false, ...options }: ErrorOptions & { readonly isUnknown?: boolean } = {},
  ) {
    super(message, options)
    this.isUnknown = isUnknown
  }
}

const granted = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^(bearer|dpop)$/i),
  expires_in: z.number(),
})
const refused = z.object({ error: z.string(), error_description: z.string().optional() })

/** Asks a token over HTTP with OAuth 2 client credentials (RFC 6749 §4.4), as any client of the gateway would. */
export const requestToken = async (request: TokenRequest): Promise<IssuedToken> => {
  const { personaId, purpose, proofKey } = request
  const response = await post(request)
  const body: unknown = await response.json().catch(() => null)
  const token = granted.safeParse(body)
  // An issuer that passes a proof over gives a token that is not bound: it is not taken for one that is.
  const isBound = /^dpop$/i.test(token.data?.token_type ?? '')
  if (response.ok && token.success && isBound === (proofKey !== undefined)) {
    return { token: token.data.access_token, expiresInSeconds: token.data.expires_in }
  }
  const error = errorIn(body)
  throw new TokenRequestError(sentenceOf(response.status, error, personaId, purpose), {
    isUnknown: error?.error === 'invalid_client',
  })
}

const post = async ({ tokenUrl: url, personaId, secret, purpose, proofKey }: TokenRequest): Promise<Response> => {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(purpose && { scope: `purpose:${purpose}` }),
  })
  const credentials = [personaId, secret].map(encodeURIComponent).join(':')
  const proof: Record<string, string> = proofKey
    ? { dpop: await signProof(proofKey, { method: 'POST', url, at: new Date() }) }
    : {}
  try {
    return await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        accept: 'application/json',
        ...proof,
      },
      body: form,
      signal: AbortSignal.timeout(10_000),
    })
  } catch (cause) {
    throw new TokenRequestError(`The token issuer at ${url} does not answer. Is the gateway running?`, { cause })
  }
}

type IssuersError = z.infer<typeof refused> | null

const errorIn = (body: unknown): IssuersError => refused.safeParse(body).data ?? null

const sentenceOf = (status: number, read: IssuersError, personaId: string, purpose: Purpose | undefined): string => {
  if (read?.error === 'invalid_client') return `The issuer knows no persona "${personaId}" with this secret.`
  if (read?.error === 'invalid_scope') return `The role of "${personaId}" may not ask for the purpose ${purpose}.`
  const detail = read ? (read.error_description ?? read.error) : 'its answer is not a token'
  return `The issuer refused a token for "${personaId}" (status ${status}): ${detail}.`
}
