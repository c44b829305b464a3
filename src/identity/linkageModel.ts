import type { Comparison } from './comparison.ts'
import type { RegisterKnowledge } from './registerKnowledge.ts'

/**
 * How often each level of one comparison is seen between records of one person, and of people who are not. Each list
 * sums to 1.
 */
export interface LevelShares {
  readonly name: string
  readonly same: readonly number[]
  readonly random: readonly number[]
  readonly sibling: readonly number[]
  readonly twin: readonly number[]
}

/** What is believed of an index and of the mistakes in what is asked: learnt from data, never typed in by hand. */
export interface LinkageModel {
  /** Stored with every decision, so that it can be explained later. */
  readonly version: string
  /** How many people are on file. */
  readonly people: number
  /** Share of the people asked about who are on file at all. */
  readonly onFile: number
  /** Siblings, and twins, per person. */
  readonly siblings: number
  readonly twins: number
  /** How often what nobody has thought of makes the surest claim wrong: no posterior claims to be wrong less often. */
  readonly unforeseen: number
  readonly levels: readonly LevelShares[]
  /** By comparison: the share of people who have a value. */
  readonly frequencies: Readonly<Record<string, ReadonlyMap<string, number>>>
  /** The same of given and family name together, which are not independent: a people's names go together. */
  readonly fullNames: ReadonlyMap<string, number>
  readonly rarest: number
  /**
   * The share that a name is taken to have which the lists leave out: a list cut short must not make common names
   * rare.
   */
  readonly unlisted: { readonly given: number; readonly family: number; readonly fullNames: number }
  /** What the register shows of those on file now. It is no part of a file: it is counted where the model is used. */
  readonly register?: RegisterKnowledge
}

/** Pairs of people of which it is known how they stand to one another. */
export interface Examples<P> {
  /** Anchors: pairs that agree on a verified NHS number are labels for free. */
  readonly same: Iterable<readonly [P, P]>
  readonly random: Iterable<readonly [P, P]>
  readonly sibling?: Iterable<readonly [P, P]>
  readonly twin?: Iterable<readonly [P, P]>
}

/**
 * Shares of levels, counted. Half a case is added to each level, so that what was never seen is rare and not
 * impossible.
 */
export function learnLevels<P>(comparisons: readonly Comparison<P>[], examples: Examples<P>): readonly LevelShares[] {
  const same = sharesIn(comparisons, examples.same)
  const random = sharesIn(comparisons, examples.random)
  const sibling = examples.sibling ? sharesIn(comparisons, examples.sibling) : random
  const twin = examples.twin ? sharesIn(comparisons, examples.twin) : sibling
  return comparisons.map(({ name }, at) => ({
    name,
    same: same[at] ?? [],
    random: random[at] ?? [],
    sibling: sibling[at] ?? [],
    twin: twin[at] ?? [],
  }))
}

function sharesIn<P>(comparisons: readonly Comparison<P>[], pairs: Iterable<readonly [P, P]>): number[][] {
  const counts = comparisons.map((comparison) => new Array<number>(comparison.levels.length).fill(0.5))
  for (const [first, second] of pairs) {
    for (const [at, comparison] of comparisons.entries()) {
      const level = comparison.level(first, second)
      const count = counts[at]
      if (level >= 0 && count) count[level] = (count[level] ?? 0) + 1
    }
  }
  return counts.map(shares)
}

/** Counts as shares of their sum. */
export function shares(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0)
  return counts.map((count) => Math.max(count / sum, 1e-7))
}

/** The share of people who have each value. */
export function frequenciesOf<P>(people: Iterable<P>, term: (person: P) => string, atLeast = 1): Map<string, number> {
  const counts = new Map<string, number>()
  let known = 0
  for (const person of people) {
    const value = term(person)
    if (!value) continue
    known += 1
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  for (const [value, count] of counts) {
    if (count < atLeast) counts.delete(value)
    else counts.set(value, count / known)
  }
  return counts
}

/** Given and family name as one value. */
export const fullName = (person: { readonly given: string; readonly family: string }): string =>
  person.given && person.family ? `${person.given} ${person.family}` : ''

/** A model as it is kept in a file, with the commonest `most` names of each list. */
export function linkageModelToJson({ register: _, ...model }: LinkageModel, most = 5000): string {
  const ordered = (values: ReadonlyMap<string, number> | undefined) => [...(values ?? [])].sort(([, a], [, b]) => b - a)
  const top = (values: ReadonlyMap<string, number>) =>
    Object.fromEntries(
      ordered(values)
        .slice(0, most)
        .map(([value, share]) => [value, rounded(share)]),
    )
  // What is cut off is at most as common as the last that is kept.
  const unlisted = (values: ReadonlyMap<string, number> | undefined, before: number) => {
    const list = ordered(values)
    return rounded(list.length > most ? (list[most - 1]?.[1] ?? before) : before)
  }
  const levels = model.levels.map((level) => ({
    name: level.name,
    same: level.same.map(rounded),
    random: level.random.map(rounded),
    sibling: level.sibling.map(rounded),
    twin: level.twin.map(rounded),
  }))
  const frequencies = Object.fromEntries(Object.entries(model.frequencies).map(([name, values]) => [name, top(values)]))
  return `${JSON.stringify({
    ...model,
    levels,
    frequencies,
    fullNames: top(model.fullNames),
    unlisted: {
      given: unlisted(model.frequencies['given'], model.unlisted.given),
      family: unlisted(model.frequencies['family'], model.unlisted.family),
      fullNames: unlisted(model.fullNames, model.unlisted.fullNames),
    },
  })}\n`
}

const rounded = (share: number): number => Number(share.toPrecision(4))
