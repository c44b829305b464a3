import type { CommonRow, RecordHead } from './commonRowFields.ts'
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
  /**
   * Whether those are all that there are: no holder was away, and none withholds one, or of one what is needed. What is
   * not seen among fewer is not said not to be.
   */
  readonly hasAllSiblings: boolean
  /** Rows of the nested lists under this record. */
  readonly nested: Readonly<Record<string, readonly Row[]>>
  /** The view's date, ISO 8601. */
  readonly asOf: string
}

/**
 * A computed field of one type of record: what it is computed from are fields of that type, and its value sees no
 * other. `Nested` are the row types of the lists under it.
 */
export const computedFrom =
  <Row extends object, Nested extends Readonly<Record<string, object>> = Record<never, never>>() =>
  <const Field extends keyof (Row & CommonRow) & string>(field: {
    readonly from: readonly Field[]
    readonly siblings?: boolean
    readonly nested?: { readonly [List in keyof Nested]: readonly (keyof Nested[List] & string)[] }
    readonly value: (
      row: RecordHead & Pick<Row & CommonRow, Field>,
      at: {
        readonly siblings: readonly (RecordHead & Pick<Row & CommonRow, Field>)[]
        readonly hasAllSiblings: boolean
        readonly nested: { readonly [List in keyof Nested]?: readonly Nested[List][] }
        readonly asOf: string
      },
    ) => Value
  }): Computed =>
    // Rows have the fields that are named here: a name that the type lacks does not compile, and does not start.
    field as unknown as Computed

/** Computed fields of one agency, by type and field. */
export type ComputedFields = Readonly<Record<string, Readonly<Record<string, Computed>>>>
