/** Entries of a block: what is read at once, and the smallest subtree whose root is remembered. A power of two. */
export const blockSize = 512

/**
 * Roots of whole blocks of the log's tree, and of the whole subtrees above them. None ever changes: whoever has gone
 * through the entries once, as a start does, leaves them to whoever proves something of one entry.
 */
export class BlockRoots {
  /** As text: a buffer of so few bytes holds on to the memory in which it was made. */
  readonly #known = new Map<string, string>()

  root(from: number, size: number): Buffer | null {
    const known = this.#known.get(`${from}:${size}`)
    return known === undefined ? null : Buffer.from(known, 'latin1')
  }

  /** Takes the root of a whole subtree; of those smaller than a block none is remembered. */
  readonly add = (from: number, size: number, root: Buffer): void => {
    if (size >= blockSize) this.#known.set(`${from}:${size}`, root.toString('latin1'))
  }
}
