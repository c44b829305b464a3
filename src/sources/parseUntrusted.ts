/**
 * Reads text from another process. Names that could reach an object's prototype are refused wherever they stand. What
 * the parser would say is not passed on: it quotes the text, and the text may be a record.
 */
export const parseUntrusted = (text: string): unknown => {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (forbiddenNames.has(key)) throw new TypeError()
      return value
    })
  } catch {
    throw new TypeError('not JSON that may be read')
  }
}

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/** The text of an answer. @throws when it is longer than `limit` bytes, of which no more is read, or is no UTF-8. */
export const readWithin = async (response: Response, limit: number): Promise<string> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > limit) throw new TypeError('an answer that is too long')
    parts.push(part)
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
}
