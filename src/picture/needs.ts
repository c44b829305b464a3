import { agencies } from '../agencies.ts'
import type { Needs } from '../disclosure/context.ts'

/** One set of needs that holds all of several, each field once. */
export const mergeNeeds = (...several: readonly Needs[]): Needs => {
  const merged: Record<string, Record<string, readonly string[]>> = {}
  for (const agency of agencies) {
    for (const needs of several) {
      for (const [list, fields] of Object.entries(needs[agency] ?? {})) {
        const lists = merged[agency] ?? {}
        lists[list] = [...new Set([...(lists[list] ?? []), ...fields])]
        merged[agency] = lists
      }
    }
  }
  return merged
}
