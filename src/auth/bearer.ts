/** Every `Authorization` header as it came. Node keeps the first of several and drops the rest unseen; a proxy before us may have judged another. */
export const authorizationHeaders = (rawHeaders: readonly string[]): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization')

export type BearerRefusal = 'AUTHORIZATION_MISSING' | 'AUTHORIZATION_REPEATED' | 'AUTHORIZATION_NOT_BEARER'

export type ReadBearer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly reason: BearerRefusal }

/** The token of exactly one `Bearer` header (RFC 6750 §2.1). What follows the one space is the token, byte for byte; the pre-parse judges it. */
export const readBearer = (header: string | readonly string[] | undefined): ReadBearer => {
  if (Array.isArray(header) && header.length > 1) return { ok: false, reason: 'AUTHORIZATION_REPEATED' }
  const only = typeof header === 'string' ? header : header?.[0]
  if (only === undefined || only === '') return { ok: false, reason: 'AUTHORIZATION_MISSING' }
  if (!/^bearer /i.test(only)) return { ok: false, reason: 'AUTHORIZATION_NOT_BEARER' }
  return { ok: true, token: only.slice('Bearer '.length) }
}
