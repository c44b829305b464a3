import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import type { CareMissingEpisodeRow } from '../records/generated.ts'
import { cannotSay } from '../sources/carriedLists.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'
import type { Ground } from './whyCountIncomplete.ts'

/**
 * Where a return home interview stands; `NOT_KNOWN` where a record that may be read does not say whether one was
 * offered, or has no place for the day on which one that was offered was held.
 */
export type ReturnInterview = 'NOT_DUE' | 'OVERDUE' | 'NOT_OFFERED' | 'DECLINED' | 'HELD' | 'NOT_KNOWN'

type Entry = Pick<CareMissingEpisodeRow, 'interviewOffered' | 'interviewAccepted' | 'interviewAt' | 'loggedBy'> &
  Pick<CommonRow, 'provenance.organisation'>

/** Which interviews the caller may read. */
export interface Interviews<Row> {
  readonly readable: (row: Row) => boolean
  /** Social care answered and the caller reads all that it holds: then one without a record was not held. */
  readonly all: boolean
  /** Whether whoever holds the row has a place for the day of an interview. */
  readonly saysWhen: (row: Row) => boolean
}

/** By the bindings of the holders among whose people the child is. */
export const saysWhenIn = ({
  answers,
}: Pick<Ground, 'answers'>): ((row: Pick<Entry, 'provenance.organisation'>) => boolean) => {
  const silent = cannotSay(answers.socialCare.carried ?? [], 'missing', 'interviewAt')
  return (row) => {
    const organisation = textOf(row, 'provenance.organisation')
    return !silent.some(({ holder }) => [null, organisation].includes(holder.organisation) || organisation === null)
  }
}

/**
 * The authority owes the interview, so that its own entry is asked if there was one. The log of a home, a school or a
 * family that is silent on it says no more than no entry does.
 */
const mayKnow = (row: Entry): boolean =>
  ['LA', null].includes(textOf(row, 'loggedBy')) ||
  typeof row.interviewOffered === 'boolean' ||
  typeof row.interviewAccepted === 'boolean' ||
  textOf(row, 'interviewAt') !== null

const isSilent = (row: Entry): boolean => typeof row.interviewOffered !== 'boolean'

/** It was offered or accepted: where no day is written down for anybody, it may have been held. */
const mayBeHeld = (row: Entry): boolean => row.interviewOffered === true || row.interviewAccepted === true

/** Within 72 hours of the return. DfE statutory guidance on children who run away or go missing, 2014. */
const timeAllowed = 72 * 3_600_000

/**
 * The state of the interview after one episode; null where it may not be read. Nobody declined what was never offered,
 * and a withheld date must not look like a missed duty.
 */
export function returnInterview<Row extends Entry>(
  entries: readonly Row[],
  returnedAt: string | null,
  asOf: string,
  { readable, all, saysWhen }: Interviews<Row>,
): ReturnInterview | null {
  const returned = millisecondsOf(returnedAt)
  if (returned === null) return 'NOT_DUE'
  const read = entries.filter((row) => readable(row) && mayKnow(row))
  if (read.some((row) => textOf(row, 'interviewAt') !== null)) return 'HELD'
  if (read.some((row) => row.interviewOffered === true && row.interviewAccepted === false)) return 'DECLINED'
  if (read.length === 0 && !all) return null
  const closed = read.filter((row) => row.interviewAccepted === false)
  if (closed.some((row) => row.interviewOffered === false)) return 'NOT_OFFERED'
  if (closed.length > 0) return 'NOT_KNOWN'
  if (Date.parse(asOf) <= returned + timeAllowed) return 'NOT_DUE'
  const isUnsaid = read.length > 0 && read.every((row) => (mayBeHeld(row) && !saysWhen(row)) || isSilent(row))
  return isUnsaid ? 'NOT_KNOWN' : 'OVERDUE'
}
