import { expect, it } from 'vitest'
import { bornWithAnother } from '../../src/composition/sameBirthAndName.ts'
import { areMultipleBirths } from '../../src/identity/decideMatch.ts'
import { personOf } from '../../src/identity/person.ts'
import type { PersonEntry } from '../../src/identity/registerTypes.ts'
import { entryName } from '../../src/identity/takeInPeople.ts'

const families = ['Ashworth', 'Ashwerth', 'Bell', 'Calder', '']
const days = ['2014-02-03', '2014-02-04', '2014', '']

const population = (count: number, of: (nth: number) => { readonly birth: string; readonly family: string }) => {
  const entries = Array.from(
    { length: count },
    (_, nth): PersonEntry => ({ agency: 'health', localId: `P${nth}`, person: personOf(of(nth)), isProtected: false }),
  )
  // Two records a child, and every seventh of nobody.
  const childOf = new Map(
    entries.flatMap(({ localId }, nth) =>
      nth % 7 === 6 ? [] : [[entryName('health', localId), `C${Math.floor(nth / 2)}`] as const],
    ),
  )
  return { entries, childOf }
}

it('finds by blocks whom comparing everybody with everybody finds', () => {
  for (const step of [3, 7, 11]) {
    const { entries, childOf } = population(60, (nth) => ({
      birth: days[(nth * step) % days.length] ?? '',
      family: families[(nth * nth + step) % families.length] ?? '',
    }))
    const child = ({ agency, localId }: PersonEntry) => childOf.get(entryName(agency, localId))
    const asked = new Set<string>()
    const pairwise = entries.filter((entry) => {
      const own = child(entry)
      if (own === undefined || asked.has(own)) return false
      const isDoubled = entries.some((other) => {
        const theirs = child(other)
        return theirs !== undefined && theirs !== own && areMultipleBirths(entry.person, other.person)
      })
      if (isDoubled) asked.add(own)
      return isDoubled
    })
    expect(pairwise.length).toBeGreaterThan(0)
    expect(bornWithAnother(entries, childOf)).toEqual(pairwise)
  }
})

it('looks at each person once, however many there are', () => {
  for (const count of [1000, 20_000]) {
    let looks = 0
    const { entries, childOf } = population(count, () => ({ birth: '2014-02-03', family: 'Bell' }))
    const watched = entries.map((entry) => ({
      ...entry,
      get person() {
        looks++
        return entry.person
      },
    }))
    expect(bornWithAnother(watched, childOf).length).toBeGreaterThan(count / 4)
    expect(looks).toBe(count)
  }
})
