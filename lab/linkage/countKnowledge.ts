import { defaultDay, mostFamilies } from '../../src/identity/countedKnowledge.ts'
import { fewestBearers } from '../../src/identity/nameShares.ts'
import { isWhole } from '../../src/identity/normalise.ts'
import type { Person } from '../../src/identity/person.ts'
import type { RegisterKnowledge } from '../../src/identity/registerKnowledge.ts'

/** What a register of these people would show of them: as `Knowledge` counts it in the database. */
export function countKnowledge(people: Iterable<Person>): RegisterKnowledge {
  const [given, family, fullNames, days] = [counter(), counter(), counter(), counter()]
  const families = new Map<string, Set<string>>()
  let count = 0
  for (const person of people) {
    count += 1
    given.add(person.given)
    family.add(person.family)
    fullNames.add(person.given && person.family ? `${person.given} ${person.family}` : '')
    if (person.birth.length === 8) days.add(person.birth)
    if (!isWhole(person.postcode) || !person.familyEar) continue
    const own = families.get(person.postcode)
    if (own) own.add(person.familyEar)
    else families.set(person.postcode, new Set([person.familyEar]))
  }
  const fewestOfDay = Math.max(defaultDay.fewest, (defaultDay.times * count) / defaultDay.days)
  return {
    people: count,
    given: given.from(fewestBearers),
    family: family.from(fewestBearers),
    fullNames: fullNames.from(fewestBearers),
    crowdedPostcodes: new Set([...families].filter(([, own]) => own.size >= mostFamilies).map(([code]) => code)),
    defaultDates: new Set(days.from(fewestOfDay).keys()),
    testNumbersCount: true,
  }
}

function counter() {
  const counts = new Map<string, number>()
  return {
    add: (value: string): void => {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
    },
    from: (fewest: number): Map<string, number> => new Map([...counts].filter(([, count]) => count >= fewest)),
  }
}
