import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

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

/** A key for one use, from a secret. */
export const derive = (secret: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'wholeview workbench', use, 32))

const placeLength = 12
const tagLength = 16

/** AES-256-GCM with a nonce that is a digest of what is sealed: a nonce comes again with the same text alone. */
export const seal = (key: Buffer, place: Buffer, kind: string, text: string): string => {
  const nonce = createHmac('sha256', place).update(`${kind}\0${text}`).digest().subarray(0, placeLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(kind))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

export const unseal = (key: Buffer, kind: string, sealed: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64url')
  // Two texts that decode alike are one address written in two ways.
  if (bytes.length <= placeLength + tagLength || bytes.toString('base64url') !== sealed) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, placeLength)).setAAD(Buffer.from(kind))
    decipher.setAuthTag(bytes.subarray(placeLength, placeLength + tagLength))
    return Buffer.concat([decipher.update(bytes.subarray(placeLength + tagLength)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
