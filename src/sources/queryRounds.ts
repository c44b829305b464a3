import type { Grant } from '../policy/grant.ts'
import { type FieldSelection, selectionKey } from './source.ts'

/** What one request asks an agency about one child. */
export interface Ask {
  readonly grant: Grant
  readonly selection: FieldSelection
}

/**
 * Asks that may go to a source together, whichever requests they are of: all of a round select the same, and each is
 * about another child, since a source answers by child.
 */
export const roundsOf = (asks: readonly Ask[]): readonly (readonly Ask[])[] => {
  const alike = new Map<string, Map<string, Ask>[]>()
  for (const ask of asks) {
    const key = selectionKey(ask.selection)
    const rounds = alike.get(key) ?? []
    alike.set(key, rounds)
    const free = rounds.find((round) => !round.has(ask.grant.childId))
    if (free) free.set(ask.grant.childId, ask)
    else rounds.push(new Map([[ask.grant.childId, ask]]))
  }
  return [...alike.values()].flat().map((round) => [...round.values()])
}
