/** Why a text is not JSON that every parser reads alike. */
export type JsonRefusal =
  | 'NOT_UTF8'
  | 'NOT_JSON'
  | 'NOT_AN_OBJECT'
  | 'DUPLICATE_MEMBER'
  | 'FORBIDDEN_MEMBER'
  | 'TOO_DEEP'
  | 'LONE_SURROGATE'

export type JsonObject = Readonly<Record<string, unknown>>

export type StrictJson =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly reason: JsonRefusal }

/** A byte order mark is kept, so that JSON refuses it; ill-formed bytes are never replaced. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Names that reach a prototype when a later reader copies members one by one. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

const deepest = 8

/**
 * Reads a JSON object that leaves no room for two readers to differ: UTF-8 without replacement, no member twice at any
 * depth (also when one is written with escapes), no name that reaches a prototype, at most eight levels.
 * `JSON.parse` alone keeps the last of two members, so a checker and a user may see different claims (RFC 8725 §2.4).
 */
export const strictJson = (bytes: Uint8Array): StrictJson => {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { ok: false, reason: 'NOT_UTF8' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'NOT_JSON' }
  }
  if (!isJsonObject(value)) return { ok: false, reason: 'NOT_AN_OBJECT' }
  const reason = scan(text)
  return reason ? { ok: false, reason } : { ok: true, value }
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Walks a text that `JSON.parse` has accepted, so its grammar is proven: a string before a colon is a member's name.
 */
const scan = (text: string): JsonRefusal | null => {
  const open: (Set<string> | null)[] = []
  let at = 0
  while (at < text.length) {
    const character = text[at]
    if (character === '{' || character === '[') {
      if (open.push(character === '{' ? new Set() : null) > deepest) return 'TOO_DEEP'
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const end = endOfString(text, at)
      const read: unknown = JSON.parse(text.slice(at, end))
      const reason = checkString(String(read), isName(text, end) ? (open.at(-1) ?? null) : null)
      if (reason) return reason
      at = end
      continue
    }
    at += 1
  }
  return null
}

const checkString = (read: string, names: Set<string> | null): JsonRefusal | null => {
  if (/\p{Surrogate}/u.test(read)) return 'LONE_SURROGATE'
  if (!names) return null
  if (forbidden.has(read)) return 'FORBIDDEN_MEMBER'
  if (names.has(read)) return 'DUPLICATE_MEMBER'
  names.add(read)
  return null
}

const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

const isName = (text: string, end: number): boolean => {
  let at = end
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1
  return text[at] === ':'
}
