import type { Belief } from './belief.ts'
import { place, sharedPostcodeLevels } from './compare.ts'
import { type AskReason, decide } from './decide.ts'
import { keysOf, probesFor } from './keys.ts'
import type { Person } from './person.ts'
import { bestQuestions, type Question } from './question.ts'
import { type Candidate, type Scored, scored, settle, type Weighed } from './weigh.ts'

/** A child as one asker may read them: nothing else takes part, so no answer can depend on what is hidden. */
export interface KnownChild {
  readonly childId: string
  readonly persons: readonly Person[]
  /** Pupil numbers that education itself vouches for. */
  readonly pupilNumbers: readonly string[]
}

/** A child who came into question, with what spoke for and against. */
export interface Seen {
  readonly childId: string
  readonly weighed: Weighed
}

export type MatchReason = AskReason | 'BORN_TOGETHER' | 'TOO_LITTLE_SENT'

/** What a search for a person came to. */
export type Match =
  | { readonly outcome: 'SAME'; readonly childId: string; readonly seen: readonly Seen[] }
  | {
      readonly outcome: 'ASK'
      readonly reason: MatchReason
      readonly questions: readonly Question[]
      readonly seen: readonly Seen[]
    }
  | { readonly outcome: 'NONE'; readonly seen: readonly Seen[] }

/**
 * Which of these children the person described is. Children of one birthday and one family name are told apart by an
 * identifier that its source vouches for and by nothing else, however well a name agrees.
 */
export function match(query: Person, known: readonly KnownChild[], belief: Belief): Match {
  const seen = weighedSeen(
    query,
    known.filter((child) => isFound(query, child)),
    belief,
  )
  const weighed = seen.map((entry) => entry.weighed)
  const seenOf = (entry: Weighed): Seen => ({ childId: seen[weighed.indexOf(entry)]?.childId ?? '', weighed: entry })
  const decision = decide(query, weighed)
  if (decision.kind === 'NONE') return { outcome: 'NONE', seen: [] }
  if (decision.kind === 'ASK') {
    const { reason, questions } = decision
    return { outcome: 'ASK', reason, questions, seen: decision.candidates.map(seenOf) }
  }
  const best = seenOf(decision.match)
  const isTold = decision.method === 'IDENTIFIER' || isToldByPupilNumber(query, best, known)
  const isEnough = isTold || isWholeEnough(query, best)
  if (isTold || (isEnough && !hasTwin(best, known))) return { outcome: 'SAME', childId: best.childId, seen: [best] }
  const rivals = [decision.match, ...weighed.filter((entry) => entry !== decision.match)].slice(0, 3)
  return {
    outcome: 'ASK',
    reason: isEnough ? 'BORN_TOGETHER' : 'TOO_LITTLE_SENT',
    questions: bestQuestions(query, rivals),
    seen: rivals.map(seenOf),
  }
}

/** Children born with a person under one family name, weighed whatever the outcome: what a reviewer of twins is shown. */
export const bornTogether = (query: Person, known: readonly KnownChild[], belief: Belief): readonly Seen[] =>
  weighedSeen(query, known, belief).filter(({ weighed }) => areBornTogether(query, weighed.candidate.person))

function weighedSeen(query: Person, known: readonly KnownChild[], belief: Belief): readonly Seen[] {
  const children = new Map<string, string>()
  const candidates = known.flatMap((child) => candidatesOf(child, children))
  const childOf = ({ candidate }: { readonly candidate: Candidate }): string => children.get(candidate.id) ?? ''
  return settle(onePerChild(scored(query, candidates, belief), childOf), belief).map((weighed) => ({
    childId: childOf(weighed),
    weighed,
  }))
}

/** Whether two people were born on one day under one family name, as twins are; spelling apart. */
export const areBornTogether = (one: Person, other: Person): boolean => {
  const block = birthBlock(one)
  return block !== null && block === birthBlock(other)
}

/** The same for all who were born together; null where that cannot be said. */
export const birthBlock = ({ birth, familyEar }: Person): string | null =>
  birth.length === 8 && familyEar !== '' ? `${birth} ${familyEar}` : null

/** A name and a part of a date open nothing, however rare the name is held to be: how rare it is was learnt elsewhere. */
const isWholeEnough = (query: Person, { weighed: { levels } }: Seen): boolean =>
  query.birth.length === 8 ||
  sharedPostcodeLevels.has(levels[place.address] ?? -1) ||
  levels[place.nhs] === 0 ||
  levels[place.upn] === 0

const hasTwin = ({ childId, weighed }: Seen, known: readonly KnownChild[]): boolean =>
  known.some(
    (other) =>
      other.childId !== childId && other.persons.some((person) => areBornTogether(person, weighed.candidate.person)),
  )

/** The number is education's own and nobody else's here. A copy in another agency's record vouches for nothing. */
const isToldByPupilNumber = (query: Person, { childId, weighed }: Seen, known: readonly KnownChild[]): boolean =>
  weighed.levels[place.upn] === 0 &&
  known.every((child) => child.pupilNumbers.includes(query.upn) === (child.childId === childId))

/** The stored keys lead to more than an asker may read, so each child must be found again by what they may. */
function isFound(query: Person, { persons }: KnownChild): boolean {
  const probes = new Set(probesFor(query))
  return persons.some((person) => keysOf(person).some((key) => probes.has(key)))
}

const candidatesOf = ({ childId, persons }: KnownChild, children: Map<string, string>) =>
  persons.map((person, at) => {
    const id = `${childId} ${at}`
    children.set(id, childId)
    return { id, person }
  })

/** Spellings of one child are no rivals of one another: the likeliest stands for the child. */
function onePerChild(entries: readonly Scored[], childOf: (entry: Scored) => string): readonly Scored[] {
  const taken = new Set<string>()
  return entries.filter((entry) => {
    const child = childOf(entry)
    return !taken.has(child) && taken.add(child)
  })
}
