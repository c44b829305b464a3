import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { derive, seal, unseal } from './sealedIds.ts'

/**
 * What one cookie gives. Everything is derived from its secret, so the store holds nothing that opens a session or an
 * address.
 */
export interface Secrets {
  /** What the store knows the session by. */
  readonly digest: string
  /** Proves that a form was made for this session. */
  readonly formToken: string
  /**
   * Writes an id so that only this session can read it back. The same id is the same text, so links and the back button
   * work.
   */
  seal(kind: string, text: string): string
  /** Null for what this session did not seal as this kind. */
  unseal(kind: string, sealed: string): string | null
}

export const newCookie = (): string => randomBytes(32).toString('base64url')

/** Whether a cookie can be one that `newCookie` made. */
export const isCookie = (text: string | undefined): text is string => /^[A-Za-z0-9_-]{43}$/.test(text ?? '')

export const secretsOf = (cookie: string): Secrets => {
  const key = derive(cookie, 'address key')
  const place = derive(cookie, 'address place')
  return {
    digest: createHash('sha256').update(`session ${cookie}`).digest('base64url'),
    formToken: derive(cookie, 'form').toString('base64url'),
    seal: (kind, text) => seal(key, place, kind, text),
    unseal: (kind, sealed) => unseal(key, kind, sealed),
  }
}

/** Compared without telling by its time how much of it was right. */
export const sameToken = (one: string, other: string): boolean => {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
