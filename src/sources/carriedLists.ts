import type { Holder } from '../foundation/holder.ts'

/**
 * What a holder's records can say at all: fields by list, null for every field of it. What stands in no column of a
 * mapping and in no element of a return is not known of anybody, and never a no.
 */
export type CarriedLists = ReadonlyMap<string, ReadonlySet<string> | null>

/** A holder that knows the child, and can say no more than this. */
export interface Carried {
  readonly holder: Pick<Holder, 'id' | 'organisation'>
  readonly lists: CarriedLists
}

/** Those who have no place for a list, or for a field of it. */
export const cannotSay = (carried: readonly Carried[], list: string, field?: string): readonly Carried[] =>
  carried.filter(({ lists }) => {
    const fields = lists.get(list)
    return fields === undefined || (field !== undefined && fields !== null && !fields.has(field))
  })
