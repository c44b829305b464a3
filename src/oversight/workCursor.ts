import { Refusal } from '../foundation/errors.ts'

/** Where an alert stands on a worklist: since when, which rule, its id. Nothing of the child or the record is in it. */
export interface WorkPlace {
  readonly since: string
  readonly code: string
  readonly id: string
}

const longest = 300

export const workCursor = ({ since, code, id }: WorkPlace): string =>
  Buffer.from(JSON.stringify([since, code, id])).toString('base64url')

/** Reads a cursor: whoever makes one up only chooses where their own page begins. @throws Refusal BAD_INPUT */
export function placeAfter(cursor: string | null | undefined): WorkPlace | null {
  if (cursor === null || cursor === undefined) return null
  const place = cursor.length <= longest ? parsed(cursor) : null
  if (!place) throw new Refusal('BAD_INPUT', { message: 'The cursor is not one that this gateway gave.' })
  return place
}

const parsed = (cursor: string): WorkPlace | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 3) return null
    const [since, code, id]: unknown[] = value
    if (typeof since !== 'string' || Number.isNaN(Date.parse(since))) return null
    return typeof code === 'string' && typeof id === 'string' ? { since, code, id } : null
  } catch {
    return null
  }
}
