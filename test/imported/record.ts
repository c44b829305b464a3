import type { AgencyName } from '../../src/foundation/agencies.ts'

type Value = string | number | boolean | null | readonly unknown[] | undefined
type Fields = Readonly<Record<string, Value>>

/** A record of a list, as record JSON has it, but for whose it is. */
export interface Written {
  readonly id: string
  readonly eventAt: string
  readonly recordedAt: string
  readonly fields: Fields
  readonly [more: string]: unknown
}

/** What one holder has of one child, by list. */
export type Held = Readonly<Record<string, readonly Written[]>>

/** An invented child, and what each holder has of them. */
export interface ImportedCase {
  /** Rows of `docs/review-demands.md` that it is made for. */
  readonly rows: readonly string[]
  readonly given: string
  readonly family: string
  readonly born: string
  readonly held: Readonly<Record<string, Held>>
}

let written = 0

/** A record of this day or instant, known to its holder at once unless `recordedAt` says otherwise. */
export function rec(when: string, fields: Fields = {}, more: Readonly<Record<string, unknown>> = {}): Written {
  written += 1
  return { id: `r-${written}`, eventAt: when, recordedAt: when, fields, ...more }
}

/** The kind of agency of a holder of the demonstration, by its code. */
export const kindOf = (holder: string): AgencyName =>
  /^F\d$/.test(holder)
    ? 'police'
    : /^9/.test(holder)
      ? 'education'
      : /^NHS/.test(holder)
        ? 'health'
        : /ASC|HOUSING|PROBATION|SUBSTANCE/.test(holder)
          ? 'adultServices'
          : 'socialCare'

/** What a holder calls the child of one case: adult services, the household. */
export const personOf = (holder: string, nth: number): string => `${holder}-${1001 + nth}`

/** By which the people of an authority name the child, beside the id of their record. */
const ownNumberOf = (nth: number): string => `CH/${4001 + nth}`

/** A number from the range that nobody has, with its check digit; the tenth of `nth` has none and is passed over. */
export function nhsNumberOf(nth: number): string {
  for (let serial = 700_000 + nth * 20; ; serial += 1) {
    const nine = `999${serial}`
    const sum = [...nine].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
    const check = (11 - (sum % 11)) % 11
    if (check !== 10) return `${nine}${check}`
  }
}

/** What each holder hands in of these children: one document of record JSON for each. */
export function documentsOf(cases: readonly ImportedCase[]): Readonly<Record<string, object>> {
  const documents: Record<string, { people: object[]; records: Record<string, object[]> }> = {}
  for (const [nth, { given, family, born, held }] of cases.entries())
    for (const [holder, lists] of Object.entries(held)) {
      documents[holder] ??= { people: [], records: {} }
      const document = documents[holder]
      const person = personOf(holder, nth)
      const described = {
        ...{ given, family, dateOfBirth: born },
        ...{ nhsNumber: nhsNumberOf(nth), nhsNumberVerified: true },
      }
      document.people.push(
        kindOf(holder) === 'adultServices'
          ? { id: person, child: described }
          : {
              ...described,
              ...{ id: person, recordedAt: `${born}T12:00:00Z` },
              ...(kindOf(holder) === 'socialCare' ? { laChildId: ownNumberOf(nth) } : {}),
            },
      )
      for (const [list, rows] of Object.entries(lists)) {
        document.records[list] ??= []
        document.records[list].push(...rows.map((row) => ({ person, ...row })))
      }
    }
  return Object.fromEntries(
    Object.entries(documents).map(([holder, { people, records }]) => [
      holder,
      { format: 'wholeview-records/1', kind: kindOf(holder), people, records },
    ]),
  )
}
