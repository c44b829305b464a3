import { Refusal } from '../foundation/errors.ts'

/** Where a record stands in the chronology: when it happened, when recorded, its id. */
export type Position = readonly [eventAt: number, recordedAt: number, id: string]

const longest = 400

/** Negative when the first stands before the second. Ids are compared by code unit, the same on every machine. */
export const comparePositions = (one: Position, other: Position): number =>
  one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : Number(one[2] > other[2]))

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
