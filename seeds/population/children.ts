import { normalise } from '../../src/identity/normalise.ts'
import { type Origin, origins } from './names.ts'
import { byRank, type Chance, chance } from './random.ts'

/** An invented child, as the truth has it. */
export interface Child {
  readonly id: number
  readonly origin: Origin
  readonly given: string
  readonly middle: string
  readonly family: string
  /** Another family name that the child goes by: of the other parent, or from before. */
  readonly alias: string
  readonly sex: 'F' | 'M'
  /** yyyy-mm-dd */
  readonly birth: string
  readonly postcode: string
  readonly house: string
  /** Where the family lived before; newest first. */
  readonly previous: readonly string[]
  readonly nhsNumber: string
  /** Place in the list of the other twin, or null. */
  readonly twin: number | null
}

/** Area letters that no real postcode begins with. */
const areas = ['QX', 'ZA', 'VJ', 'JQ', 'XV', 'QZ']
const letters = [...'ABDEFGHJLNPQRSTUWXYZ']
const sizes = [1, 1, 2, 2, 2, 3, 3, 4]
const firstBirth = Date.UTC(2008, 0, 1)
const births = 6_570

/**
 * Families with their children, the same for the same seed. One street in nine children, as where many families live.
 */
export function children(count: number, seed = 1): readonly Child[] {
  const dice = chance(seed)
  const codes = Array.from({ length: Math.max(200, Math.floor(count / 9)) }, () => postcode(dice))
  const list: Child[] = []
  while (list.length < count) addFamily(list, codes, dice)
  return list
    .slice(0, count)
    .map((child) => (child.twin !== null && child.twin >= count ? { ...child, twin: null } : child))
}

const postcode = (dice: Chance): string =>
  `${dice.of(areas)}${dice.whole(1, 40)} ${dice.whole(0, 9)}${dice.of(letters)}${dice.of(letters)}`

function addFamily(list: Child[], codes: readonly string[], dice: Chance): void {
  const origin = originOf(dice)
  const draw = draws[origin]
  const family = draw.families(dice) + (origin === 'british' && dice.is(0.05) ? `-${draw.families(dice)}` : '')
  const alias = draw.families(dice)
  const home = { postcode: dice.of(codes), house: String(dice.whole(1, 140)), previous: previousOf(codes, dice) }
  const kids = dice.of(sizes)
  const eldest = list.length
  for (let kid = 0; kid < kids; kid += 1) {
    const birth = new Date(firstBirth + dice.whole(0, births) * 86_400_000).toISOString().slice(0, 10)
    const first = list.length
    const shared = { origin, alias, birth, ...home }
    list.push({
      ...shared,
      ...namedApart(list.slice(eldest), origin, family, dice),
      id: first,
      nhsNumber: nhsNumber(first),
      twin: null,
    })
    if (dice.is(0.016)) addTwin(list, eldest, family, dice)
  }
}

/** A twin of the last child: another given name, one time in four with the same first letter, as parents like it. */
function addTwin(list: Child[], eldest: number, family: string, dice: Chance): void {
  const first = list.at(-1)
  if (!first) return
  const siblings = list.slice(eldest)
  let second = namedApart(siblings, first.origin, family, dice)
  const wantsAlike = dice.is(0.25)
  for (let tries = 0; tries < 40; tries += 1) {
    const isAlike = normalise(second.given)[0] === normalise(first.given)[0]
    if (!wantsAlike || isAlike) break
    second = namedApart(siblings, first.origin, family, dice)
  }
  const id = list.length
  list[id - 1] = { ...first, twin: id }
  list.push({ ...first, ...second, id, nhsNumber: nhsNumber(id), twin: id - 1 })
}

/** No parents give two living children one name. */
function namedApart(siblings: readonly Child[], origin: Origin, family: string, dice: Chance) {
  for (;;) {
    const name = named(origin, family, dice)
    if (siblings.every(({ given }) => given !== name.given)) return name
  }
}

function named(origin: Origin, family: string, dice: Chance) {
  const draw = draws[origin]
  const sex: 'F' | 'M' = dice.is(0.49) ? 'F' : 'M'
  const given = sex === 'F' ? draw.girls : draw.boys
  const pool = origins[origin].pool
  return {
    sex,
    given: given(dice),
    middle: dice.is(0.55) ? given(dice) : '',
    family: sex === 'F' && pool.feminine ? pool.feminine(family) : family,
  }
}

/** A third of families have moved; a tenth more than once. */
const previousOf = (codes: readonly string[], dice: Chance): readonly string[] => {
  const moves = dice.is(0.1) ? 2 : dice.is(0.25) ? 1 : 0
  return Array.from({ length: moves }, () => dice.of(codes))
}

const names = Object.keys(origins).filter((name): name is Origin => name in origins)

const draws = Object.fromEntries(
  names.map((origin) => {
    const { girls, boys, families } = origins[origin].pool
    const steepness = origin === 'british' ? 0.8 : 0.6
    return [origin, { girls: byRank(girls, 0.75), boys: byRank(boys, 0.75), families: byRank(families, steepness) }]
  }),
) as Record<Origin, Record<'girls' | 'boys' | 'families', (dice: Chance) => string>> // One entry for each of `names`.

const originOf = (dice: Chance): Origin => {
  let left = dice.next()
  for (const origin of names) {
    left -= origins[origin].share
    if (left < 0) return origin
  }
  return 'british'
}

/** Ten digits that are right by modulus 11, another for every child, beginning with 9 as no number in use does. */
export function nhsNumber(child: number): string {
  const spread = String((child * 48_271 + 1_234_567) % 10_000_000).padStart(7, '0')
  for (let last = 0; ; last += 1) {
    const digits = [...`9${spread}${last}`].map(Number)
    const sum = digits.reduce((total, digit, place) => total + digit * (10 - place), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return digits.join('') + check
  }
}
