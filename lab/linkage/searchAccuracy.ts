import type { Child } from '../../seeds/population/children.ts'
import { type Scenario, scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import { leadsToTwinsOf } from '../../src/identity/blockingKeys.ts'
import { type Decision, decide, type Known } from '../../src/identity/decideMatch.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import type { Person } from '../../src/identity/person.ts'
import type { MemoryIndex } from './memoryIndex.ts'
import { askedAbout, type World } from './openWorld.ts'

/** What came of one search. */
export interface Outcome {
  readonly scenario: Scenario
  readonly origin: Child['origin']
  readonly isOnFile: boolean
  /** Whether an NHS number was sent. */
  readonly isNumbered: boolean
  readonly kind: 'SAME' | 'ASK' | 'NONE'
  readonly method: 'IDENTIFIER' | 'EVIDENCE' | null
  /** Whether the surest candidate is the child, and whether the child is among those a reviewer is shown. */
  readonly isRight: boolean
  readonly isShown: boolean
  /** Claim of the surest candidate, and whether it is the child. */
  readonly weight: number
  readonly isBestRight: boolean
  /**
   * For how many searches this one stands: less than one where children like this were looked for oftener than they
   * occur.
   */
  readonly share: number
}

/** Which children are looked for: any, or only those who are not on file. */
export type Sought = 'any' | 'absent'

/**
 * Searches for `count` children in one situation; in `twins` every child is one, and may be the one who is not on
 * file.
 */
export function search(
  scenario: Scenario,
  count: number,
  { all, places }: World,
  index: MemoryIndex,
  model: LinkageModel,
  tick: (done: number) => void,
  { seed = 101, sought = 'any' }: { readonly seed?: number; readonly sought?: Sought } = {},
): readonly Outcome[] {
  const dice = chance(seed + Object.keys(scenarios).indexOf(scenario))
  const pool = all.filter(
    ({ id, twin }) => (scenario !== 'twins' || twin !== null) && (sought === 'any' || (places[id] ?? -1) < 0),
  )
  return Array.from({ length: count }, (_, at) => {
    if (at % 1000 === 0) tick(at)
    const child = dice.of(pool)
    const query = askedAbout(child, scenarios[scenario], all, dice)
    const known = knownFor(index, query)
    const decision = decideIn(index, query, known, model)
    const truth = String(places[child.id] ?? -1)
    const isOnFile = truth !== '-1'
    const [best] = decision.seen
    return {
      scenario,
      origin: child.origin,
      isOnFile,
      isNumbered: query.nhs !== '',
      kind: decision.outcome,
      method: decision.outcome === 'SAME' ? decision.method : null,
      isRight: isOnFile && best?.id === truth,
      isShown: decision.seen.some(({ id }) => id === truth),
      weight: best?.weighed.weight ?? Number.NEGATIVE_INFINITY,
      share: 1,
      isBestRight: isOnFile && best?.id === truth,
    }
  })
}

/** Everybody whom the keys of what was sent lead to, each a child. */
export const knownFor = (index: MemoryIndex, query: Person): readonly Known[] =>
  index.candidates(query).map(({ id, person }) => ({ id, persons: [person] }))

/** The decision as the register comes to it: with the twins of who was found. */
export function decideIn(index: MemoryIndex, query: Person, known: readonly Known[], model: LinkageModel): Decision {
  const first = decide({ query, known, model })
  const person =
    first.outcome === 'SAME' && first.method === 'EVIDENCE' ? first.seen[0]?.weighed.candidate.person : undefined
  if (!person || leadsToTwinsOf(query, person)) return first
  const beside = knownFor(index, person).filter(({ id }) => known.every((one) => one.id !== id))
  return decide({ query, known, beside, model })
}

/**
 * Nearly all that goes wrong does so for children who are not on file, and they are few. So they are looked for
 * oftener, and each such search counts for less: rates that are far too small to be seen among a few hundred thousand
 * searches then show.
 */
export function stratified(any: readonly Outcome[], absent: readonly Outcome[]): readonly Outcome[] {
  const few = any.filter(({ isOnFile }) => !isOnFile)
  const share = few.length / (few.length + absent.length)
  return [...any.filter(({ isOnFile }) => isOnFile), ...[...few, ...absent].map((outcome) => ({ ...outcome, share }))]
}
