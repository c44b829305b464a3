import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/**
 * Canonical JSON (RFC 8785): the same content is the same bytes for everybody, so that a fingerprint can be read out on
 * a telephone.
 */
export const canonicalJson = (content: unknown): string => {
  const text = canonicalize(content)
  if (text === undefined) throw new TypeError('This value has no canonical JSON.')
  return text
}

/** SHA-256 of the canonical JSON, in hexadecimal. */
export const fingerprintOf = (canonical: string): string => createHash('sha256').update(canonical, 'utf8').digest('hex')
