/**
 * One way in which two people are compared: how much they agree, as a level by number, or -1 when either side is
 * silent.
 */
export interface Comparison<P> {
  readonly name: string
  readonly levels: readonly string[]
  level(first: P, second: P): number
  /** The value whose rarity makes agreement on it say more, or a common one less. */
  readonly term?: (person: P) => string
  /** The worst level at which the rarity of the value still counts, as a caution and never as a bonus. */
  readonly closeTo?: number
}
