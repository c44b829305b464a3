import { hash } from 'node:crypto'

/** How many records there were, and the SHA-256 of their ids in order of their code units, one a line; null of none. */
export interface RecordIds {
  readonly count: number
  readonly digest: string | null
}

export const recordIds = (ids: readonly string[]): RecordIds => ({
  count: ids.length,
  digest: ids.length === 0 ? null : hash('sha256', ids.toSorted().join('\n')),
})
