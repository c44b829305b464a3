import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import type { Contracts } from '../records/agencyAnswers.ts'
import type { ChronologyRule, Row, Value } from '../sources/contract.ts'

/** A list whose contract says how a record is narrated. */
export interface NarratedList {
  readonly agency: AgencyName
  readonly list: string
  readonly rule: ChronologyRule
  /** What the rule is given of a record. */
  readonly Narratable: new (
    row: Row,
  ) => Row
}

/** Those of all agencies. */
export const narratedLists = madeOnce((contracts: Contracts): readonly NarratedList[] =>
  agencies.flatMap((agency) =>
    Object.entries(contracts[agency].lists).flatMap(([list, { chronology: rule }]) =>
      rule ? [{ agency, list, rule, Narratable: narratableOf(rule) }] : [],
    ),
  ),
)

/** A record of which nothing is seen but its name. */
class Named {
  readonly #row: Row

  constructor(row: Row) {
    this.#row = row
  }

  static field(named: Named, field: string): Value {
    return named.#row[field] ?? null
  }

  get id(): string {
    return this.#row.id
  }

  get person(): string {
    return this.#row.person
  }
}

/**
 * The rule's own fields of a record as well, each read when the rule looks at it. One that was not permitted is null,
 * whether the source left it out or gave null.
 */
function narratableOf({ fields }: ChronologyRule): NarratedList['Narratable'] {
  class Narratable extends Named implements Row {
    readonly [field: string]: Value
  }
  for (const field of fields)
    if (!(field in Named.prototype))
      Object.defineProperty(Narratable.prototype, field, {
        get(this: Narratable) {
          return Named.field(this, field)
        },
      })
  return Narratable
}
