import { element, words } from './svg.ts'

/** One person, as far as a drawing needs them. */
export interface GenogramPerson {
  readonly key: string
  readonly name: string
  /** What the person is to the child, in words. */
  readonly relation: string
  readonly isTheChild: boolean
  readonly sex: string
  readonly generation: number
  readonly died: boolean
  readonly livesWithChild: boolean
}

export interface GenogramTie {
  readonly kind: string
  readonly from: string
  readonly to: string
}

interface Point {
  readonly x: number
  readonly y: number
}
type Places = ReadonlyMap<string, Point>

const step = 168
const rowHeight = 148
const radius = 22

/**
 * What is recorded and no more. Squares are male, circles female, diamonds not known; who lives with the child stands
 * within the dashed line. A line across is a couple; a line down goes from whom it is recorded of as parent, dashed
 * where by marriage, adoption or fostering.
 */
export const genogram = (people: readonly GenogramPerson[], ties: readonly GenogramTie[]): string => {
  const generations = [...new Set(people.map(({ generation }) => generation))].sort((one, other) => other - one)
  const rows = generations.map((generation) =>
    ordered(
      people.filter((person) => person.generation === generation),
      ties,
    ),
  )
  const width = Math.max(...rows.map((row) => row.length * step), 340)
  const height = rows.length * rowHeight + 20
  const at = new Map<string, Point>()
  rows.forEach((row, index) => {
    const begin = (width - row.length * step) / 2 + step / 2
    for (const [place, { key }] of row.entries()) at.set(key, { x: begin + place * step, y: index * rowHeight + 44 })
  })
  return element(
    'svg',
    {
      class: 'wv-drawing',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': 'Family. The table below says the same.',
    },
    [
      ...couples(ties, at),
      ...descents(ties, at),
      ...siblings(ties, at),
      ...people.map((person) => figure(person, at.get(person.key) ?? { x: 0, y: 0 })),
    ].join(''),
  )
}

/** Couples, and parents of one child, beside each other, the man on the left; the child behind brothers and sisters. */
const ordered = (row: readonly GenogramPerson[], ties: readonly GenogramTie[]): readonly GenogramPerson[] => {
  const left = [...row].sort((one, other) => Number(one.isTheChild) - Number(other.isTheChild))
  const placed: GenogramPerson[] = []
  while (left.length > 0) {
    const next = left.shift()
    if (!next) break
    const partner = left.findIndex(({ key }) => isCouple(ties, next.key, key) || haveOneChild(ties, next.key, key))
    const pair = partner >= 0 ? [next, ...left.splice(partner, 1)] : [next]
    placed.push(...pair.sort((one, other) => Number(other.sex === 'M') - Number(one.sex === 'M')))
  }
  return placed
}

const haveOneChild = (ties: readonly GenogramTie[], one: string, other: string): boolean => {
  const childrenOf = (parent: string) =>
    ties.flatMap(({ from, kind, to }) => (kind === 'PARENT' && from === parent ? [to] : []))
  const own = new Set(childrenOf(one))
  return childrenOf(other).some((child) => own.has(child))
}

const isCouple = (ties: readonly GenogramTie[], one: string, other: string): boolean =>
  ties.some(
    ({ from, kind, to }) => kind === 'COUPLE' && ((from === one && to === other) || (from === other && to === one)),
  )

const couples = (ties: readonly GenogramTie[], at: Places): readonly string[] =>
  ties.flatMap(({ from, kind, to }) => {
    const [one, other] = [at.get(from), at.get(to)]
    if (kind !== 'COUPLE' || !one || !other || one.y !== other.y) return []
    const [left, right] = one.x < other.x ? [one, other] : [other, one]
    // Who stands between them is gone around below.
    const straight = right.x - left.x <= step + 1
    return line(
      straight ? `M${left.x + radius} ${left.y}H${right.x - radius}` : `M${left.x} ${left.y + radius}v6H${right.x}v-6`,
    )
  })

const parentKinds: readonly string[] = ['PARENT', 'STEP_PARENT', 'ADOPTIVE_PARENT', 'FOSTER_CARER']

/**
 * From all recorded parents of a child down to it; each set of parents on a track of its own, so that lines stay apart.
 */
const descents = (ties: readonly GenogramTie[], at: Places): readonly string[] => {
  const ofChild = new Map<string, { full: string[]; other: string[] }>()
  for (const { from, kind, to } of ties) {
    if (!parentKinds.includes(kind)) continue
    const known = ofChild.get(to) ?? { full: [], other: [] }
    ;(kind === 'PARENT' ? known.full : known.other).push(from)
    ofChild.set(to, known)
  }
  const tracks = new Map<string, number>()
  const track = (parents: readonly string[]): number => {
    const name = [...parents].sort().join(' ')
    if (!tracks.has(name)) tracks.set(name, tracks.size)
    return ((tracks.get(name) ?? 0) % 5) * 7
  }
  return [...ofChild].flatMap(([child, { full, other }]) => [
    ...(full.length > 0 ? descent(full, child, at, track(full), '') : []),
    ...other.flatMap((parent) => descent([parent], child, at, track([parent]), ' wv-d-tie--other')),
  ])
}

/** Brothers and sisters of whom it is not recorded by which parents. */
const siblings = (ties: readonly GenogramTie[], at: Places): readonly string[] => {
  const known = new Set(ties.flatMap(({ kind, to }) => (parentKinds.includes(kind) ? [to] : [])))
  return ties.flatMap(({ from, kind, to }) => {
    const [one, other] = [at.get(from), at.get(to)]
    if (!kind.endsWith('SIBLING') || (known.has(from) && known.has(to)) || !one || !other || one.y !== other.y)
      return []
    return line(`M${one.x} ${one.y - radius}v-9H${other.x - radius / 2}v9`, ' wv-d-tie--sibling')
  })
}

const descent = (
  parents: readonly string[],
  child: string,
  at: Places,
  offset: number,
  style: string,
): readonly string[] => {
  const places = parents.flatMap((parent) => at.get(parent) ?? [])
  const below = at.get(child)
  if (places.length === 0 || !below) return []
  const top = Math.max(...places.map(({ y }) => y))
  if (below.y <= top) return []
  const rail = below.y - radius - 12 - offset
  const middle = places.reduce((sum, { x }) => sum + x, 0) / places.length
  // Parents are joined right below their names, and what goes down from there is their child.
  const join = top + radius + 44 + offset / 2
  return [
    ...places.map(({ x, y }) => line(`M${x} ${y + radius + 40}V${join}H${middle}`, style)),
    line(`M${middle} ${join}V${rail}H${below.x}V${below.y - radius}`, style),
  ]
}

const line = (d: string, style = ''): string => element('path', { class: `wv-d-tie${style}`, d })

const figure = (person: GenogramPerson, { x, y }: Point): string => {
  const kind = `wv-d-person${person.isTheChild ? ' wv-d-person--child' : ''}`
  const [edge, size] = [radius + 3, 2 * radius]
  const shape =
    person.sex === 'M'
      ? element('rect', { class: kind, x: x - radius, y: y - radius, width: size, height: size })
      : person.sex === 'F'
        ? element('circle', { class: kind, cx: x, cy: y, r: radius })
        : element('path', {
            class: kind,
            d: `M${x} ${y - edge}l${edge} ${edge}l-${edge} ${edge}l-${edge} -${edge}z`,
          })
  const home = person.livesWithChild
    ? element('rect', { class: 'wv-d-home', x: x - radius - 6, y: y - radius - 6, width: size + 12, height: size + 12 })
    : ''
  const cross = person.died
    ? line(`M${x - radius} ${y - radius}l${size} ${size}M${x + radius} ${y - radius}l-${size} ${size}`)
    : ''
  const quiet = { 'text-anchor': 'middle', class: 'wv-d-quiet' }
  return [
    home,
    shape,
    cross,
    words(x, y + radius + 20, shortened(person.name), { 'text-anchor': 'middle' }),
    words(x, y + radius + 36, shortened(person.relation) + (person.died ? ', died' : ''), quiet),
  ].join('')
}

const shortened = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name)
