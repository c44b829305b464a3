import type { SelectionPlan } from './answerPlan.ts'
import type { JsonBytes } from './jsonBytes.ts'

/**
 * Writes a list of objects of which only values are selected, each found by looking at its object. False, with nothing written,
 * where something is out of the ordinary (an item that is missing or late, a value that its type refuses): then the list is
 * completed item by item, which gives the same and says what is wrong.
 */
export function flatList(selection: SelectionPlan, items: Iterable<unknown>, out: JsonBytes): boolean {
  const { at } = out
  try {
    if (written(selection, items, out)) return true
  } catch {
    // Completed item by item, it is thrown again where it stands.
  }
  out.rewind(at)
  return false
}

function written({ fields }: SelectionPlan, items: Iterable<unknown>, out: JsonBytes): boolean {
  let before = '['
  for (const item of items) {
    if (!isPlain(item)) return false
    out.json(before)
    for (const { opening, write, direct, parent, nullable, complete } of fields) {
      out.constant(opening)
      if (write?.(item, out)) continue
      const value = direct ? direct(item) : parent.name
      if (value === null || value === undefined) {
        if (!nullable) return false
        out.json('null')
      } else if (value instanceof Error || complete.kind !== 'leaf' || !complete.put(out, value)) return false
    }
    before = '},'
  }
  out.json(before === '[' ? '[]' : '}]')
  return true
}

const isPlain = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && !(item instanceof Error) && !('then' in item)
