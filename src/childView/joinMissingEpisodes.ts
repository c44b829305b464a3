import { londonDay, londonTime } from '../foundation/london.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import type { RowWith } from '../records/requiredFields.ts'
import type { RecordHead } from '../sources/commonRowFields.ts'

type When = 'eventAt' | 'provenance.recordedAt' | 'from' | 'to' | 'force'

/** A force's report of a missing child, and an entry of those who cared for the child. */
export type Report = RowWith<'police', 'missingEpisodes', When | 'provenance.force' | 'providerReference'>
export type Entry = RowWith<
  'socialCare',
  'missing',
  When | 'provenance.organisation' | 'reported' | 'policeReference' | 'loggedBy'
>
type Either = RecordHead & Pick<Report & Entry, When>

/** One missing episode: the force's report of it, the entries of those who cared for the child, or both. */
export interface EpisodeRows<ReportRow = Report, EntryRow = Entry> {
  readonly police: ReportRow | null
  /** At most one entry of each logger. */
  readonly care: readonly EntryRow[]
}

/** How far apart two records of the same episode may begin: a report is often made after the entry. */
const startTolerance = 2 * 3_600_000

/** When a row's episode began; null where it names no time: when it was written down says nothing of it. */
export const startOf = (row: Pick<Either, 'from' | 'eventAt'>): string | null => textOf(row, 'from', 'eventAt')

/**
 * Joins what forces, the authority and care providers each recorded, so that one episode counts once. An entry joins
 * the report that either of them names, else the nearest report of the same force that overlaps it in time; entries of
 * different loggers that overlap join each other. Two entries of one logger are always two episodes.
 */
export function joinEpisodes<ReportRow extends Report, EntryRow extends Entry>(
  police: readonly ReportRow[],
  care: readonly EntryRow[],
): readonly EpisodeRows<ReportRow, EntryRow>[] {
  const entriesOf = new Map<ReportRow, EntryRow[]>(police.map((report) => [report, []]))
  const open = new Set(care)
  const attach = (report: ReportRow, entry: EntryRow): void => {
    const entries = entriesOf.get(report)
    if (!entries || !open.has(entry) || entries.some((other) => loggerOf(other) === loggerOf(entry))) return
    entries.push(entry)
    open.delete(entry)
  }
  for (const entry of care) {
    const report = police.find(
      (row) => names(textOf(entry, 'policeReference'), row) || names(textOf(row, 'providerReference'), entry),
    )
    if (report) attach(report, entry)
  }
  for (const { report, entry } of nearestFirst(police, [...open])) attach(report, entry)
  const joined = [...entriesOf].map(([report, entries]) => ({ police: report, care: entries }))
  return [...joined, ...joinEntries([...open])]
}

/** Entries that no report takes: those of different loggers that overlap are one episode. */
function joinEntries<EntryRow extends Entry>(entries: readonly EntryRow[]): readonly EpisodeRows<never, EntryRow>[] {
  const groups: EntryRow[][] = []
  for (const entry of entries) {
    const group = groups.find(
      (rows) =>
        rows.every((row) => loggerOf(row) !== loggerOf(entry)) && rows.some((row) => distance(row, entry) !== null),
    )
    if (group) group.push(entry)
    else groups.push([entry])
  }
  return groups.map((care) => ({ police: null, care }))
}

function nearestFirst<ReportRow extends Report, EntryRow extends Entry>(
  police: readonly ReportRow[],
  care: readonly EntryRow[],
): readonly { report: ReportRow; entry: EntryRow }[] {
  const pairs: { report: ReportRow; entry: EntryRow; apart: number }[] = []
  for (const entry of care) {
    for (const report of police) {
      const apart = sameForce(report, entry) ? distance(report, entry) : null
      if (apart !== null) pairs.push({ report, entry, apart })
    }
  }
  return pairs.sort(
    (one, other) => one.apart - other.apart || byId(one.entry, other.entry) || byId(one.report, other.report),
  )
}

/** When a record itself says that an episode began: that two were written down together makes them no one episode. */
const saidStartOf = (row: Either): number | null => millisecondsOf(textOf(row, 'from', 'eventAt'))

const midnight = '00:00'

/** Whether a record gives days and no times, as a return does. */
const isOfDays = (row: Either): boolean =>
  [saidStartOf(row), millisecondsOf(textOf(row, 'to'))].every((at) => at === null || londonTime(at) === midnight)

const isSameDay = (one: number | null, other: number | null): boolean =>
  one === null || other === null || londonDay(one) === londonDay(other)

/** Milliseconds between two beginnings, when the two overlap and began within the tolerance; or on one day. */
function distance(one: Either, other: Either): number | null {
  const from = saidStartOf(one)
  const otherFrom = saidStartOf(other)
  if (from === null || otherFrom === null) return null
  if (isOfDays(one) !== isOfDays(other)) {
    const [to, otherTo] = [one, other].map((row) => millisecondsOf(textOf(row, 'to'))) as [number | null, number | null]
    return isSameDay(from, otherFrom) && isSameDay(to, otherTo) ? startTolerance : null
  }
  const apart = Math.abs(from - otherFrom)
  const overlap = from <= endOf(other) && otherFrom <= endOf(one)
  return overlap && apart <= startTolerance ? apart : null
}

const endOf = (row: Either): number => millisecondsOf(textOf(row, 'to')) ?? Number.POSITIVE_INFINITY

/** An entry that names no force may be of any, unless it says that it was not reported: a return says neither. */
const sameForce = (report: Report, entry: Entry): boolean => {
  const force = textOf(entry, 'force')
  return force === null ? entry.reported !== false : force === textOf(report, 'force', 'provenance.force')
}

/** Whether a reference is a row's id, as the agency or as the gateway writes it. */
const names = (reference: string | null, { id }: RecordHead): boolean =>
  reference !== null && (reference === id || reference === id.slice(id.indexOf(':') + 1))

const loggerOf = (row: Entry): string => textOf(row, 'loggedBy') ?? textOf(row, 'provenance.organisation') ?? ''

const byId = (one: RecordHead, other: RecordHead): number => (one.id < other.id ? -1 : Number(one.id > other.id))
