/**
 * What the register itself shows of those who are on file. A name that the model lacks is rare only when enough
 * people are on file to have met it; a postcode that more families share than live in a street, and a day on which
 * too many were born, are no evidence.
 */
export interface RegisterKnowledge {
  readonly people: number
  /** How many bear each name: those with `fewestBearers` and more. */
  readonly given: ReadonlyMap<string, number>
  readonly family: ReadonlyMap<string, number>
  readonly fullNames: ReadonlyMap<string, number>
  readonly crowdedPostcodes: ReadonlySet<string>
  /** Whole days, `yyyymmdd`, that stand where a date is not known. */
  readonly defaultDates: ReadonlySet<string>
  /** Whether NHS numbers of the range kept for tests say anything: in a demonstration alone. */
  readonly testNumbersCount: boolean
}
