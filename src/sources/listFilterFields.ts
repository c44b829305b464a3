import { kindFieldOf } from './kindField.ts'
import type { ListLayout } from './sourceLayout.ts'

/** What choosing a part of a list looks at, of each of its records, besides its id. */
export interface PartFields {
  /** Field of the day or moment from which a record holds; where there is none, it is when it happened. */
  readonly from: string | null
  readonly to: string | null
  readonly kind: string | null
}

const known = new WeakMap<ListLayout, PartFields>()

export function partFieldsOf(list: ListLayout): PartFields {
  const before = known.get(list)
  if (before) return before
  const has = (field: string) => (list.columns.has(field) ? field : null)
  const made = { from: has('from'), to: has('to'), kind: kindFieldOf(new Set(list.columns.keys())) }
  known.set(list, made)
  return made
}

/** What must be fetched of a record for its list to be asked for in part. */
export const fieldsForPart = (list: ListLayout): readonly string[] => {
  const { from, to, kind } = partFieldsOf(list)
  return ['eventAt', 'provenance.recordedAt', from, to, kind].filter((field) => field !== null)
}
