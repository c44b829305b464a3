import type { CarriedLists } from '../../../carriedLists.ts'
import type { Mapping } from './mapping.ts'

/** What somebody else's tables can say by their mapping: each list with the fields of which any table has a column. */
export const carriedByMapping = ({ lists }: Pick<Mapping, 'lists'>): CarriedLists =>
  new Map(
    Object.entries(lists).flatMap(([list, sources]) =>
      sources.length === 0 ? [] : [[list, new Set(sources.flatMap(({ fields }) => Object.keys(fields)))] as const],
    ),
  )
