/** A few texts that are known beforehand, such as the values of an enum, found by their UTF-8 without making a string. */
export class KnownTexts {
  readonly #byHash = new Map<number, readonly Uint8Array[]>()

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const bytes = Buffer.from(text)
      const hash = hashOf(bytes, 0, bytes.length)
      this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), bytes])
    }
  }

  has(bytes: Uint8Array, from: number, to: number): boolean {
    const known = this.#byHash.get(hashOf(bytes, from, to))
    return known?.some((text) => isAt(text, bytes, from, to)) ?? false
  }
}

/** Length, ends and middle: few enough steps, and enough to tell most texts apart. A small integer. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number =>
  ((to - from) << 21) ^ ((bytes[from] ?? 0) << 14) ^ ((bytes[(from + to) >> 1] ?? 0) << 7) ^ (bytes[to - 1] ?? 0)

function isAt(text: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false
  for (let place = 0; place < text.length; place += 1) if (text[place] !== bytes[from + place]) return false
  return true
}
