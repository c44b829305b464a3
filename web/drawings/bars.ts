import { monthOf } from '../words/dates.ts'
import { element, words } from './svg.ts'

/** One event of a month. `none`: the kind that nobody was told of, drawn hollow. */
export interface MonthRow {
  readonly month: string
  readonly kind: 'first' | 'other' | 'none'
}

const width = 1000
const height = 210
const floor = 168
const kinds = ['first', 'other', 'none'] as const
const classes = { first: 'wv-d-bar', other: 'wv-d-bar wv-d-bar--other', none: 'wv-d-bar--none' } as const
const mostMonths = 72

/** Counts by month, stacked. The table beside it says the same. */
export const barsByMonth = (rows: readonly MonthRow[]): string => {
  const months = monthsBetween(rows.map(({ month }) => month).sort()).slice(-mostMonths)
  const most = Math.max(1, ...months.map((month) => rows.filter((row) => row.month === month).length))
  const step = (width - 90) / Math.max(months.length, 12)
  const unit = (floor - 20) / most
  const every = Math.ceil(months.length / 9)
  const bars = months.map((month, index) => {
    let top = floor
    const stack = kinds.map((kind) => {
      const count = rows.filter((row) => row.month === month && row.kind === kind).length
      if (count === 0) return ''
      top -= count * unit
      return element('rect', {
        class: classes[kind],
        x: 40 + index * step + 1.5,
        y: top + 1,
        width: Math.max(step - 3, 3),
        height: count * unit - 2,
      })
    })
    const tick =
      index % every === 0 ? words(40 + index * step, floor + 22, monthOf(month), { class: 'wv-d-quiet' }) : ''
    return stack.join('') + tick
  })
  const scale = [0, Math.ceil(most / 2), most].filter((each, index, all) => all.indexOf(each) === index)
  const lines = scale.map((count) =>
    [
      element('line', { class: 'wv-d-line', x1: 36, x2: width, y1: floor - count * unit, y2: floor - count * unit }),
      words(8, floor - count * unit + 4, String(count), { class: 'wv-d-quiet' }),
    ].join(''),
  )
  return element(
    'svg',
    {
      class: 'wv-drawing wv-drawing--fluid',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': 'Events by month. The table below says the same.',
    },
    [...lines, ...bars].join(''),
  )
}

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
