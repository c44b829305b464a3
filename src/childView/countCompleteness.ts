import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import { allWithheld } from '../policy/grant.ts'
import type { Contracts } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { noFields } from './grantPermitsFields.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import { type Ground, lacks, type Part, partsOf, type Without, whole } from './whyCountIncomplete.ts'

/** `CountCompleteness` of `schema/patterns.graphql`. */
export type CountCompleteness = 'WHOLE' | 'AT_LEAST' | 'WITHHELD' | 'UNAVAILABLE' | 'NOT_KNOWN'

/** `Count` of `schema/patterns.graphql`. */
export interface Count {
  /** Null where no honest number can be given. */
  readonly value: number | null
  readonly completeness: CountCompleteness
  readonly without: readonly Without[]
}

/** How much of its ground a number was read from. */
export type Completeness = Omit<Count, 'value'>

/**
 * What one number reads, said once: it is fetched for this, and whether the number is whole is decided from this. The
 * number rests on every ground; a ground is the rows of its lists together, more of which only ever make the number
 * larger.
 */
export interface Reads {
  readonly grounds: readonly RequiredFields[]
  /** Lists whose rows can make the number smaller: without one of them it is no lower bound. */
  readonly refutedBy?: RequiredFields
}

/**
 * How whole a number is that reads these. What is hidden from a role is answered as nothing held, and a number still
 * says that it lacks it, of every child alike, without a word of what it is; on the harm path the grant names it. Of
 * kinds that are secret as such it lacks nothing.
 */
export const completenessOf = (reads: Reads, ground: Ground): Completeness => completenessIn(reads, () => ground)

/**
 * The same for what is said of the child rather than counted: a holder that is away, and whose people the child is none
 * of, costs nothing where this caller could read all that it might have. Else one authority's outage would take what is
 * said of every other's children.
 */
export const completenessOfChild = (reads: Reads, ground: Ground): Completeness => {
  const linked = linkedIn(ground)
  if (linked === ground) return completenessOf(reads, ground)
  return completenessIn(reads, (required) => (isWhollyOpen(required, ground) ? linked : ground))
}

/** The same ground where no holder is away whose people the child is none of; every rule asks it of one child. */
const linkedIn = madeOnce((ground: Ground): Ground => {
  const answers = eachAgency((agency) => ofLinked(ground.answers[agency]))
  return agencies.every((agency) => answers[agency] === ground.answers[agency]) ? ground : { ...ground, answers }
})

function ofLinked(answer: Ground['answers'][AgencyName]): Ground['answers'][AgencyName] {
  const { gaps: all = [] } = answer
  const gaps = all.filter(({ unlinked, unsettled }) => !unlinked && !unsettled)
  return gaps.length === all.length ? answer : { ...answer, gaps }
}

function completenessIn({ grounds, refutedBy }: Reads, groundOf: (required: RequiredFields) => Ground): Completeness {
  const parts = grounds.map((required) => partsOf(required, groundOf(required)))
  const refuting = refutedBy ? partsOf(refutedBy, groundOf(refutedBy)) : []
  if (parts.every(isAllWhole) && isAllWhole(refuting)) return wholly
  const without = distinct([...parts.flat(), ...refuting].flatMap((part) => part.without))
  const shut = parts.filter((of) => of.some(lacks) && !of.some((part) => part.isRead))
  if (shut.length > 0) return { completeness: whyShut(shut.flat()), without }
  if (refuting.some(lacks)) return { completeness: 'NOT_KNOWN', without }
  if (without.length === 0) return { completeness: 'WHOLE', without }
  const found: Completeness = { completeness: 'AT_LEAST', without }
  const partly = parts.find((of) => of.every(lacks))
  if (partly) nowhereWhole.set(found, partly)
  return found
}

/** Of an agency of which no record may be read: all that it withholds, and may say so. */
export function allWithheldBy(name: AgencyName, { grants, contracts }: Omit<Ground, 'answers'>): Completeness {
  const { agency, contact = null } = contracts[name]
  const without = allWithheld(grants[name]).map(
    ({ label, reason }): Without => ({ agency, holder: null, state: 'WITHHELD', label, reason, contact }),
  )
  return { completeness: 'WITHHELD', without: distinct(without) }
}

/** What is read to know of the records of these lists that they are there, and no more of them. */
export const existenceOf = (required: RequiredFields): Reads => ({
  grounds: [
    Object.fromEntries(
      Object.entries<Readonly<Record<string, unknown>>>(required).map(([agency, lists]) => [
        agency,
        Object.fromEntries(Object.keys(lists).map((list) => [list, noFields])),
      ]),
    ),
  ],
})

/**
 * A number with how whole it is; no number where it would be a guess, and none of none where no list was read whole.
 */
export const countOf = (value: number, completeness: Completeness): Count => {
  const said = value === 0 ? ofNone(completeness) : completeness
  return { value: mayBeSaid(said.completeness) ? value : null, completeness: said.completeness, without: said.without }
}

/**
 * How whole it is that nothing was found: not at all where none of the lists of a ground was read whole, since the rows
 * that are there may be all of those that were not.
 */
export function ofNone(found: Completeness): Completeness {
  const shut = nowhereWhole.get(found)
  return shut ? { completeness: whyShut(shut), without: found.without } : found
}

/** Of what is read in part, the parts of a ground none of which is whole. */
const nowhereWhole = new WeakMap<Completeness, readonly Part[]>()

/**
 * The same for a number that goes by days, where some of what it counts is recorded as a total alone: no more than a
 * lower bound. From rows that this caller may read, both the total and the days.
 */
export const undated = (
  { completeness, without }: Completeness,
  { agency, contact }: Pick<Contracts[AgencyName], 'agency' | 'contact'>,
): Completeness =>
  mayBeSaid(completeness)
    ? {
        completeness: 'AT_LEAST',
        without: [
          ...without,
          { agency, holder: null, state: 'PARTIAL', label: null, reason: 'NOT_RECORDED', contact: contact ?? null },
        ],
      }
    : { completeness, without }

/** Whether something is so: yes as soon as it was seen, no only where all of it was looked through, else null. */
export const whether = (seen: boolean, { completeness }: Completeness): boolean | null =>
  seen || (completeness === 'WHOLE' ? false : null)

/**
 * A list, or null where none of it may be read, or nothing was found and no list was read whole: an empty one says that
 * there is nothing.
 *
 * @param found how many there are, where the list is a page of them.
 */
export const listed = <Item>(
  items: readonly Item[],
  completeness: Completeness,
  found: number = items.length,
): readonly Item[] | null => (isTold(found === 0 ? ofNone(completeness) : completeness) ? items : null)

/** Whether anything of it may be said: the whole of it, or a part. */
export const isTold = ({ completeness }: Completeness): boolean => mayBeSaid(completeness)

const mayBeSaid = (completeness: CountCompleteness): boolean => completeness === 'WHOLE' || completeness === 'AT_LEAST'

const wholly: Completeness = { completeness: 'WHOLE', without: [] }
const isAllWhole = (parts: readonly Part[]): boolean => parts.every((part) => part === whole)

const whyShut = (parts: readonly Part[]): CountCompleteness => {
  const states = parts.flatMap(({ without }) => without.map(({ state }) => state))
  if (states.every((state) => state === 'WITHHELD' || state === 'PARTIAL')) return 'WITHHELD'
  return states.some((state) => state === 'WITHHELD' || state === 'PARTIAL') ? 'NOT_KNOWN' : 'UNAVAILABLE'
}

const distinct = (list: readonly Without[]): readonly Without[] => [
  ...new Map(list.map((one) => [`${one.agency} ${one.holder} ${one.label} ${one.reason}`, one])).values(),
]
