import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Child } from '../../seeds/population/children.ts'
import { type Chance, chance } from '../../seeds/population/random.ts'
import { readCsv } from '../../src/identity/files/csv.ts'

/** Names by rank, in one half of the public lists. */
export interface NameHalf {
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly families: readonly string[]
}

/** The public lists of names cut in two by turns, so that neither half holds a name of the other. */
export function halves(folder: string): readonly [NameHalf, NameHalf] {
  const given = tableOf(join(folder, 'forenames.csv'))
  const family = tableOf(join(folder, 'surnames.csv'))
  const ofGender = (gender: string) =>
    distinct(given.flatMap((row) => (row['Gender'] === gender ? (row['Romanized Name'] ?? []) : [])))
  const both = new Set(ofGender('M'))
  const lists = {
    girls: ofGender('F').filter((name) => !both.has(name)),
    boys: [...both],
    families: distinct(family.flatMap((row) => row['Romanized Name'] ?? [])),
  }
  const half = (turn: number): NameHalf => ({
    girls: lists.girls.filter((_, at) => at % 2 === turn),
    boys: lists.boys.filter((_, at) => at % 2 === turn),
    families: lists.families.filter((_, at) => at % 2 === turn),
  })
  return [half(0), half(1)]
}

function tableOf(path: string): readonly Readonly<Record<string, string>>[] {
  const { columns, rows } = readCsv(readFileSync(path), path)
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])))
}

const distinct = (names: readonly string[]): readonly string[] => {
  const seen = new Map(
    names.filter((name) => /^[\p{L}][\p{L}'’ -]+$/u.test(name)).map((name) => [name.toLowerCase(), name]),
  )
  return [...seen.values()]
}

/**
 * The same children under names of one half, drawn by Zipf over its ranks: the first name of a list is borne by one
 * in seven.
 */
export function renamed(
  children: readonly Child[],
  { girls, boys, families }: NameHalf,
  seed: number,
): readonly Child[] {
  const dice = chance(seed)
  const zipf = (names: readonly string[]) => byZipf(names)
  const draw = { F: zipf(girls), M: zipf(boys), family: zipf(families) }
  let home = ''
  let family = ''
  let alias = ''
  let given = new Set<string>()
  return children.map((child) => {
    const own = `${child.postcode} ${child.house} ${child.alias}`
    if (own !== home) {
      home = own
      family = draw.family(dice)
      alias = draw.family(dice)
      given = new Set()
    }
    let name = draw[child.sex](dice)
    while (given.has(name)) name = draw[child.sex](dice)
    given.add(name)
    return { ...child, given: name, middle: child.middle === '' ? '' : draw[child.sex](dice), family, alias }
  })
}

function byZipf(names: readonly string[]): (dice: Chance) => string {
  let sum = 0
  const sums = names.map((_, rank) => {
    sum += 1 / (rank + 1)
    return sum
  })
  return (dice) => {
    const wanted = dice.next() * sum
    let [low, high] = [0, names.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return names[low] ?? ''
  }
}
