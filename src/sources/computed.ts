import type { Row, Value } from './contract.ts'

/**
 * A field that no column holds. It is computed from permitted columns alone: what is withheld is null in `row`, so a
 * computed field can disclose no more than its inputs.
 */
export interface Computed {
  /** Fields of the same record that it needs. */
  readonly from: readonly string[]
  /** Fields of the other records of the same list, when it compares with them. */
  readonly siblings?: boolean
  /** Nested list and the fields of it that it needs. */
  readonly nested?: Readonly<Record<string, readonly string[]>>
  readonly value: (row: Row, at: ComputedAt) => Value
}

export interface ComputedAt {
  /** Records of the same list and child, this one among them; only when `siblings`. */
  readonly siblings: readonly Row[]
  /** Rows of the nested lists under this record. */
  readonly nested: Readonly<Record<string, readonly Row[]>>
  /** The view's date, ISO 8601. */
  readonly asOf: string
}

/** Computed fields of one agency, by type and field. */
export type ComputedFields = Readonly<Record<string, Readonly<Record<string, Computed>>>>
