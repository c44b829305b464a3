import type { CareMissingEpisodeRow } from '../records/generated.ts'
import { textOf } from '../records/period.ts'
import { millisecondsOf } from '../records/time.ts'
import type { CommonRow } from '../sources/row.ts'

/** Whether a return home interview is due, late, declined or held; `NOT_KNOWN` where no record that may be read says. */
export type ReturnInterview = 'NOT_DUE' | 'OVERDUE' | 'DECLINED' | 'HELD' | 'NOT_KNOWN'

type Entry = Pick<CareMissingEpisodeRow, 'interviewAccepted' | 'interviewAt'> &
  Pick<CommonRow, 'provenance.organisation'>

/** Within 72 hours of the return. DfE statutory guidance on children who run away or go missing, 2014. */
const timeAllowed = 72 * 3_600_000

/**
 * The state of the interview after one episode. Being late is concluded only from entries whose interview fields this
 * caller may read: a withheld date must not look like a missed duty.
 */
export function returnInterview<Row extends Entry>(
  entries: readonly Row[],
  returnedAt: string | null,
  asOf: string,
  readable: (row: Row) => boolean,
): ReturnInterview {
  if (entries.some((row) => textOf(row, 'interviewAt') !== null)) return 'HELD'
  if (entries.some((row) => row.interviewAccepted === false)) return 'DECLINED'
  const returned = millisecondsOf(returnedAt)
  if (returned === null || Date.parse(asOf) <= returned + timeAllowed) return 'NOT_DUE'
  return entries.some(readable) ? 'OVERDUE' : 'NOT_KNOWN'
}
