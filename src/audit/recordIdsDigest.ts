import { hash } from 'node:crypto'

/** How many records there were, and the SHA-256 of their ids in order of their code units, one a line; null of none. */
export interface RecordIds {
  readonly count: number
  readonly digest: string | null
}

/**
 * @param ids in any order; sorted where they stand.
 * @param before stands in front of each, as the agency does where ids are as the agency has them.
 */
export function recordIds(ids: string[], before = ''): RecordIds {
  const count = ids.length
  // What all begin with alike does not change their order.
  return { count, digest: count === 0 ? null : hash('sha256', before + ids.sort().join(`\n${before}`)) }
}
