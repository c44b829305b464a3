/**
 * Time as the product sees it. Passed in, never read from a global, so that tests and the demonstration can hold it
 * still.
 */
export interface Clock {
  /** The real instant: tokens, audit entries, consents and grants are judged by it. */
  now(): Date
  /**
   * The instant at which records are read when a caller gives no `asOf`, and at which facts such as age are derived.
   */
  today(): Date
}

/** The machine's clock; `today` stands still at `frozen` when given, as the story cases need. */
export const systemClock = (frozen?: Date): Clock => ({
  now: () => new Date(),
  today: () => (frozen ? new Date(frozen) : new Date()),
})

/**
 * The demonstration's clock: it stood at `from` when the machine's stood at `began`, runs as that one, and is wound
 * ahead by so many milliseconds. Tokens, audit entries and consents stay with the machine's.
 */
export const runningClock = (
  from: Date,
  ahead: () => number,
  machine: () => number = Date.now,
  began = machine(),
): Clock => ({
  now: () => new Date(machine()),
  today: () => new Date(from.getTime() + machine() - began + ahead()),
})

/**
 * That by which records are read for both, so that what is signed has one time. It gives no instant twice: where it
 * stands still, what happens later is later all the same.
 */
export const clockOfRecords = ({ today }: Clock): Clock => {
  let latest = 0
  const now = (): Date => {
    latest = Math.max(latest + 1, today().getTime())
    return new Date(latest)
  }
  return { now, today }
}

/** Instants without fractions, as records and answers give them. */
export const secondsOf = (at: Date): string => {
  const second = Math.floor(at.getTime() / 1000)
  if (second !== last.second) last = { second, text: `${at.toISOString().slice(0, 19)}Z` }
  return last.text
}

/** Asked for several times by every request, mostly within the same second. */
let last = { second: Number.NaN, text: '' }
