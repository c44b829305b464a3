import type { AgencyName } from '../foundation/agencies.ts'
import type { Missing } from '../policy/facts.ts'
import { rowsIn } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import type { Row } from '../sources/contract.ts'

const times = ['eventAt', 'from', 'to', 'provenance.supersedes'] as const

/**
 * What says whether somebody is answering for a missing child: read only where that is the purpose, by the gateway for
 * itself.
 */
export const missingResponseNeeds = {
  police: { missingEpisodes: times },
  socialCare: { missing: [...times, 'interviewAccepted', 'interviewAt'] },
} as const satisfies RequiredFields

/** Agencies that keep missing episodes. */
export const missingAgencies = ['police', 'socialCare'] as const satisfies readonly AgencyName[]

type Rows = RowsOf<typeof missingResponseNeeds>
type Episodes = Rows['police'] & Rows['socialCare']

/**
 * So long after the return an answer is still owed: the return interview is to be held in it. DfE statutory guidance of
 * 2014.
 */
const afterReturn = 72 * 3_600_000
/** An interview that nobody held or declined is owed for so long and no longer. */
const interviewOwed = 28 * 86_400_000

/**
 * Whether an agency's answer bears out a response to a missing child: an open episode, one that ended within 72 hours,
 * or a return interview that is still owed.
 */
export function bearsOutResponse(lists: Readonly<Record<string, readonly Row[]>>, now: Date): boolean {
  const of = rowsIn<Episodes>(lists)
  const at = now.getTime()
  const returned = (row: Episodes['missingEpisodes'] | Episodes['missing']): number | null =>
    millisecondsOf(textOf(row, 'to'))
  const isRecent = (row: Episodes['missingEpisodes'] | Episodes['missing'], within: number): boolean => {
    const began = millisecondsOf(textOf(row, 'from', 'eventAt'))
    const ended = returned(row)
    return (began === null || began <= at) && (ended === null || at - ended <= within)
  }
  return (
    uncorrected(of('missingEpisodes')).some((row) => isRecent(row, afterReturn)) ||
    uncorrected(of('missing')).some(
      (row) =>
        isRecent(row, afterReturn) ||
        (textOf(row, 'interviewAt') === null && row.interviewAccepted !== false && isRecent(row, interviewOwed)),
    )
  )
}

/**
 * From what each agency said; null for one that did not answer. Where nobody bears it out and somebody was away, it is
 * not known.
 */
export const missingFrom = (said: readonly (boolean | null)[]): Missing | undefined => {
  if (said.includes(true)) return 'SUPPORTED'
  return said.includes(null) ? undefined : 'UNSUPPORTED'
}
