import type { Grant } from '../policy/grant.ts'
import type { Value } from './contract.ts'

/**
 * Pseudonyms of one agency's answer about one child: the same value is the same pseudonym throughout the answer, and
 * the number says nothing but the order of first appearance. It is made where the value is held, so the value never
 * leaves.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  of(noun: string, value: Value): Value {
    if (value === null) return null
    if (Array.isArray(value)) return value.map((item) => this.#one(noun, String(item)))
    return this.#one(noun, String(value))
  }

  #one(noun: string, value: string): string {
    const key = `${noun}|${value}`
    const known = this.#known.get(key)
    if (known) return known
    const count = (this.#counts.get(noun) ?? 0) + 1
    this.#counts.set(noun, count)
    const pseudonym = `${noun}-${count}`
    this.#known.set(key, pseudonym)
    return pseudonym
  }
}

const shared = new WeakMap<Grant, Pseudonyms>()

/** Lets what several sources answer about one child name the same value alike. */
export const sharePseudonyms = (grants: readonly Grant[]): void => {
  const pseudonyms = new Pseudonyms()
  for (const grant of grants) shared.set(grant, pseudonyms)
}

/** With which records are made that are read under a grant. */
export const pseudonymsOf = (grant: Grant): Pseudonyms => shared.get(grant) ?? new Pseudonyms()
