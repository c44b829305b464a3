import { birthBlock } from '../identity/decideMatch.ts'
import type { PersonEntry } from '../identity/registerTypes.ts'
import { entryName } from '../identity/takeInPeople.ts'

/**
 * The first record of each child who was born on one day under one name with another child, in the order given. By
 * blocks, so that a population twice as large takes twice as long.
 */
export function bornWithAnother(
  entries: readonly PersonEntry[],
  childOf: ReadonlyMap<string, string>,
): readonly PersonEntry[] {
  const blocks = new Map<string, { readonly first: string; isDoubled: boolean }>()
  const placed = entries.flatMap((entry) => {
    const child = childOf.get(entryName(entry.agency, entry.localId))
    const block = birthBlock(entry.person)
    if (child === undefined || block === null) return []
    const known = blocks.get(block)
    if (!known) blocks.set(block, { first: child, isDoubled: false })
    else if (known.first !== child) known.isDoubled = true
    return [{ entry, child, block }]
  })
  const found = new Map<string, PersonEntry>()
  for (const { entry, child, block } of placed)
    if (blocks.get(block)?.isDoubled && !found.has(child)) found.set(child, entry)
  return [...found.values()]
}
