import { comparisons, place } from '../../src/identity/fieldComparisons.ts'
import {
  frequenciesOf,
  fullName,
  type LevelShares,
  type LinkageModel,
  learnLevels,
  shares,
} from '../../src/identity/linkageModel.ts'
import type { Person } from '../../src/identity/person.ts'

export interface Lesson {
  /** People on file. */
  readonly index: readonly Person[]
  /** What was asked, or other agencies' records. */
  readonly asked: readonly Person[]
  readonly version: string
  /** Share of those asked about who are on file. It cannot be learnt from anchors, which are on file. */
  readonly onFile: number
  /** Numbers from 0 to 1; the same ones give the same model. */
  readonly random: () => number
}

const randomPairs = 400_000

/**
 * From 900,000 searches for children who were not on file, in populations of two other seeds than any that is
 * measured: what was claimed above 15 bits and was wrong, beyond what the rivals foretold.
 */
const unforeseen = 2e-6

/**
 * Fits a model. The teachers are anchors: records that agree on an NHS number, with no label by hand. What a sibling
 * or a twin who is asked about looks like is learnt from the anchors' households. (Expectation-maximisation within a
 * block of children learns "one household" and not "one child".) `anchors` says how many taught.
 */
export function learn({ index, asked, version, onFile, random }: Lesson): { model: LinkageModel; anchors: number } {
  const byNumber = new Map(index.flatMap((person) => (person.nhs ? [[person.nhs, person] as const] : [])))
  const households = groupedBy(index, householdOf)
  const same: (readonly [Person, Person])[] = []
  for (const person of asked) {
    const anchor = person.nhs ? byNumber.get(person.nhs) : undefined
    if (anchor && anchor !== person) same.push([person, anchor])
  }
  const kin = (isTwin: boolean) => pairsWithin(same, households, isTwin)
  const drawn = Array.from({ length: Math.min(randomPairs, index.length * asked.length) }, () => {
    const pair = [asked[Math.floor(random() * asked.length)], index[Math.floor(random() * index.length)]] as const
    return pair
  })
  const levels = learnLevels(comparisons, {
    same,
    random: drawn.flatMap(distinct),
    sibling: kin(false),
    twin: kin(true),
  })
  const rarest = Math.min(1e-3, 1 / index.length)
  const model: LinkageModel = {
    version,
    people: index.length,
    onFile,
    unforeseen,
    ...familySizes(index, households),
    levels: levels.map((level, at) =>
      at === place.nhs || at === place.upn ? numberShares(level, index, asked) : level,
    ),
    frequencies: {
      given: frequenciesOf(index, (person) => person.given, 2),
      family: frequenciesOf(index, (person) => person.family, 2),
    },
    fullNames: frequenciesOf(index, fullName, 2),
    rarest,
    unlisted: { given: rarest, family: rarest, fullNames: rarest / 10 },
  }
  return { model, anchors: same.length }
}

const distinct = ([first, second]: readonly [Person | undefined, Person | undefined]): (readonly [Person, Person])[] =>
  first && second && first !== second && !(first.nhs && first.nhs === second.nhs) ? [[first, second]] : []

const householdOf = (person: Person): string =>
  person.postcode && person.house ? `${person.postcode} ${person.house} ${person.familyEar.slice(0, 5)}` : ''

function groupedBy(people: readonly Person[], key: (person: Person) => string): ReadonlyMap<string, readonly Person[]> {
  const groups = new Map<string, Person[]>()
  for (const person of people) {
    const name = key(person)
    if (!name) continue
    const group = groups.get(name)
    if (group) group.push(person)
    else groups.set(name, [person])
  }
  return groups
}

/** Whoever lives with an anchor, bears its family name and is somebody else, seen from the record that was asked. */
function* pairsWithin(
  same: readonly (readonly [Person, Person])[],
  households: ReadonlyMap<string, readonly Person[]>,
  isTwin: boolean,
): Generator<readonly [Person, Person]> {
  for (const [asked, anchor] of same) {
    for (const other of households.get(householdOf(anchor)) ?? []) {
      if (areOther(anchor, other) && (other.birth === anchor.birth) === isTwin) yield [asked, other]
    }
  }
}

const areOther = (first: Person, second: Person): boolean =>
  first !== second && first.given !== second.given && (!first.nhs || !second.nhs || first.nhs !== second.nhs)

function familySizes(index: readonly Person[], households: ReadonlyMap<string, readonly Person[]>) {
  let siblings = 0
  let twins = 0
  for (const people of households.values()) {
    for (const first of people) {
      for (const second of people) {
        if (!areOther(first, second) || !first.birth || !second.birth) continue
        if (first.birth === second.birth) twins += 1
        else siblings += 1
      }
    }
  }
  return { siblings: siblings / index.length, twins: twins / index.length }
}

/**
 * Anchors agree on their number by choice, so they cannot teach how often a number is wrong. Records that agree on full
 * name, date of birth and house can: hardly anyone else does.
 */
function numberShares(level: LevelShares, index: readonly Person[], asked: readonly Person[]): LevelShares {
  const exact = (person: Person) =>
    person.birth.length === 8 && householdOf(person) && person.nhs
      ? `${fullName(person)} ${person.birth} ${householdOf(person)}`
      : ''
  const known = new Map(index.map((person) => [exact(person), person]))
  const counts = [99.5, 0.01, 0.5]
  for (const person of asked) {
    const key = exact(person)
    const other = key ? known.get(key) : undefined
    if (!other || other === person) continue
    const at = other.nhs === person.nhs ? 0 : 2
    counts[at] = (counts[at] ?? 0) + 1
  }
  // Two people never share a number that was issued to one; a clerk's slip makes it so about as often as it makes it
  // differ.
  const slip = [2e-3, 1e-5, 1 - 2.01e-3]
  return { ...level, same: shares(counts), random: [1e-7, 1e-6, 1 - 1.1e-6], sibling: slip, twin: slip }
}
