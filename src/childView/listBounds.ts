import { Refusal } from '../foundation/errors.ts'

/** The most that one list of a picture gives. */
export const mostRows = 200

/** How many rows were asked for, 1 to 200. Refused rather than cut, so that nobody takes a part for the whole. */
export const firstOf = (first: number | null | undefined, otherwise: number): number => {
  const count = first ?? otherwise
  if (!Number.isInteger(count) || count < 1 || count > mostRows) {
    throw new Refusal('BAD_INPUT', { message: 'The argument first is a whole number from 1 to 200.' })
  }
  return count
}
