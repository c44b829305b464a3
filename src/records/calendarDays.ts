import { dayLength, londonDay } from '../foundation/london.ts'

export { millisecondsOf } from '../foundation/milliseconds.ts'

/**
 * Calendar days from one instant to another, in London: an order issued in the evening is a day old the next morning.
 */
export const calendarDays = (from: number, to: number): number =>
  Math.round((Date.parse(londonDay(to)) - Date.parse(londonDay(from))) / dayLength)
