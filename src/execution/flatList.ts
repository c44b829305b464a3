import { JsonBytes } from './jsonBytes.ts'
import type { SelectionPlan } from './plan.ts'

const out = new JsonBytes()

/**
 * A list of objects of which only values are selected, each found by looking at its object. Undefined where something is out of
 * the ordinary (an item that is missing or late, a value that its type refuses): then the list is completed item by item, which
 * gives the same and says what is wrong.
 */
export function flatList({ fields }: SelectionPlan, items: Iterable<unknown>): string | undefined {
  out.begin()
  let before = '['
  try {
    for (const item of items) {
      if (!isPlain(item)) return undefined
      out.json(before)
      for (const { openingBytes, direct, parent, nullable, complete } of fields) {
        out.bytes(openingBytes)
        const value = direct ? direct(item) : parent.name
        if (value === null || value === undefined) {
          if (!nullable) return undefined
          out.json('null')
        } else if (value instanceof Error || complete.kind !== 'leaf' || !complete.put(out, value)) return undefined
      }
      before = '},'
    }
  } catch {
    return undefined
  }
  if (before === '[') return '[]'
  out.json('}]')
  return out.end()
}

const isPlain = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && !(item instanceof Error) && !('then' in item)
