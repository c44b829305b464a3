import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

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
