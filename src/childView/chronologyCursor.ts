import { Refusal } from '../foundation/errors.ts'
import type { Position } from '../sources/timePage.ts'

const longest = 400

/** A cursor carries the position alone: no count, no offset, nothing of records that stand between two others. */
export const cursorOf = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url')

/**
 * Reads a cursor. The record it was made of need not be there any more. A cursor is not proof of anything: whoever
 * makes one up only chooses where their own page begins.
 */
export const positionOf = (cursor: string): Position => {
  const position = cursor.length <= longest ? parsed(cursor) : null
  if (!position) throw new Refusal('BAD_INPUT', { message: 'The cursor is not one that this gateway gave.' })
  return position
}

const parsed = (cursor: string): Position | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 3) return null
    const [eventAt, recordedAt, id]: unknown[] = value
    if (!Number.isFinite(eventAt) || !Number.isFinite(recordedAt)) return null
    if (typeof eventAt !== 'number' || typeof recordedAt !== 'number' || typeof id !== 'string') return null
    return [eventAt, recordedAt, id]
  } catch {
    return null
  }
}
