import type { Merged, RequiredFields } from './requiredFields.ts'

/** One set of required fields that holds all of several, each field once. */
export const mergeNeeds = <const Parts extends readonly RequiredFields[]>(...several: Parts): Merged<Parts[number]> => {
  const merged: Record<string, Record<string, readonly string[]>> = {}
  for (const needs of several)
    for (const [agency, lists] of Object.entries(needs))
      for (const [list, fields] of Object.entries<readonly string[]>(lists)) {
        const known = merged[agency] ?? {}
        known[list] = [...new Set([...(known[list] ?? []), ...fields])]
        merged[agency] = known
      }
  // Every list of every part was just put into it.
  return merged as Merged<Parts[number]>
}
