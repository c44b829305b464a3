import type { TokenRefusal } from '../../../src/auth/verifyToken.ts'
import { forge, goodHeader, goodPayload, signRaw } from '../support.ts'

/** One hostile request, and the reason that the operator's log must have for it. */
export interface Attack {
  readonly title: string
  /** The `Authorization` header's token. */
  readonly token: string
  readonly reason: TokenRefusal
  readonly scheme?: 'Bearer' | 'DPoP'
  readonly proofs?: readonly string[]
  readonly certificate?: string
}

export type Part = 'HEADER' | 'PAYLOAD' | 'SIGNATURE'
export const parts = ['HEADER', 'PAYLOAD', 'SIGNATURE'] as const

/** The good token with one part rewritten. */
export const rewrite = (part: Part, change: (text: string) => string): string =>
  forge()
    .split('.')
    .map((text, index) => (index === parts.indexOf(part) ? change(text) : text))
    .join('.')

/** A token whose header or payload is exactly these bytes, and whose signature over them holds. */
export const signedText = (part: 'HEADER' | 'PAYLOAD', text: string | Uint8Array): string =>
  part === 'HEADER' ? signRaw(text, JSON.stringify(goodPayload)) : signRaw(JSON.stringify(goodHeader), text)

/** The good header or payload as JSON text, its last brace open for more members. */
export const openText = (part: 'HEADER' | 'PAYLOAD'): string =>
  JSON.stringify(part === 'HEADER' ? goodHeader : goodPayload).slice(0, -1)

/** The payload with one member written as raw JSON text. */
export const payloadWithRaw = (member: string, value: string): string => {
  const { [member]: _left, ...rest } = goodPayload as Record<string, unknown>
  return signedText('PAYLOAD', `${JSON.stringify(rest).slice(0, -1)},"${member}":${value}}`)
}

/** A value as a title: short, printable, and never the same for two. */
export const shown = (value: unknown): string =>
  (JSON.stringify(value) ?? 'absent')
    .replace(/[^\x20-\x7e]/g, (c) => `U+${c.codePointAt(0)?.toString(16)}`)
    .slice(0, 70)
