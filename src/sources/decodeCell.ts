import type { Clean } from './cleanValue.ts'
import type { ColumnKind } from './columnLayout.ts'
import type { Value } from './contract.ts'

/** The value of a cell, or null where its type refuses what is stored. */
export const cellValue = (
  { kind, clean }: { readonly kind: ColumnKind; readonly clean?: Clean | null },
  text: string | null,
): Value => {
  const value = decodeNullable(kind, text)
  return clean ? clean(value) : value
}

/** Whether something is stored that its type refuses, be it one item of several. */
export function isRefused(cell: { readonly kind: ColumnKind; readonly clean?: Clean | null }, text: string | null) {
  if (text === null || !cell.clean) return false
  const stored = decode(cell.kind, text)
  const clean = cell.clean(stored)
  return clean !== stored && !(Array.isArray(clean) && Array.isArray(stored) && clean.length === stored.length)
}

export const decodeNullable = (kind: ColumnKind, text: string | null): Value =>
  text === null ? null : decode(kind, text)

/** The value of a column from its text, as every store gives it. */
export function decode(kind: ColumnKind, text: string): Value {
  switch (kind) {
    case 'integer':
    case 'number':
      return Number(text)
    case 'boolean':
      return text === 'true' || text === 't'
    case 'instant':
      return instantOf(text)
    case 'list':
    case 'objects':
      return JSON.parse(text)
    default:
      return text
  }
}

/** `2026-03-02 09:00:00+00` → `2026-03-02T09:00:00Z`. Sessions are in UTC. */
export const instantOf = (text: string): string =>
  text.length === wholeSecond.length && text.endsWith('+00')
    ? `${text.slice(0, 10)}T${text.slice(11, 19)}Z`
    : `${text.slice(0, 10)}T${text.slice(11).replace(/\+00(:?00)?$/u, '')}Z`

const wholeSecond = '2026-03-02 09:00:00+00'
