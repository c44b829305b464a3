import { element, words } from './svg.ts'

export interface Asked {
  readonly name: string
  readonly dueAt: string | null
  readonly clock: { readonly kind: string; readonly says: string }
}

const [left, width, row, top] = [230, 860, 40, 34]

/**
 * Who was asked, how much of their time has gone, and where each stands: a full bar is time that has gone, the ring or
 * cross at its end says what the words beside it say. The table below says the same.
 */
export const board = (asked: readonly Asked[], sentAt: string, now: string): string => {
  const ends = asked.map(({ dueAt }) => (dueAt === null ? Date.parse(now) : Date.parse(dueAt)))
  const [from, to] = [Date.parse(sentAt), Math.max(Date.parse(now), ...ends)]
  const span = Math.max(to - from, 3_600_000)
  const x = (at: number) => left + ((at - from) / span) * (width - left - 250)
  const height = top + asked.length * row + 8
  const rows = asked.map((each, index) => oneRow(each, { from, now: Date.parse(now), x, y: top + index * row }))
  const nowAt = x(Date.parse(now))
  return element(
    'svg',
    {
      class: 'wv-drawing wv-drawing--fluid',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': 'Who was asked, and how much time is left. The table below says the same.',
    },
    [
      ...rows,
      element('line', { class: 'wv-d-now', x1: nowAt, x2: nowAt, y1: top - 10, y2: height - 6 }),
      words(nowAt, top - 16, 'now', { class: 'wv-d-quiet', 'text-anchor': 'middle' }),
    ].join(''),
  )
}

interface Place {
  readonly from: number
  readonly now: number
  readonly y: number
  readonly x: (at: number) => number
}

const oneRow = ({ clock, dueAt, name }: Asked, { from, now, x, y }: Place): string => {
  const due = dueAt === null ? now : Date.parse(dueAt)
  const gone = Math.min(now, due)
  const kind = clock.kind === 'alert' ? 'none' : clock.kind === 'complete' ? 'first' : 'other'
  return [
    words(0, y + 19, name.length > 30 ? `${name.slice(0, 29)}…` : name),
    element('rect', { class: 'wv-d-lane', x: x(from), y: y + 8, width: Math.max(x(due) - x(from), 2), height: 16 }),
    element('rect', {
      class: `wv-d-bar wv-d-bar--${kind}`,
      ...{ x: x(from), y: y + 8, width: Math.max(x(gone) - x(from), 2), height: 16 },
    }),
    words(Math.max(x(due), x(now)) + 10, y + 20, clock.says, { class: 'wv-d-quiet' }),
  ].join('')
}
