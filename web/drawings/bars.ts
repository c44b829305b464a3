import { monthOf } from '../words/dates.ts'
import { element, words } from './svg.ts'

/** One event of a month, and which of the drawing's series it is of. */
export interface MonthRow {
  readonly month: string
  readonly series: string
}

/** A series as it is drawn: filled, filled otherwise, or hollow for what nobody was told of or nobody knows. */
export interface Series {
  readonly name: string
  readonly look: (typeof looks)[number]
}

const looks = ['first', 'second', 'third', 'none', 'unknown'] as const

/** The class of a series, for the drawing and for its key. */
export const classOf = (look: Series['look']): string =>
  look === 'first'
    ? 'wv-d-bar'
    : look === 'none' || look === 'unknown'
      ? `wv-d-bar--${look}`
      : `wv-d-bar wv-d-bar--${look}`

const width = 1000
const height = 210
const floor = 168
const mostMonths = 72

/** Months with a number for each series, as the drawing and the table beside it say them. */
export const countsByMonth = (rows: readonly MonthRow[], series: readonly Series[]) =>
  monthsBetween(rows.map(({ month }) => month).sort())
    .slice(-mostMonths)
    .map((month) => ({
      month,
      counts: series.map(({ name }) => rows.filter((row) => row.month === month && row.series === name).length),
    }))

/** Counts by month, stacked. The table beside it says the same. */
export const barsByMonth = (rows: readonly MonthRow[], series: readonly Series[]): string => {
  const months = countsByMonth(rows, series)
  const most = Math.max(1, ...months.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)))
  const step = (width - 90) / Math.max(months.length, 12)
  const unit = (floor - 20) / most
  const every = Math.ceil(months.length / 9)
  const bars = months.map(({ month, counts }, index) => {
    let top = floor
    const stack = series.map(({ look }, at) => {
      const count = counts[at] ?? 0
      if (count === 0) return ''
      top -= count * unit
      const [x, y] = [40 + index * step + 1.5, top + 1]
      return element('rect', {
        ...{ class: classOf(look), x, y, width: Math.max(step - 3, 3), height: count * unit - 2 },
      })
    })
    const tick =
      index % every === 0 ? words(40 + index * step, floor + 22, monthOf(month), { class: 'wv-d-quiet' }) : ''
    return stack.join('') + tick
  })
  const apart = Math.ceil(most / 4)
  const scale = Array.from({ length: Math.floor(most / apart) + 1 }, (_, index) => index * apart)
  const lines = scale.map((count) =>
    [
      element('line', { class: 'wv-d-line', x1: 36, x2: width, y1: floor - count * unit, y2: floor - count * unit }),
      words(8, floor - count * unit + 4, String(count), { class: 'wv-d-quiet' }),
    ].join(''),
  )
  return drawing(height, 'Events by month. The table below says the same.', [...lines, ...bars])
}

const row = 34
const labelWidth = 330

/** Counts under names, longest bar first. The table beside it says the same, and how whole each number is. */
export const barsByName = (rows: readonly { readonly name: string; readonly count: number }[]): string => {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const bars = rows
    .toSorted((one, other) => other.count - one.count)
    .map(({ name, count }, index) => {
      const [y, length] = [8 + index * row, (count / most) * (width - labelWidth - 80)]
      return [
        words(8, y + 17, name),
        element('rect', { class: classOf('first'), x: labelWidth, y, width: Math.max(length, 1), height: row - 12 }),
        words(labelWidth + length + 10, y + 17, String(count)),
      ].join('')
    })
  return drawing(16 + rows.length * row, 'Numbers by name. The table beside it says the same.', bars)
}

const drawing = (tall: number, label: string, parts: readonly string[]): string =>
  element(
    'svg',
    {
      ...{ class: 'wv-drawing wv-drawing--fluid', viewBox: `0 0 ${width} ${tall}`, role: 'img', 'aria-label': label },
    },
    parts.join(''),
  )

const monthsBetween = (sorted: readonly string[]): readonly string[] => {
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last) return []
  const months: string[] = []
  for (
    let at = new Date(`${first}-01T00:00:00Z`);
    at.toISOString().slice(0, 7) <= last;
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))
  )
    months.push(at.toISOString().slice(0, 7))
  return months
}
