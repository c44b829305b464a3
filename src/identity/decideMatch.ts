import { withoutNoEvidence } from './dropUninformativeValues.ts'
import { place, sharedPostcodeLevels } from './fieldComparisons.ts'
import type { LinkageModel } from './linkageModel.ts'
import { type AskReason, guard, isConfirmed, isContradicted, isNumbered, isOneBirth } from './linkGuards.ts'
import { type Compared, posteriors, type Scored, scored, type Weighed } from './matchWeight.ts'
import { isRarityKnown } from './nameShares.ts'
import { bestQuestions, type Question } from './nextQuestion.ts'
import { isWhole, outward } from './normalise.ts'
import type { Person } from './person.ts'

/**
 * Where the bands lie, as log-odds in base 2. The same numbers for every child: no exception by source or by caller.
 */
export interface Policy {
  /** From here evidence alone may link: one wrong in 4,000 claimed, none in 100,000 measured. */
  readonly autoLinkAt: number
  /** From here a person looks; below it, nobody on file is this child. */
  readonly clericalReviewAt: number
  /** How many candidates a reviewer is shown. */
  readonly shown: number
}

export const standardPolicy: Policy = { autoLinkAt: 12, clericalReviewAt: -7, shown: 3 }

/**
 * Someone on file, as whoever asks may read them: nothing else takes part, so no answer can depend on what is hidden.
 */
export interface Known {
  /** Names them: a child's id, or a record's that is of no child yet. */
  readonly id: string
  /** Every spelling under which they are held. */
  readonly persons: readonly Person[]
  /** Pupil numbers that education itself vouches for. */
  readonly pupilNumbers?: readonly string[]
}

/** What is decided upon. */
export interface Matter {
  readonly query: Person
  readonly known: readonly Known[]
  /**
   * Others of whom one may be a twin, though nothing that was sent leads to them: they are looked at and not weighed.
   */
  readonly beside?: readonly Known[]
  readonly model: LinkageModel
  /** What was compared for this query before. */
  readonly compared?: Compared
  /** Whether more could have come into question than were looked at: then nobody can be the answer to nothing. */
  readonly isCut?: boolean
  /** Those of `known` of whom a person has said that they are not who is asked about. */
  readonly refuted?: ReadonlySet<string>
  readonly policy?: Policy
}

/** One of those known, with what spoke for and against. */
export interface Seen {
  readonly id: string
  readonly weighed: Weighed
}

export type Reason = AskReason | 'MULTIPLE_BIRTH' | 'MORE_THAN_WERE_LOOKED_AT' | 'REFUTED_BEFORE' | 'NEWBORN'

/** Linked without a person, put before a person, or nobody. Each says why. */
export type Decision =
  | {
      readonly outcome: 'SAME'
      readonly id: string
      readonly method: 'IDENTIFIER' | 'EVIDENCE'
      readonly seen: readonly Seen[]
    }
  | {
      readonly outcome: 'ASK'
      readonly reason: Reason
      readonly questions: readonly Question[]
      readonly seen: readonly Seen[]
    }
  | { readonly outcome: 'NONE'; readonly seen: readonly Seen[] }

/**
 * Which of these the person described is. The one place where that is decided: for the API, the commands, a load of
 * files and the evaluation, which measures it. A number alone links nobody: a sibling's or a twin's number on the
 * wrong record is the classic mix-up, so a number that the rest contradicts goes before a person. Pure and total.
 */
export function decide(matter: Matter): Decision {
  const { known, model, policy = standardPolicy, refuted = none } = matter
  const around = [...known, ...(matter.beside ?? [])]
  const query = withoutNoEvidence(matter.query, model.register)
  const all = weighedKnown(query, known, model, matter.compared)
  const isRefuted = all.some(({ id, weighed }) => refuted.has(id) && weighed.weight >= policy.clericalReviewAt)
  const seen = all.filter(({ id }) => !refuted.has(id))
  const ask = (reason: Reason, first?: Seen): Decision =>
    asked(reason, query, first ? [first, ...seen.filter((one) => one !== first)] : seen, policy)

  const numbered = seen.filter(({ weighed }) => isNumbered(query, weighed))
  const [owner] = numbered
  if (owner && numbered.length > 1) return ask('NUMBER_SHARED')
  if (owner && isConfirmed(query, owner.weighed))
    return { outcome: 'SAME', id: owner.id, method: 'IDENTIFIER', seen: [owner] }
  if (owner && isContradicted(owner.weighed)) return ask('NUMBER_CONTRADICTED', owner)

  const [best] = seen
  const newborn = seen.find(({ weighed }) => deservesAQuestion(query, weighed))
  if (!best || best.weighed.weight < policy.clericalReviewAt) {
    if (newborn) return ask('NEWBORN', newborn)
    if (matter.isCut) return ask('MORE_THAN_WERE_LOOKED_AT')
    return isRefuted ? ask('REFUTED_BEFORE') : { outcome: 'NONE', seen: [] }
  }
  if (best.weighed.weight < policy.autoLinkAt) return ask('NOT_SURE_ENOUGH')
  const failed = guard(query, best.weighed, isRarityKnown(model))
  if (failed) return ask(failed)
  const isKnownByNumber = isNumbered(query, best.weighed) || isKnownByPupilNumber(query, best, around)
  if (!isKnownByNumber && hasTwin(query, best, around)) return ask('MULTIPLE_BIRTH')
  if (!isKnownByNumber && matter.isCut) return ask('MORE_THAN_WERE_LOOKED_AT')
  return { outcome: 'SAME', id: best.id, method: 'EVIDENCE', seen: [best] }
}

const none: ReadonlySet<string> = new Set()

/**
 * The same, where a search must be made for those around: a twin may share none of the keys of what was sent, so
 * whoever shares those of the one that was found is looked at too.
 */
export async function decideThoroughly(
  matter: Matter,
  around: (person: Person) => Promise<readonly Known[]>,
): Promise<Decision> {
  const decision = decide(matter)
  if (decision.outcome !== 'SAME' || decision.method === 'IDENTIFIER') return decision
  const person = decision.seen[0]?.weighed.candidate.person
  return person ? decide({ ...matter, beside: await around(person) }) : decision
}

/** Those born with a person under one family name, weighed whatever the outcome: what a reviewer of twins is shown. */
export const multipleBirths = (query: Person, known: readonly Known[], model: LinkageModel): readonly Seen[] =>
  weighedKnown(query, known, model).filter(({ weighed }) => areMultipleBirths(query, weighed.candidate.person))

/** Whether two people were born on one day under one family name, as twins are; spelling apart. */
export const areMultipleBirths = (one: Person, other: Person): boolean => {
  const block = birthBlock(one)
  return block !== null && block === birthBlock(other)
}

/** The same for all who were born together; null where that cannot be said. */
export const birthBlock = ({ birth, familyEar }: Person): string | null =>
  birth.length === 8 && familyEar !== '' ? `${birth} ${familyEar}` : null

/**
 * Everybody weighed, surest first. Spellings of one child are no rivals of one another: the likeliest stands for the
 * child.
 */
function weighedKnown(
  query: Person,
  known: readonly Known[],
  model: LinkageModel,
  compared?: Compared,
): readonly Seen[] {
  const candidates = known.flatMap(({ id, persons }) => persons.map((person) => ({ id, person })))
  return posteriors(onePerId(scored(query, candidates, model, compared)), model).map((weighed) => ({
    id: weighed.candidate.id,
    weighed,
  }))
}

function onePerId(entries: readonly Scored[]): readonly Scored[] {
  const taken = new Set<string>()
  return entries.filter(({ candidate: { id } }) => !taken.has(id) && taken.add(id))
}

/**
 * Whom nobody may answer for, however little speaks for it: who was born, or expected, about then under the family
 * name or at the home of one of whom no name is known yet; who bears the mother's number; and who was born on that
 * day in that home under another name.
 */
function deservesAQuestion(query: Person, { candidate: { person }, levels }: Weighed): boolean {
  const isAtHome = sharedPostcodeLevels.has(levels[place.address] ?? -1)
  const family = levels[place.family] ?? -1
  const isFamily = family >= 0 && family <= 4
  if (levels[place.nhs] === 0 || levels[place.upn] === 0) return true
  if (sharesMother(query, person) || sharesMother(person, query)) return true
  if (levels[place.birth] === 0 && isAtHome) return true
  return isOneBirth(query, person) && (isFamily || isAtHome)
}

const sharesMother = (one: Person, other: Person): boolean =>
  one.motherNhs !== '' && (one.motherNhs === other.nhs || one.motherNhs === other.motherNhs)

/**
 * A twin on file, from whom names and home do not tell: another of one birthday and family name, unless what was sent
 * agrees on where the found one lives and that one is known to live elsewhere, as most do who share a birthday and a
 * common name.
 */
function hasTwin(query: Person, { id, weighed: { candidate, levels } }: Seen, known: readonly Known[]): boolean {
  const { person } = candidate
  const address = levels[place.address] ?? -1
  const isNear = address >= 0 && address <= mostAway
  const isTwin = (one: Person) => areMultipleBirths(one, person) && !(isNear && livesElsewhere(one, person, query))
  return known.some((other) => other.id !== id && other.persons.some(isTwin))
}

/** The level of an address at which one district agrees at least. */
const mostAway = 4

const livesElsewhere = (one: Person, found: Person, query: Person): boolean => {
  const codes = [one.postcode, ...one.previous]
  const areApart = ![found.postcode, ...found.previous, query.postcode, ...query.previous].some(
    (code) => code !== '' && codes.includes(code),
  )
  return (
    areApart && isWhole(one.postcode) && isWhole(found.postcode) && outward(one.postcode) !== outward(query.postcode)
  )
}

/** The number is education's own and nobody else's here. A copy in another agency's record vouches for nothing. */
const isKnownByPupilNumber = (query: Person, { id, weighed }: Seen, known: readonly Known[]): boolean =>
  weighed.levels[place.upn] === 0 && known.every((one) => one.pupilNumbers?.includes(query.upn) === (one.id === id))

function asked(reason: Reason, query: Person, all: readonly Seen[], policy: Policy): Decision {
  const seen = all
    .filter(({ weighed }, at) => at === 0 || weighed.weight >= policy.clericalReviewAt)
    .slice(0, policy.shown)
  const questions = bestQuestions(
    query,
    seen.map(({ weighed }) => weighed),
  )
  return { outcome: 'ASK', reason, questions, seen }
}
