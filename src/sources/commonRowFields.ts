import type { Value } from '../sources/contract.ts'

/** Fields of a row that say where it comes from. */
export const provenanceFields = [
  'eventAt',
  'provenance.agency',
  'provenance.la',
  'provenance.force',
  'provenance.organisation',
  'provenance.recordedBy',
  'provenance.recordedAt',
  'provenance.evidence',
  'provenance.supersedes',
] as const

/** Fields that a record of any list has, beside its id and person. */
export const commonFields = [...provenanceFields, 'sensitivity'] as const
export type CommonField = (typeof commonFields)[number]

/** What a field of a record has: nothing where it is empty, withheld, or left out by its source. */
export type Held<T> = T | null | undefined

/** A record with every common field. */
export type CommonRow = {
  readonly [Field in CommonField]: Held<Field extends 'sensitivity' ? readonly string[] : string>
}

/** What is there of a record in any case. */
export type RecordHead = {
  /** `<agency>:<record id>`, unique across agencies. */
  readonly id: string
  readonly person: string
  /** Of a nested record: the one it stands under. */
  readonly parent?: Held<Value>
}

/** A record of a list that a contract names: what it has beside the common fields is for the contract to say. */
export type AnyRow = RecordHead & CommonRow & { readonly [field: string]: Value | undefined }
