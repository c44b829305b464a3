import { Refusal } from '../foundation/errors.ts'
import { dayLength, londonDay, londonInstant } from '../foundation/london.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { firstOf } from './listBounds.ts'

/** Which part of a list is asked for. Every argument may be left out; what is left is in the order of the list. */
export interface ListPart {
  /** First day, `YYYY-MM-DD`: what had ended before it is left out. */
  readonly from?: string | null
  /** Last day: what began after it is left out. */
  readonly to?: string | null
  readonly kind?: string | null
  readonly first?: number | null
  /** Id of the last item of the page before. */
  readonly after?: string | null
}

/** From when until when an item was so; an end of null goes on. Dates or instants. */
export type Span = readonly [from: string | null, to: string | null]

/**
 * What is looked at of an item. Only what the reader may read of it is handed in, so that no filter asks about more.
 */
export interface Reading<Item> {
  readonly ids: (item: Item) => readonly string[]
  readonly span?: (item: Item) => Span
  readonly kind?: (item: Item) => string | null
  /** Kinds that are known whether or not an item is of one. */
  readonly kinds?: readonly string[]
}

/** Something that happened at one moment. */
export const moment = (at: string | null): Span => [at, at]

/** The items of a period and kind, of all pages. @throws Refusal BAD_INPUT for a kind that is not known. */
export function selected<Item>(
  items: readonly Item[],
  { from = null, to = null, kind = null }: ListPart,
  read: Omit<Reading<Item>, 'ids'>,
): readonly Item[] {
  const kindOf = (item: Item) => read.kind?.(item) ?? null
  if (kind !== null) demandKind(kind, [...(read.kinds ?? []), ...items.flatMap((item) => kindOf(item) ?? [])])
  return items.filter(
    (item) =>
      ((from === null && to === null) || meets(read.span?.(item) ?? [null, null], from, to)) &&
      (kind === null || kindOf(item) === kind),
  )
}

/**
 * Refuses a kind that neither the schema names nor any item bears that the reader may read: it is misspelt or of
 * another list, and that there is none of it would be told as a finding.
 */
export function demandKind(kind: string, known: readonly string[]): void {
  if (known.includes(kind)) return
  throw new Refusal('BAD_INPUT', {
    message: 'No record that you may read here is of that kind, and the schema names no such kind.',
  })
}

/**
 * One page of a list.
 *
 * @param otherwise how many when nobody says; null for all.
 * @throws Refusal BAD_INPUT for a kind that is not known, and for a record to go on after that is not there. One that
 * the reader may not know of and one that does not exist are the same.
 */
export function partOf<Item>(
  items: readonly Item[],
  part: ListPart,
  read: Reading<Item>,
  otherwise: number | null = null,
): readonly Item[] {
  const chosen = selected(items, part, read)
  const start = typeof part.after === 'string' ? placeAfter(chosen, part.after, read) : 0
  const first = part.first ?? otherwise
  return first === null ? chosen.slice(start) : chosen.slice(start, start + firstOf(first, first))
}

function placeAfter<Item>(items: readonly Item[], after: string, { ids }: Reading<Item>): number {
  const at = items.findIndex((item) => ids(item).includes(after))
  if (at < 0) throw new Refusal('BAD_INPUT', { message: 'The record to go on after is not in this list.' })
  return at + 1
}

/** Whether a period has a day in common with the days asked. One that says no time is in no period. */
function meets([start, end]: Span, from: string | null, to: string | null): boolean {
  const began = dayIn(start)
  if (began === null && end === null) return false
  if (to !== null && began !== null && began > to) return false
  const ended = dayIn(end)
  return from === null || ended === null || ended >= from
}

/** The day of a date, and of an instant the day in London; null where it cannot be read. */
export const dayIn = (iso: string | null): string | null => {
  if (iso === null || iso.length === 10) return iso
  const at = millisecondsOf(iso)
  return at === null ? null : londonDay(at)
}

/** The last moment of a day or an instant, in milliseconds: a date lasts until it is over. */
export const endOfDay = (iso: string): number | null => {
  if (iso.length !== 10) return millisecondsOf(iso)
  const begins = londonInstant(iso, '00:00')
  return begins === null ? null : begins + dayLength
}
