/**
 * Every value of a header as it came. Node keeps the first of several `Authorization` headers and drops the rest
 * unseen; a proxy before us may have judged another.
 */
export const rawHeaderValues = (rawHeaders: readonly string[], name: string): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)

export const authorizationHeaders = (rawHeaders: readonly string[]): string[] =>
  rawHeaderValues(rawHeaders, 'authorization')

export type BearerRefusal = 'AUTHORIZATION_MISSING' | 'AUTHORIZATION_REPEATED' | 'AUTHORIZATION_NOT_BEARER'

/** `Bearer` (RFC 6750), or `DPoP` for a token that is bound to a key (RFC 9449 §7.1). */
export type Scheme = 'BEARER' | 'DPOP'

export type ReadBearer =
  | { readonly ok: true; readonly scheme: Scheme; readonly token: string }
  | { readonly ok: false; readonly reason: BearerRefusal }

/**
 * The token of exactly one `Authorization` header. What follows the one space is the token, byte for byte; the
 * pre-parse judges it.
 */
export const readBearer = (header: string | readonly string[] | undefined): ReadBearer => {
  if (Array.isArray(header) && header.length > 1) return { ok: false, reason: 'AUTHORIZATION_REPEATED' }
  const only = typeof header === 'string' ? header : header?.[0]
  if (only === undefined || only === '') return { ok: false, reason: 'AUTHORIZATION_MISSING' }
  if (/^bearer /i.test(only)) return { ok: true, scheme: 'BEARER', token: only.slice('Bearer '.length) }
  if (/^dpop /i.test(only)) return { ok: true, scheme: 'DPOP', token: only.slice('DPoP '.length) }
  return { ok: false, reason: 'AUTHORIZATION_NOT_BEARER' }
}
