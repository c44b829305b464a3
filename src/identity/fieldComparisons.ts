import { birth } from './compareBirths.ts'
import { family, given, middle } from './compareNames.ts'
import type { Comparison } from './comparison.ts'
import { isWhole, outward } from './normalise.ts'
import type { Person } from './person.ts'
import { edits } from './similarity.ts'

const address: Comparison<Person> = {
  name: 'address',
  levels: ['house', 'postcode', 'previous postcode', 'one edit', 'district', 'area', 'differs'],
  level: (first, second) => {
    if (!first.postcode || !second.postcode) return first.previous.length > 0 && livedAtOne(first, second) ? 2 : -1
    const code = first.postcode
    const other = second.postcode
    if (code === other && isWhole(code)) return first.house && first.house === second.house ? 0 : 1
    if (livedAtOne(first, second)) return 2
    if ((isWhole(code) || isWhole(other)) && edits(code, other, 1) === 1) return 3
    if (outward(code) === outward(other)) return 4
    return code.slice(0, 2) === other.slice(0, 2) ? 5 : 6
  },
}

/** Levels of an address at which a whole postcode is one, present or previous. */
export const sharedPostcodeLevels: ReadonlySet<number> = new Set([0, 1, 2])

const livedAtOne = (first: Person, second: Person): boolean =>
  first.previous.some((code) => isWhole(code) && (code === second.postcode || second.previous.includes(code))) ||
  second.previous.some((code) => isWhole(code) && code === first.postcode)

const sex: Comparison<Person> = {
  name: 'sex',
  levels: ['same', 'differs'],
  level: (first, second) => (first.sex && second.sex ? Number(first.sex !== second.sex) : -1),
}

const identifier = (name: string, of: (person: Person) => string): Comparison<Person> => ({
  name,
  levels: ['same', 'one edit', 'differs'],
  level: (first, second) => {
    const number = of(first)
    const other = of(second)
    return number && other ? Math.min(2, edits(number, other, 1)) : -1
  },
})

/** Every comparison of two people, in the order in which a model holds what it knows of them. */
export const comparisons: readonly Comparison<Person>[] = [
  given,
  family,
  birth,
  address,
  sex,
  identifier('nhs', (person) => person.nhs),
  identifier('upn', (person) => person.upn),
  middle,
]

/** Where a comparison stands in `comparisons`. */
export const place = { given: 0, family: 1, birth: 2, address: 3, sex: 4, nhs: 5, upn: 6, middle: 7 } as const
