import {
  birthLevels,
  differs,
  nameLevels,
  place,
  sharedPostcodeLevels,
  sureBirthLevels,
  sureGivenLevels,
  swapped,
} from './compare.ts'
import type { Weighed } from './matchWeight.ts'
import type { Person } from './person.ts'
import { bestQuestions, type Question } from './question.ts'
import { edits } from './similarity.ts'

/** Where the bands lie, as log-odds in base 2. The same numbers for every child: no exception by source or by caller. */
export interface Policy {
  /** From here evidence alone may link: one wrong in 4,000 claimed, none in 100,000 measured. */
  readonly autoLinkAt: number
  /** From here a person looks; below it, nobody on file is this child. */
  readonly clericalReviewAt: number
  /** How many candidates a reviewer is shown. */
  readonly shown: number
}

export const standardPolicy: Policy = { autoLinkAt: 12, clericalReviewAt: -7, shown: 3 }

export type AskReason =
  | 'NUMBER_CONTRADICTED'
  | 'NUMBER_SHARED'
  | 'NOT_SURE_ENOUGH'
  | 'GIVEN_NAME_NOT_AGREED'
  | 'BIRTH_NOT_AGREED'
  | 'FAMILY_NAME_NOT_AGREED'
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
  if (!best || best.weight < policy.clericalReviewAt) return { kind: 'NONE' }
  if (best.weight < policy.autoLinkAt) return ask('NOT_SURE_ENOUGH', query, weighed, policy)
  const failed = guard(query, best)
  return failed ? ask(failed, query, weighed, policy) : { kind: 'SAME', match: best, method: 'EVIDENCE' }
}

/** Why a link by evidence would not be safe however great the weight, or null. */
export function guard(query: Person, match: Weighed): AskReason | null {
  const { levels } = match
  const isNumbered = levels[place.nhs] === 0
  if (!sureGivenLevels.has(levels[place.given] ?? -1)) return 'GIVEN_NAME_NOT_AGREED'
  if (!sureBirthLevels.has(levels[place.birth] ?? -1) && !isNumbered) return 'BIRTH_NOT_AGREED'
  if (levels[place.sex] === 1) return 'SEX_CONFLICTS'
  if ((levels[place.nhs] ?? -1) > 0 || (levels[place.upn] ?? -1) > 0) return 'NUMBER_CONFLICTS'
  return isNumbered ? null : guardWithoutNumber(query, match)
}

/**
 * What links without a number have gone wrong by, in tens of millions of searches for children of whom many were not on file:
 * a twin whose name is nearly the same, a neighbour for whom the first of January is no default, another family in the house,
 * and one name, misheard, born on one day in two towns.
 */
function guardWithoutNumber(query: Person, { candidate, levels, weight, isOthersName }: Weighed): AskReason | null {
  const given = levels[place.given] ?? -1
  const family = levels[place.family] ?? -1
  const birth = levels[place.birth] ?? -1
  const isClose = given === close
  if (isClose && (isOthersName || edits(query.given, candidate.person.given, 1) > 1)) return 'GIVEN_NAME_NOT_AGREED'
  if (birth === defaulted && levels[place.address] !== 0) return 'BIRTH_NOT_AGREED'
  const isAtHome = sharedPostcodeLevels.has(levels[place.address] ?? -1)
  const isFamilyAgreed = family < 0 ? given === swapped : family < loose
  if (!isFamilyAgreed && (!isAtHome || isClose)) return 'FAMILY_NAME_NOT_AGREED'
  if (isAtHome) return null
  const isVerbatim = given === 0 && family === 0
  return birth === 0 && weight >= (isVerbatim ? sureElsewhere : sureElsewhereMisspelt) ? null : 'NOT_SURE_ENOUGH'
}

const close = nameLevels.indexOf('close')
const defaulted = birthLevels.indexOf('first of January')

/** From here evidence may link where no postcode is shared: nothing then tells two people of one name and birthday apart but how rare that is. */
const sureElsewhere = 13
const sureElsewhereMisspelt = 14

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
  const candidates = weighed
    .filter(({ weight }, at) => at === 0 || weight >= policy.clericalReviewAt)
    .slice(0, policy.shown)
  return { kind: 'ASK', reason, candidates, questions: bestQuestions(query, candidates) }
}
