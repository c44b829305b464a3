import type { AgencyName } from '../foundation/agencies.ts'
import type { CommonField, CommonRow, RecordHead } from '../sources/commonRowFields.ts'
import type { AgencyLists } from './generated.ts'

/** Lists of an agency, as the schema has them. */
export type ListName<Agency extends AgencyName> = keyof AgencyLists[Agency] & string

/** Everything that a record of a list may have. */
export type WholeRow<Agency extends AgencyName, List extends ListName<Agency>> = AgencyLists[Agency][List] & CommonRow

export type FieldName<Agency extends AgencyName, List extends ListName<Agency>> =
  | CommonField
  | (keyof AgencyLists[Agency][List] & string)

/** Fields that something is made of, by agency and list. Only those that the caller may read are fetched. */
export type RequiredFields = {
  readonly [Agency in AgencyName]?: {
    readonly [List in ListName<Agency>]?: readonly FieldName<Agency, List>[]
  } & {
    /** Not a list: how many records of each there are. */
    readonly holdings?: readonly never[]
  }
}

/** A record of a list, with some of its fields and no other. */
export type RowWith<Agency extends AgencyName, List extends ListName<Agency>, Field extends string> = RecordHead &
  Pick<WholeRow<Agency, List>, Field & keyof WholeRow<Agency, List>>

/** The rows by list that required fields give. */
export type RowsOf<Required> = {
  readonly [Agency in keyof Required & AgencyName]: {
    readonly [List in keyof Required[Agency] & ListName<Agency>]: RowWith<
      Agency,
      List,
      Required[Agency][List] extends readonly (infer Field extends string)[] ? Field : never
    >
  }
}

/** What names out of contracts require: they are checked at the start, with all that is required. */
export const requiredByContracts = (names: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>) =>
  names as RequiredFields

type AgenciesOf<Part> = Part extends Part ? keyof Part & AgencyName : never
type ListsIn<Part, Agency> = Part extends { readonly [Each in Agency & string]: infer Lists } ? keyof Lists : never
type FieldsIn<Part, Agency, List> = Part extends {
  readonly [Each in Agency & string]: { readonly [One in List & string]: readonly (infer Field)[] }
}
  ? Field
  : never

/** Required fields of several parts together. */
export type Merged<Part> = {
  readonly [Agency in AgenciesOf<Part>]: {
    readonly [List in ListsIn<Part, Agency> & string]: readonly FieldsIn<Part, Agency, List>[]
  }
}
