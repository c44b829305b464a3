import { Dice } from '../../seeds/generated/dice.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { type Shape, selectionOf } from '../questionShape.ts'
import { unifiedView } from '../questions/unifiedView.ts'

/**
 * Different operations on one child, as the screens of many systems would ask: some lists, and some of their fields.
 * Each is to be parsed, checked and compiled, and each reads other columns.
 */
export function otherOperations(count: number): readonly string[] {
  const dice = new Dice(count, 17, 1)
  return Array.from(
    { length: count },
    (_, nth) => `query Screen${nth}($id: ID!) { child(id: $id) { id ${selectionOf(partOf(dice))} } }`,
  )
}

function partOf(dice: Dice): Shape {
  const part: Record<string, Record<string, readonly string[]>> = {}
  for (const agency of agencies) {
    const lists = Object.entries(unifiedView[agency] ?? {})
      .filter(() => dice.chance(0.4))
      .map(([list, fields]) => [list, fields.filter((field) => field === 'id' || dice.chance(0.6))] as const)
    if (lists.length > 0) part[agency] = Object.fromEntries(lists)
  }
  return part
}
