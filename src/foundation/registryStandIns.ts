import type { z } from 'zod'

/** Stands for a code that is none, and is nobody's. */
export const standIn = 'STANDS-IN'

type Issue = Pick<z.core.$ZodIssue, 'path' | 'code'>
type Entry = Record<string, unknown>

/** What stands for a part of an entry that is not as it should be, so that the rest of it can be looked at. */
const parts: Readonly<Record<string, (at: number) => Entry>> = {
  authorities: (at) => ({
    ...{ code: `${standIn}-${at}`, name: standIn, dfeCode: '000', gssCode: 'E00000000', force: standIn },
    contact: standIn,
  }),
  forces: (at) => ({ code: `${standIn}-${at}`, name: standIn, contact: standIn }),
  holders: (at) => ({
    ...{ id: `${standIn}-${at}`, kind: 'police', service: 'POLICE', organisation: `${standIn}-${at}`, name: standIn },
    ...{ areas: [], la: null, contact: { office: standIn }, timeZone: 'Europe/London', freshnessHours: null },
    binding: null,
  }),
}

/**
 * A registry as it is written, with stand-ins for what its shape refuses: what else is wrong with it is then found with
 * it, not one start later.
 */
export function withStandIns(written: unknown, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(written)
  if (!isEntry(copy)) return null
  for (const { path, code } of issues) {
    const [list, at, field] = path
    const made = typeof list === 'string' ? parts[list] : undefined
    const entries = typeof list === 'string' ? copy[list] : undefined
    if (typeof list !== 'string' || !made) {
      for (const key of list === undefined ? Object.keys(copy) : [String(list)]) if (!parts[key]) delete copy[key]
      continue
    }
    if (!Array.isArray(entries) || typeof at !== 'number') copy[list] = []
    else if (!isEntry(entries[at])) entries[at] = made(at)
    else if (typeof field === 'string') entries[at][field] = made(at)[field]
    // A key too many: of the others nothing is wrong by it.
    else if (code === 'unrecognized_keys') entries[at] = pick(entries[at], Object.keys(made(at)))
  }
  return copy
}

const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value)

const pick = (entry: Entry, keys: readonly string[]): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => keys.includes(key)))
