/**
 * Names of one origin, usual ones first, in the script they are written in at home. All invented combinations of public
 * names.
 */
export interface NamePool {
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly families: readonly string[]
  /** The form of a family name that a girl bears, where it differs. */
  readonly feminine?: (family: string) => string
}
