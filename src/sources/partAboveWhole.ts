import type { ListContract } from './contract.ts'
import type { ListLayout } from './sourceLayout.ts'

/** Fields of a record that count more than the whole of which they are a part: nobody attends 150 of 100 sessions. */
export const partsAboveWhole = (
  { parts = {} }: Pick<ListContract, 'parts'>,
  fields: Readonly<Record<string, unknown>>,
): readonly string[] =>
  Object.entries(parts).flatMap(([part, whole]) => (isAbove(fields[part], fields[whole]) ? [part] : []))

/** The same record without such values, each met as the bad value that it is, and the fields that had one. */
export function judgedParts<Fields extends Readonly<Record<string, unknown>>>(
  { contract, columns }: Pick<ListLayout, 'contract' | 'columns'>,
  fields: Fields,
): { readonly fields: Fields; readonly above: readonly string[] } {
  const above = partsAboveWhole(contract, fields)
  // No count is below nought.
  for (const part of above) columns.get(part)?.clean?.(-1)
  return above.length === 0
    ? { fields, above }
    : { fields: { ...fields, ...Object.fromEntries(above.map((part) => [part, null])) }, above }
}

/** Whether one number is above another that is a count. */
export const isAbove = (part: unknown, whole: unknown): boolean =>
  typeof part === 'number' && typeof whole === 'number' && whole >= 0 && part > whole

/** A share of a whole as a percentage with one decimal; null where it is none. */
export const percentageOf = (part: unknown, whole: unknown): number | null =>
  typeof part === 'number' && typeof whole === 'number' && whole > 0 && part >= 0 && part <= whole
    ? Math.round((part / whole) * 1000) / 10
    : null
