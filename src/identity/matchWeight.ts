import { nameLevels } from './compareNames.ts'
import { withoutNoEvidence } from './dropUninformativeValues.ts'
import { comparisons, place } from './fieldComparisons.ts'
import type { LinkageModel } from './linkageModel.ts'
import { isBorneByOthers, isListedName, shareOf, togetherShare } from './nameShares.ts'
import { areNicknames } from './nicknames.ts'
import type { Person } from './person.ts'

/** Someone on file who may be the person asked for. */
export interface Candidate {
  readonly id: string
  readonly person: Person
}

/** A candidate with what speaks for and against. */
export interface Weighed {
  readonly candidate: Candidate
  /** Level of each comparison, in the order of `comparisons`; -1 where a side is silent. */
  readonly levels: readonly number[]
  /** Posterior log-odds, base 2, that this is the person, against every rival explanation. */
  readonly weight: number
  readonly posterior: number
  /** Bits that each comparison gave, in the same order. */
  readonly bits: readonly number[]
  /** Whether the given name asked for is like this one's and a name that others bear: a twin's, and no misprint. */
  readonly isOthersName: boolean
  /** Whether the given names are alike, and known to be two names: twins may bear them. Forms of one name are not. */
  readonly areTwoNames: boolean
  /** What else could explain the evidence, as shares of all that speaks against. */
  readonly rivals: Rivals
}

export interface Rivals {
  /** Another candidate on file. */
  readonly someoneElse: number
  readonly sibling: number
  readonly twinNotOnFile: number
  /** Nobody on file: chance alone. */
  readonly nobody: number
}

/**
 * How sure one may be of each candidate, surest first. A threshold on likeness cannot be safe for children: a twin
 * who is not on file is as like as the child. So each candidate is weighed against what else would explain the same
 * evidence: another on file, a sibling, a twin who is not on file, nobody. Pure and total.
 */
export const matchWeights = (
  query: Person,
  candidates: readonly Candidate[],
  model: LinkageModel,
): readonly Weighed[] => posteriors(scored(query, candidates, model), model)

/** A candidate compared, and not yet weighed against its rivals. */
export interface Scored<C extends Candidate = Candidate> extends Evidence {
  readonly candidate: C
}

/** What was found of candidates for one query and model, by person: who is decided on again is not compared again. */
export type Compared = Map<Person, { readonly person: Person; readonly evidence: Evidence }>

/**
 * The first half of `weigh`: what each candidate's own evidence says, likeliest first.
 *
 * @param compared of this query and this model alone; what is new is added to it.
 */
export const scored = <C extends Candidate>(
  query: Person,
  candidates: readonly C[],
  model: LinkageModel,
  compared: Compared = new Map(),
): readonly Scored<C>[] =>
  candidates
    .map((candidate) => {
      const { person, evidence } = compared.get(candidate.person) ?? compare(query, candidate.person, model, compared)
      return { candidate: person === candidate.person ? candidate : { ...candidate, person }, ...evidence }
    })
    .sort((a, b) => b.same - a.same)

function compare(query: Person, known: Person, model: LinkageModel, compared: Compared) {
  const person = withoutNoEvidence(known, model.register)
  const found = { person, evidence: evidenceFor(query, person, model) }
  compared.set(known, found)
  return found
}

/** The second half: each candidate against all that else would explain the evidence. */
export function posteriors(entries: readonly Scored[], model: LinkageModel): readonly Weighed[] {
  const ratios = entries.map(({ same }) => 2 ** Math.min(same, 500))
  const all = ratios.reduce((sum, ratio) => sum + ratio, 0)
  return entries
    .map(({ candidate, levels, bits, isOthersName, areTwoNames, same, sibling, twin }, at) => {
      const own = ratios[at] ?? 0
      const absent = 1 - model.onFile
      const rivals = {
        someoneElse: model.onFile * Math.max(0, all - own),
        sibling: absent * model.siblings * 2 ** sibling,
        twinNotOnFile: absent * model.twins * 2 ** twin,
        nobody: absent * model.people,
      }
      const foreseen = rivals.someoneElse + rivals.sibling + rivals.twinNotOnFile + rivals.nobody
      const against = foreseen + model.unforeseen * model.onFile * own
      const weight = Math.log2(model.onFile) + same - Math.log2(against)
      const posterior = posteriorOf(weight)
      const names = { isOthersName, areTwoNames }
      return { candidate, levels, bits, ...names, weight, posterior, rivals: asShares(rivals, foreseen) }
    })
    .sort((a, b) => b.weight - a.weight)
}

/** Probability for log-odds in base 2. */
export const posteriorOf = (weight: number): number => 1 / (1 + 2 ** -weight)

const asShares = (rivals: Rivals, sum: number): Rivals => ({
  someoneElse: rivals.someoneElse / sum,
  sibling: rivals.sibling / sum,
  twinNotOnFile: rivals.twinNotOnFile / sum,
  nobody: rivals.nobody / sum,
})

interface Evidence {
  readonly levels: readonly number[]
  readonly bits: readonly number[]
  readonly isOthersName: boolean
  readonly areTwoNames: boolean
  /** Log-likelihood ratios against a random pair. */
  readonly same: number
  readonly sibling: number
  readonly twin: number
}

function evidenceFor(query: Person, person: Person, model: LinkageModel): Evidence {
  const levels: number[] = []
  const bits: number[] = []
  let same = 0
  let sibling = 0
  let twin = 0
  for (const [at, comparison] of comparisons.entries()) {
    const level = comparison.level(query, person)
    const shares = model.levels[at]
    levels.push(level)
    if (level < 0 || !shares) {
      bits.push(0)
      continue
    }
    const random = Math.log2(shares.random[level] ?? 1e-7)
    const gained = Math.log2(shares.same[level] ?? 1e-7) - random
    bits.push(gained)
    same += gained
    sibling += Math.log2(shares.sibling[level] ?? 1e-7) - random
    twin += Math.log2(shares.twin[level] ?? 1e-7) - random
  }
  const rarity = nameRarity(query, person, levels, model)
  const areAlike = isAlike(levels[place.given] ?? -1)
  const isOthersName = areAlike && isBorneByOthers(model, query.given)
  const areTwoNames = areAlike && areOtherNames(model, query.given, person.given)
  return {
    levels,
    bits,
    isOthersName,
    areTwoNames,
    same: same + rarity,
    sibling: sibling + rarity,
    twin: twin + rarity,
  }
}

/** Whether two given names a letter or two apart are known to be two: children bear both, or a girl's is a boy's. */
const areOtherNames = (model: LinkageModel, first: string, second: string): boolean =>
  !areNicknames(first, second) &&
  ((isListedName(model, first) && isListedName(model, second)) || isFeminineOf(first, second))

const isFeminineOf = (first: string, second: string): boolean => {
  const [short, long] = first.length < second.length ? [first, second] : [second, first]
  return long.startsWith(short) && /^(a|e|ie|le|elle|ette|ine|ina|na)$/.test(long.slice(short.length))
}

/** Whether names are alike and not the same: a misprint, or somebody else's. */
const isAlike = (level: number): boolean => alike.has(level)
const alike: ReadonlySet<number> = new Set(
  (['close', 'near', 'loose'] as const).map((level) => nameLevels.indexOf(level)),
)

const isNear = (level: number): boolean => level >= 0 && level <= nameLevels.indexOf('near')

/**
 * Bits for how rare the agreed names are. Agreement on a rare name says more; near agreement on a common one says
 * less, and never more. Given and family name together say no more than their own frequency as a pair, for a people's
 * names go together.
 */
function nameRarity(query: Person, person: Person, levels: readonly number[], model: LinkageModel): number {
  const givenLevel = levels[place.given] ?? -1
  const familyLevel = levels[place.family] ?? -1
  const own = rarityAt(person, givenLevel, familyLevel, model)
  // Some short forms are near enough to be taken for a misprint of the name.
  const isForm = givenLevel === shortForm || (isNear(givenLevel) && areNicknames(query.given, person.given))
  if (givenLevel === 0 || !isForm) return own
  // A short form says less than the name itself: else, of two names that one child goes by, the one that was not asked
  // for would stand for the child, and be doubted as a twin's.
  const exact = [query.given, person.given].filter((given) => given !== '')
  const most = exact.map((given) => rarityAt({ ...person, given }, 0, familyLevel, model))
  return Math.min(own, Math.min(...most) + gained(model, 0) - gained(model, givenLevel) - lessThanExact)
}

const shortForm = nameLevels.indexOf('short form or part')

/** Bits by which a short form stays behind the name itself: enough for the order, and for nothing else. */
const lessThanExact = 1e-6

/** Bits that agreement of given names at a level gives, of names as usual as any. */
const gained = (model: LinkageModel, level: number): number => {
  const shares = model.levels[place.given]
  return Math.log2((shares?.same[level] ?? 1e-7) / (shares?.random[level] ?? 1e-7))
}

function rarityAt(
  person: Pick<Person, 'given' | 'family'>,
  givenLevel: number,
  familyLevel: number,
  model: LinkageModel,
): number {
  const usual = (at: number) => model.levels[at]?.random[0] ?? 1e-3
  const bits = (at: number, level: number, share: number): number => {
    if (!isNear(level)) return 0
    const rarity = Math.log2(usual(at) / Math.max(share, model.rarest))
    return level === 0 ? rarity : Math.min(0, rarity)
  }
  const givenShare = shareOf(model, 'given', person.given)
  const familyShare = shareOf(model, 'family', person.family)
  const apart = bits(place.given, givenLevel, givenShare) + bits(place.family, familyLevel, familyShare)
  if (!isNear(givenLevel) || !isNear(familyLevel)) return apart
  const together = togetherShare(model, person.given, person.family)
  return Math.min(apart, Math.log2((usual(place.given) * usual(place.family)) / together))
}
