import { birthLevels, differs, nameLevels, place, sureBirthLevels, sureGivenLevels } from './compare.ts'
import type { Person } from './person.ts'
import { bestQuestions, type Question } from './question.ts'
import type { Weighed } from './weigh.ts'

/** Where the bands lie, as log-odds in base 2. The same numbers for every child: no exception by source or by caller. */
export interface Policy {
  /** From here evidence alone may link: one wrong in 4,000 claimed, none in 100,000 measured. */
  readonly sure: number
  /** From here a person looks; below it, nobody on file is this child. */
  readonly possible: number
  /** How many candidates a reviewer is shown. */
  readonly shown: number
}

export const standardPolicy: Policy = { sure: 12, possible: -7, shown: 3 }

export type AskReason =
  | 'NUMBER_CONTRADICTED'
  | 'NUMBER_SHARED'
  | 'NOT_SURE_ENOUGH'
  | 'GIVEN_NAME_NOT_AGREED'
  | 'BIRTH_NOT_AGREED'
  | 'SEX_CONFLICTS'
  | 'NUMBER_CONFLICTS'
  | 'REFUTED_BEFORE'

/** Linked without a person, put before a person, or nobody. Each says why. */
export type Decision =
  | { readonly kind: 'SAME'; readonly match: Weighed; readonly method: 'IDENTIFIER' | 'EVIDENCE' }
  | {
      readonly kind: 'ASK'
      readonly reason: AskReason
      readonly candidates: readonly Weighed[]
      readonly questions: readonly Question[]
    }
  | { readonly kind: 'NONE' }

/**
 * Decides about the weighed candidates, surest first. A number alone links nobody: a sibling's or a twin's number on the
 * wrong record is the classic mix-up, so a number that the rest contradicts goes before a person.
 */
export function decide(query: Person, weighed: readonly Weighed[], policy: Policy = standardPolicy): Decision {
  const numbered = weighed.filter((entry) => agreesOnNumber(query, entry))
  const [owner] = numbered
  if (owner && numbered.length > 1) return ask('NUMBER_SHARED', query, weighed, policy)
  if (owner && isConfirmed(owner)) return { kind: 'SAME', match: owner, method: 'IDENTIFIER' }
  if (owner && isContradicted(owner)) return ask('NUMBER_CONTRADICTED', query, first(owner, weighed), policy)

  const [best] = weighed
  if (!best || best.weight < policy.possible) return { kind: 'NONE' }
  if (best.weight < policy.sure) return ask('NOT_SURE_ENOUGH', query, weighed, policy)
  const failed = guard(best)
  return failed ? ask(failed, query, weighed, policy) : { kind: 'SAME', match: best, method: 'EVIDENCE' }
}

/** Why a link by evidence would not be safe however great the weight, or null. */
export function guard({ levels }: Pick<Weighed, 'levels'>): AskReason | null {
  if (!sureGivenLevels.has(levels[place.given] ?? -1)) return 'GIVEN_NAME_NOT_AGREED'
  if (!sureBirthLevels.has(levels[place.birth] ?? -1) && levels[place.nhs] !== 0) return 'BIRTH_NOT_AGREED'
  if (levels[place.sex] === 1) return 'SEX_CONFLICTS'
  if ((levels[place.nhs] ?? -1) > 0 || (levels[place.upn] ?? -1) > 0) return 'NUMBER_CONFLICTS'
  return null
}

const agreesOnNumber = (query: Person, { candidate, levels }: Weighed): boolean =>
  levels[place.nhs] === 0 && query.nhsVerified && candidate.person.nhsVerified

const loose = nameLevels.indexOf('loose')

/** Same date of birth, and neither given name nor sex says that this is someone else. */
const isConfirmed = ({ levels }: Weighed): boolean => {
  const given = levels[place.given] ?? -1
  return levels[place.birth] === 0 && given !== loose && given !== differs && levels[place.sex] !== 1
}

/** The number says one thing and something else another; what is only missing or misprinted is left to the evidence. */
const isContradicted = ({ levels }: Weighed): boolean =>
  levels[place.given] === differs ||
  levels[place.sex] === 1 ||
  (levels[place.birth] ?? -1) > birthLevels.indexOf('as far as known')

const first = (entry: Weighed, all: readonly Weighed[]): readonly Weighed[] => [
  entry,
  ...all.filter((other) => other !== entry),
]

function ask(reason: AskReason, query: Person, weighed: readonly Weighed[], policy: Policy): Decision {
  const candidates = weighed.filter(({ weight }, at) => at === 0 || weight >= policy.possible).slice(0, policy.shown)
  return { kind: 'ASK', reason, candidates, questions: bestQuestions(query, candidates) }
}
