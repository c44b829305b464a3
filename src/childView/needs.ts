import type { RequiredFields } from '../disclosure/context.ts'
import { agencies } from '../foundation/agencies.ts'

/** One set of needs that holds all of several, each field once. */
export const mergeNeeds = (...several: readonly RequiredFields[]): RequiredFields => {
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
