import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Contracts } from '../records/answered.ts'
import type { ChronologyRule, Row, Value } from '../sources/contract.ts'

/** A list whose contract says how a record is told. */
export interface NarratedList {
  readonly agency: AgencyName
  readonly list: string
  readonly rule: ChronologyRule
  /** What the rule is given of a record. */
  readonly Told: new (
    row: Row,
  ) => Row
}

const kept = new WeakMap<Contracts, readonly NarratedList[]>()

/** Those of all agencies, made once. */
export function narratedLists(contracts: Contracts): readonly NarratedList[] {
  const known = kept.get(contracts)
  if (known) return known
  const lists = agencies.flatMap((agency) =>
    Object.entries(contracts[agency].lists).flatMap(([list, { chronology: rule }]) =>
      rule ? [{ agency, list, rule, Told: toldRowOf(rule) }] : [],
    ),
  )
  kept.set(contracts, lists)
  return lists
}

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
function toldRowOf({ fields }: ChronologyRule): NarratedList['Told'] {
  class Told extends Named implements Row {
    readonly [field: string]: Value
  }
  for (const field of fields)
    if (!(field in Named.prototype))
      Object.defineProperty(Told.prototype, field, {
        get(this: Told) {
          return Named.field(this, field)
        },
      })
  return Told
}
