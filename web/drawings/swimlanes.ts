import { inWords } from '../words/codes.ts'
import { shortDay } from '../words/dates.ts'
import { element, escaped, words } from './svg.ts'

export interface EventMark {
  /** Anchor of its row in the list below. */
  readonly id: string
  readonly at: string
  readonly lane: string
  readonly text: string
  readonly kind: 'plain' | 'good' | 'harm'
  /** Whether its row is on this page: only then is there something to go to. */
  readonly isListed: boolean
}

const width = 1100
const left = 190
const right = 20
const laneHeight = 58
const top = 30

/**
 * Events by agency over time. Each mark is a link to its row, so a keyboard and a screen reader reach what a pointer
 * does; one whose row is on another page of the list is a mark alone. Kinds differ in shape as well as colour. Marks of
 * one lane that would hide each other stand in up to four rows.
 *
 * @param empty what is said in a lane without an event; without a word for it, such a lane is not drawn.
 */
export const swimlanes = (
  marks: readonly EventMark[],
  lanes: readonly string[],
  empty: Readonly<Record<string, string>> = {},
): string => {
  const countIn = (lane: string) => marks.filter((mark) => mark.lane === lane).length
  const shown = lanes.filter((lane) => countIn(lane) > 0 || empty[lane] !== undefined)
  const height = top + shown.length * laneHeight + 10
  const times = marks.map(({ at }) => Date.parse(at))
  const [first, last] = stretched(Math.min(...times), Math.max(...times))
  const span = last - first
  const x = (at: string | number) =>
    left + ((Number(typeof at === 'number' ? at : Date.parse(at)) - first) / span) * (width - left - right - 12) + 6
  const parts = [
    ...shown.map((lane, index) =>
      [
        element('rect', {
          class: index % 2 === 0 ? 'wv-d-lane' : 'wv-d-lane',
          x: left,
          y: top + index * laneHeight + 2,
          width: width - left - right,
          height: laneHeight - 4,
        }),
        words(0, top + index * laneHeight + 26, inWords(lane)),
        words(0, top + index * laneHeight + 43, inLane(countIn(lane), empty[lane]), { class: 'wv-d-quiet' }),
      ].join(''),
    ),
    ...yearTicks(first, last).map(({ at, text }) =>
      [
        element('line', { class: 'wv-d-line', x1: x(at), x2: x(at), y1: top - 8, y2: height - 8 }),
        words(x(at) + 3, top - 12, text, { class: 'wv-d-quiet' }),
      ].join(''),
    ),
    ...shown.flatMap((lane, index) =>
      placed(
        marks.filter((mark) => mark.lane === lane),
        x,
        top + index * laneHeight,
      ),
    ),
  ]
  return element(
    'svg',
    {
      class: 'wv-drawing wv-drawing--fluid',
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-label': 'Events by agency over time. The list below says the same in words.',
    },
    parts.join(''),
  )
}

const inLane = (count: number, empty = ''): string => (count === 0 ? empty : `${count} event${count === 1 ? '' : 's'}`)

const halfYear = 183 * 86_400_000

/** Less than a year is drawn in the middle of one: a lone event has a year beside it, too. */
const stretched = (first: number, last: number): readonly [number, number] =>
  last - first >= 2 * halfYear ? [first, last] : [first - halfYear, last + halfYear]

const rows = 4
const apart = 13

/** Marks in their lane, each in the first row in which it hides no other. */
const placed = (marks: readonly EventMark[], x: (at: string) => number, y: number): string[] => {
  const lastIn: number[] = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY)
  return [...marks]
    .sort((one, other) => one.at.localeCompare(other.at))
    .map((mark) => {
      const at = x(mark.at)
      const free = lastIn.findIndex((last) => at - last >= apart)
      const row = free >= 0 ? free : lastIn.indexOf(Math.min(...lastIn))
      lastIn[row] = at
      const height = y + 11 + row * 12
      return mark.isListed ? linked(mark, at, height) : shapeOf(mark.kind, at, height)
    })
}

const linked = ({ id, at, text, kind }: EventMark, x: number, y: number): string =>
  element(
    'a',
    { href: `#${id}`, 'aria-label': `${shortDay(at)}: ${text}` },
    `${shapeOf(kind, x, y)}<title>${escaped(`${shortDay(at)}: ${text}`)}</title>`,
  )

/** A circle; a ring for a strength; a diamond for harm. */
export const shapeOf = (kind: EventMark['kind'], x: number, y: number): string => {
  if (kind === 'good') return element('circle', { class: 'wv-d-mark wv-d-mark--good', cx: x, cy: y, r: 4.5 }, ' ')
  if (kind === 'harm')
    return element(
      'path',
      { class: 'wv-d-mark wv-d-mark--harm', d: `M${round(x)} ${round(y - 6.5)}l6.5 6.5l-6.500 6.500l-6.500 -6.500z` },
      ' ',
    )
  return element('circle', { class: 'wv-d-mark', cx: x, cy: y, r: 5.5 }, ' ')
}

const round = (value: number): number => Math.round(value * 10) / 10

const yearTicks = (first: number, last: number): readonly { readonly at: number; readonly text: string }[] => {
  const from = new Date(first).getUTCFullYear() + 1
  const to = new Date(last).getUTCFullYear()
  const step = Math.max(1, Math.ceil((to - from + 1) / 12))
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
    .filter((year) => (year - from) % step === 0)
    .map((year) => ({ at: Date.UTC(year, 0, 1), text: String(year) }))
}
