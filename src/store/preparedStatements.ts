import { LRUCache } from 'lru-cache'
import type { Statement } from './database.ts'

/** Names remembered as asked once. */
const mostRemembered = 4096

/**
 * What one session keeps prepared, in characters of SQL. PostgreSQL keeps about a hundred bytes for each with its plan,
 * so this is some forty megabytes.
 */
export const mostPrepared = 400_000

/**
 * Which statements are worth a name. A selection is the caller's to write, and every prepared statement stays in its
 * session until that ends: were each new one kept, ever new selections would fill the server's memory. So a statement
 * is prepared when it comes again, and a session that has prepared its fill is replaced.
 */
export class StatementUse {
  readonly #once = new LRUCache<string, true>({ max: mostRemembered })
  readonly #again = new LRUCache<string, true>({ max: mostRemembered })

  /** Whether this statement was asked before, as far as is remembered. */
  has({ name }: Statement): boolean {
    if (this.#again.get(name)) return true
    if (this.#once.delete(name)) {
      this.#again.set(name, true)
      return true
    }
    this.#once.set(name, true)
    return false
  }
}

/** What one session has prepared. */
export class Prepared {
  readonly #names = new Set<string>()
  #characters = 0

  /** Whether this statement is prepared here, or there is room for it. */
  takes({ name, text }: Statement): boolean {
    return this.#names.has(name) || this.#names.size === 0 || this.#characters + text.length <= mostPrepared
  }

  keep({ name, text }: Statement): void {
    if (this.#names.has(name)) return
    this.#names.add(name)
    this.#characters += text.length
  }
}
