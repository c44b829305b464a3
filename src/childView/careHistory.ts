import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { calendarDays, millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { provenanceFields } from '../sources/commonRowFields.ts'
import { currentCodes } from '../sources/publishedCodes.ts'
import { type Coded, coded } from './codeWithMeaning.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { type ListPart, partOf } from './listFilter.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the history of care rests on. */
export const careNeeds = {
  socialCare: {
    placements: [
      ...provenanceFields,
      'code',
      'collectionYear',
      'provider',
      'la',
      'force',
      'from',
      'to',
      'startReason',
      'changeReason',
    ],
    legalStatuses: [...provenanceFields, 'code', 'from', 'to', 'endReason'],
  },
} as const satisfies RequiredFields

/** What each number reads. */
export const careReads = {
  placements: { grounds: [{ socialCare: { placements: ['from', 'to'] } }] },
  periods: { grounds: [{ socialCare: { legalStatuses: ['code', 'from', 'to'] } }] },
} as const satisfies Readonly<Record<string, Reads>>

/** One placement. */
export interface CarePlacement {
  readonly id: string
  readonly placement: Coded | null
  readonly collectionYear: number | null
  readonly provider: string | null
  readonly la: string | null
  readonly force: string | null
  readonly from: string | null
  readonly to: string | null
  readonly days: number | null
  readonly startReason: Coded | null
  readonly endReason: Coded | null
  readonly provenance: Provenance
}

/** One period under one legal status. */
export interface CarePeriod {
  readonly id: string
  readonly legalStatus: Coded | null
  readonly from: string | null
  readonly to: string | null
  readonly endReason: Coded | null
  readonly provenance: Provenance
}

/** Placements and periods of care with their reasons. */
export interface CareHistory {
  readonly placementTotal: Count
  /** Every placement, the first one first. */
  readonly placements: readonly CarePlacement[] | null
  readonly periodTotal: Count
  readonly periods: readonly CarePeriod[] | null
}

/** Every placement and period of care in order, with why it began and ended in words: twelve moves read as one line. */
export function careHistory(
  answers: AnswersTo<typeof careNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
): CareHistory {
  const of = (reads: Reads) => completenessOf(reads, { grants, contracts, answers })
  const contract = contracts.socialCare
  const placements = uncorrected(rowsOf(answers, 'socialCare', 'placements'))
    .map((row): CarePlacement => {
      const from = textOf(row, 'from', 'eventAt')
      const to = textOf(row, 'to')
      const { collectionYear } = row
      return {
        id: row.id,
        placement: coded('placement', textOf(row, 'code')),
        collectionYear: typeof collectionYear === 'number' ? collectionYear : null,
        provider: textOf(row, 'provider'),
        la: textOf(row, 'la'),
        force: textOf(row, 'force'),
        from,
        to,
        days: daysFrom(from, to ?? asOf),
        startReason: coded('newEpisode', textOf(row, 'startReason')),
        endReason: coded('placementChange', textOf(row, 'changeReason')),
        provenance: provenanceOf(row, contract),
      }
    })
    .sort(byBeginning)
  const periods = uncorrected(rowsOf(answers, 'socialCare', 'legalStatuses'))
    .map(
      (row): CarePeriod => ({
        id: row.id,
        legalStatus: coded('legalStatus', textOf(row, 'code')),
        from: textOf(row, 'from', 'eventAt'),
        to: textOf(row, 'to'),
        endReason: coded('episodeCeased', textOf(row, 'endReason')),
        provenance: provenanceOf(row, contract),
      }),
    )
    .sort(byBeginning)
  const ofPlacements = of(careReads.placements)
  const ofPeriods = of(careReads.periods)
  return {
    placementTotal: countOf(placements.length, ofPlacements),
    placements: listed(placements, ofPlacements),
    periodTotal: countOf(periods.length, ofPeriods),
    periods: listed(periods, ofPeriods),
  }
}

const spanned = { ids: ({ id }: { readonly id: string }) => [id] }

/** Placements of a period, or of one kind by its code. */
export const placementsPart = (history: CareHistory, part: ListPart): CareHistory['placements'] =>
  history.placements &&
  partOf(
    history.placements,
    part,
    {
      ...spanned,
      span: ({ from, to }) => [from, to],
      kind: ({ placement }) => placement?.code ?? null,
      kinds: currentCodes('placement'),
    },
    100,
  )

/** Periods of care of a period, or of one legal status by its code. */
export const periodsPart = (history: CareHistory, part: ListPart): CareHistory['periods'] =>
  history.periods &&
  partOf(
    history.periods,
    part,
    {
      ...spanned,
      span: ({ from, to }) => [from, to],
      kind: ({ legalStatus }) => legalStatus?.code ?? null,
      kinds: currentCodes('legalStatus'),
    },
    100,
  )

/** Calendar days from one date or instant to another, none before the first. */
const daysFrom = (from: string | null, to: string): number | null => {
  const start = millisecondsOf(from)
  const end = millisecondsOf(to)
  return start === null || end === null ? null : Math.max(0, calendarDays(start, end))
}

const byBeginning = (
  one: { readonly id: string; readonly from: string | null },
  other: { readonly id: string; readonly from: string | null },
): number =>
  (millisecondsOf(one.from) ?? 0) - (millisecondsOf(other.from) ?? 0) ||
  (one.id < other.id ? -1 : Number(one.id > other.id))
