import { inWords } from '../words/codes.ts'
import { element, words } from './svg.ts'

/** A relative as social care records them: by what they are to the child. */
export interface Relative {
  readonly id: string
  readonly relation: string | null
  readonly name: string | null
  readonly inHousehold: boolean | null
  readonly isChild: boolean | null
  readonly restriction: string | null
}

type Sex = 'F' | 'M' | null

interface Node {
  readonly relative: Relative | null
  readonly name: string
  readonly words: string
  readonly sex: Sex
  readonly generation: number
  readonly died: boolean
}

const female = /MOTHER|SISTER|AUNT|DAUGHTER|WIFE|NIECE|GRANDMOTHER/
const male = /FATHER|BROTHER|UNCLE|SON\b|HUSBAND|NEPHEW|GRANDFATHER/

/** Generations above the child's; anyone whose place is not known stands beside the parents. */
const generationOf = (relation: string, isChild: boolean): number => {
  if (/GRAND(MOTHER|FATHER|PARENT)/.test(relation)) return 2
  if (/BROTHER|SISTER|SIBLING|COUSIN|TWIN/.test(relation)) return 0
  return isChild ? 0 : 1
}

const nodeOf = (relative: Relative): Node => {
  const relation = relative.relation ?? ''
  return {
    relative,
    name: relative.name ?? 'Name withheld',
    words: relation === '' ? 'Relation not known' : inWords(relation),
    sex: female.test(relation) ? 'F' : male.test(relation) ? 'M' : null,
    generation: generationOf(relation, relative.isChild === true),
    died: /\bdied\b/i.test(relative.restriction ?? ''),
  }
}

const step = 168
const rowHeight = 132
const radius = 22

/**
 * What is recorded and no more: a relation to the child, household, and death. Squares are male, circles female,
 * diamonds not known; who lives with the child stands within the dashed line. Nobody is tied to anybody but through the
 * child's parents.
 */
export const genogram = (childName: string, childSex: string | null, family: readonly Relative[]): string => {
  const child: Node = {
    relative: null,
    name: childName,
    words: 'The child',
    sex: childSex === 'F' || childSex === 'M' ? childSex : null,
    generation: 0,
    died: false,
  }
  const nodes = [...family.map(nodeOf), child]
  const generations = [2, 1, 0]
    .map((generation) => nodes.filter((node) => node.generation === generation))
    .filter((row) => row.length > 0)
  const across = Math.max(...generations.map((row) => row.length))
  const width = Math.max(across * step, 340)
  const height = generations.length * rowHeight + 20
  const at = new Map<Node, { x: number; y: number }>()
  generations.forEach((row, index) => {
    const begin = (width - row.length * step) / 2 + step / 2
    for (const [place, node] of ordered(row).entries())
      at.set(node, { x: begin + place * step, y: index * rowHeight + 44 })
  })
  const drawn = nodes.map((node) => figure(node, at.get(node) ?? { x: 0, y: 0 }))
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
    [...ties(nodes, at), ...drawn].join(''),
  )
}

/** The mother and father beside each other, the others around them. */
const ordered = (row: readonly Node[]): readonly Node[] => {
  const rank = (node: Node): number =>
    node.relative === null ? 1 : node.words === 'Father' ? 0 : node.words === 'Mother' ? 1 : 2
  return [...row].sort((one, other) => rank(one) - rank(other))
}

/**
 * Parents to the child and to full brothers and sisters; a half or step relation is not drawn as more than is recorded.
 */
const ties = (nodes: readonly Node[], at: ReadonlyMap<Node, { x: number; y: number }>): string[] => {
  const parents = nodes.filter(({ words: relation }) => relation === 'Mother' || relation === 'Father')
  const children = nodes.filter(
    ({ generation, relative, words: relation }) =>
      generation === 0 && (relative === null || /^(Brother|Sister|Twin)/.test(relation)),
  )
  const places = parents.flatMap((parent) => at.get(parent) ?? [])
  if (places.length === 0) return []
  const [left, right] = [Math.min(...places.map(({ x }) => x)), Math.max(...places.map(({ x }) => x))]
  const y = places[0]?.y ?? 0
  const middle = (left + right) / 2
  const rail = y + rowHeight / 2 + 18
  const low = children.flatMap((child) => at.get(child) ?? [])
  const line = (d: string) => element('path', { class: 'wv-d-tie', d })
  return [
    ...(places.length === 2 ? [line(`M${left + radius} ${y}H${right - radius}`)] : []),
    line(`M${middle} ${places.length === 2 ? y : y + radius + 38}V${rail}`),
    ...(low.length > 0
      ? [line(`M${Math.min(middle, ...low.map(({ x }) => x))} ${rail}H${Math.max(middle, ...low.map(({ x }) => x))}`)]
      : []),
    ...low.map(({ x, y: top }) => line(`M${x} ${rail}V${top - radius}`)),
  ]
}

const figure = (node: Node, { x, y }: { x: number; y: number }): string => {
  const kind = `wv-d-person${node.relative === null ? ' wv-d-person--child' : ''}`
  const shape =
    node.sex === 'M'
      ? element('rect', { class: kind, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius })
      : node.sex === 'F'
        ? element('circle', { class: kind, cx: x, cy: y, r: radius })
        : element('path', {
            class: kind,
            d: `M${x} ${y - radius - 3}l${radius + 3} ${radius + 3}l-${radius + 3} ${radius + 3}l-${radius + 3} -${radius + 3}z`,
          })
  const home = node.relative?.inHousehold
    ? element('rect', {
        class: 'wv-d-home',
        x: x - radius - 8,
        y: y - radius - 8,
        width: 2 * radius + 16,
        height: 2 * radius + 16,
      })
    : ''
  const cross = node.died
    ? element('path', {
        class: 'wv-d-tie',
        d: `M${x - radius} ${y - radius}l${2 * radius} ${2 * radius}M${x + radius} ${y - radius}l-${2 * radius} ${2 * radius}`,
      })
    : ''
  return [
    home,
    shape,
    cross,
    words(x, y + radius + 20, shortened(node.name), { 'text-anchor': 'middle' }),
    words(x, y + radius + 36, node.words + (node.died ? ', died' : ''), {
      'text-anchor': 'middle',
      class: 'wv-d-quiet',
    }),
  ].join('')
}

const shortened = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name)
