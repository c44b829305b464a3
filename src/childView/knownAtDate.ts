import type { Contracts } from '../records/agencyAnswers.ts'
import { type Answers, anyRowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { AnyRow } from '../sources/commonRowFields.ts'
import { type NarratedList, narratedLists } from './narratedLists.ts'

/** The earlier of what is asked and the view's own date: nothing later than the view was read. */
export const earlierOf = (asked: string | null | undefined, viewAsOf: string): string =>
  asked && Date.parse(asked) < Date.parse(viewAsOf) ? asked : viewAsOf

/** Whether a record was on record at a time. One that does not say when it was recorded was not. */
export const recordedBy =
  (at: string) =>
  (row: { readonly 'provenance.recordedAt'?: unknown }): boolean => {
    const recorded = millisecondsOf(textOf(row, 'provenance.recordedAt'))
    return recorded !== null && recorded <= Date.parse(at)
  }

/** A record with the list that says how it is told. */
export interface ToldRecord {
  readonly narrated: NarratedList
  readonly row: AnyRow
}

/** Every record that can be told in one line and was on record at a time, without those that others had corrected. */
export const toldBy = (answers: Answers, contracts: Contracts, at: string): readonly ToldRecord[] =>
  narratedLists(contracts).flatMap((narrated) =>
    uncorrected(anyRowsOf(answers, narrated.agency, narrated.list).filter(recordedBy(at))).map((row) => ({
      narrated,
      row,
    })),
  )

/** A record in one line, from permitted fields alone. */
export const headlineOf = ({ narrated, row }: ToldRecord): string =>
  narrated.rule.tell(new narrated.Narratable(row)).headline
