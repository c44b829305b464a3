import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import { allWithheld, type Grant, type RowsGrant, toldOf } from '../policy/grant.ts'
import { bitOf, type Label, maskOf } from '../policy/labels.ts'
import { isNotSaid, isOpenKind, notSaid } from '../policy/notSaid.ts'
import { tellsOfUnclassified } from '../policy/readsUnclassified.ts'
import { type About, unnamedServices } from '../policy/revealingServices.ts'
import type { Answers, Contracts } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { FieldDisclosure, ListDisclosure } from '../sources/contract.ts'
import type { RecordSet } from '../sources/recordSet.ts'
import type { AwayState } from '../sources/source.ts'

/** `CountCompleteness` of `schema/patterns.graphql`. */
export type CountCompleteness = 'WHOLE' | 'AT_LEAST' | 'WITHHELD' | 'UNAVAILABLE' | 'NOT_KNOWN'

/** `Without` of `schema/patterns.graphql`: one part that the number lacks, and why. */
export interface Without {
  readonly agency: string
  /** Which holder of the agency; null where it is the agency as a whole, or which may not be told. */
  readonly holder: string | null
  readonly state: 'WITHHELD' | 'PARTIAL' | 'UNAVAILABLE' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR'
  readonly label: Label | null
  /**
   * A `W_` code of the decision model, the state of a source that did not answer, NOT_RECORDED (see `undated`), or
   * NOT_READABLE: something came that is not what it should be.
   */
  readonly reason: string
  readonly contact: string | null
}

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
 * What was decided for this caller and which sources answered. No row is in it, and none can move a completeness but
 * one that this caller may read and nobody can: of it no more is known than that it came.
 */
export interface Ground {
  readonly grants: Readonly<Record<AgencyName, Grant>>
  readonly answers: Readonly<
    Record<AgencyName, Pick<Answers[AgencyName], 'state' | 'gaps'> & { readonly records?: Pick<RecordSet, 'unread'> }>
  >
  readonly contracts: Contracts
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
  const linked = { ...ground, answers: eachAgency((agency) => ofLinked(ground.answers[agency])) }
  return completenessIn(reads, (required) => (isWhollyOpen(required, ground) ? linked : ground))
}

function ofLinked(answer: Ground['answers'][AgencyName]): Ground['answers'][AgencyName] {
  const { gaps: all = [] } = answer
  const gaps = all.filter(({ unlinked }) => !unlinked)
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

/**
 * Whether every row of these lists may be read in full, whatever of it may be told: also no row that bears a further
 * label stays out, and no holder holds back more. From grants and contracts alone. Only then is it known that there is
 * none.
 */
export const isWhollyOpen = (required: RequiredFields, { grants, contracts }: Omit<Ground, 'answers'>): boolean =>
  listsIn(required).every(({ agency, list, fields }) => {
    const { disclosure, rowLabels, ownedBy } = contracts[agency].lists[list] ?? {}
    const { apart = [], ...common } = grants[agency]
    return (
      disclosure !== undefined &&
      [common, ...apart].every(
        (grant) =>
          permitsAll(grant, needsOf(disclosure, fields)) &&
          rowLabelsShut(rowLabels, grant).length === 0 &&
          ownedShut({ disclosure, ownedBy }, grant).length === 0,
      ) &&
      heldPartsOf(common, disclosure, needsOf(disclosure, fields)).length === 0
    )
  })

/**
 * Whether these lists are open, be it with single rows kept back. What is hidden is answered as nothing held, and is no
 * reason to say that there is nobody.
 */
export const areOpen = (required: RequiredFields, { grants, contracts }: Omit<Ground, 'answers'>): boolean =>
  listsIn(required).every(({ agency, list, fields }) => {
    const { disclosure } = contracts[agency].lists[list] ?? {}
    return disclosure !== undefined && permitsAll(grants[agency], needsOf(disclosure, fields))
  })

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
 * Whether every row of these lists is read, so that the latest of them is the latest there is. Of a child of whom no
 * place is protected there is no row that is kept back for that, and whoever may read the area reads each of them.
 */
export function isAllRead(required: RequiredFields, { grants, contracts, answers }: Ground): boolean {
  const placed = { contracts, answers, grants: eachAgency((agency) => withPlaces(grants[agency])) }
  return isAllSeen(required, placed)
}

/** Whether what is not among the rows of these lists is not there: all of them may be read, and were. */
export const isAllSeen = (required: RequiredFields, ground: Ground): boolean =>
  isWhollyOpen(required, ground) && completenessOfChild({ grounds: [required] }, ground).completeness === 'WHOLE'

/**
 * The same of a child of whom no place is protected: for whoever may not be told that one is, this one is answered so.
 */
export const asUnprotected = (ground: Ground): Ground => ({
  ...ground,
  grants: eachAgency((agency) => ({ ...ground.grants[agency], places: 'ALL' as const })),
})

const protectedPlace = bitOf('ADDRESS_PROTECTED')
const withPlaces = (grant: Grant): Grant =>
  grant.places !== 'NONE'
    ? { ...grant, content: grant.content | protectedPlace, headline: grant.headline | protectedPlace }
    : grant

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

interface Part {
  /** Whether any row of the list is read with all that the number needs of it. */
  readonly isRead: boolean
  readonly without: readonly Without[]
}

/** A part that lacks nothing: almost every one, so that it is made once. */
const whole: Part = { isRead: true, without: [] }
const wholly: Completeness = { completeness: 'WHOLE', without: [] }
const isAllWhole = (parts: readonly Part[]): boolean => parts.every((part) => part === whole)

const lacks = (part: Part): boolean => part.without.length > 0

const whyShut = (parts: readonly Part[]): CountCompleteness => {
  const states = parts.flatMap(({ without }) => without.map(({ state }) => state))
  if (states.every((state) => state === 'WITHHELD' || state === 'PARTIAL')) return 'WITHHELD'
  return states.some((state) => state === 'WITHHELD' || state === 'PARTIAL') ? 'NOT_KNOWN' : 'UNAVAILABLE'
}

const partsOf = (required: RequiredFields, ground: Ground): readonly Part[] =>
  listsIn(required).map((needed) => partOf(needed, ground))

function partOf({ agency, list, fields }: NeededList, ground: Ground): Part {
  const contract = ground.contracts[agency]
  const grant = ground.grants[agency]
  const { disclosure, rowLabels, ownedBy, unclassified: mayBeUnclassified } = contract.lists[list] ?? {}
  if (!disclosure) throw new TypeError(`${agency}.${list} has no label that a count could go by.`)
  const needs = needsOf(disclosure, fields)
  const othersOpen = permitsAll(grant, needs)
  const { state, gaps = [], records } = ground.answers[agency]
  const ofRows = (of: RowsGrant) => [...rowLabelsShut(rowLabels, of), ...ownedShut({ disclosure, ownedBy }, of)]
  const shut = othersOpen ? ofRows(grant) : shutNeeds(needs, grant)
  const unsaid = othersOpen
    ? grant.withheld.filter((one) => isNotSaid(one) && needs.each.some(({ label }) => label === one.label))
    : []
  const isOpen = othersOpen || (grant.own !== null && permitsAll(grant.own, needs))
  const services = othersOpen && contract.home === 'ADULT' ? unnamed(ground, agency, 'ADULT') : []
  const unclassified = isOpen && mayBeUnclassified === true && tellsOfUnclassified(grant)
  const isUnread = isOpen && records?.unread(list, fields) === true
  const heldParts = heldPartsOf(grant, disclosure, needs)
  const isPlain =
    !unclassified &&
    !isUnread &&
    gaps.length === 0 &&
    unsaid.length === 0 &&
    services.length === 0 &&
    heldParts.length === 0 &&
    grant.apart === undefined
  if (state === 'ANSWERED' && othersOpen && shut.length === 0 && isPlain) return whole
  const entry = (of: Pick<Without, 'state' | 'label' | 'reason'> & Partial<Without>): Without => ({
    agency: contract.agency,
    holder: null,
    contact: contract.contact ?? null,
    ...of,
  })
  const named = [...namedAsWithheld(grant, shut), ...unsaid]
  const unnamedNeeds = othersOpen ? [] : shut.filter(({ label, level }) => !toldOf(grant, label, level))
  const isSilent = unnamedNeeds.some(({ label }) => isOpenKind(label))
  const withheld = [
    ...named.map(({ label, reason }) => entry({ state: isOpen ? 'PARTIAL' : 'WITHHELD', label, reason })),
    ...(unclassified ? [entry({ state: 'PARTIAL', label: null, reason: 'W_UNCLASSIFIED' })] : []),
    ...services,
    // Which kind it is stays unsaid: the role is answered as if none were held.
    ...(isSilent ? [entry({ state: isOpen ? 'PARTIAL' : 'WITHHELD', label: null, reason: notSaid.reason })] : []),
  ]
  if (!isOpen) return { isRead: false, without: withheld }
  const heldBack = [
    ...(grant.apart ?? []).flatMap((apart) =>
      namedAsWithheld(apart, [...shutNeeds(needs, apart), ...ownedShut({ disclosure, ownedBy }, apart)]).map(
        ({ label, reason }) => entry({ holder: apart.heldBackBy, state: 'PARTIAL', label, reason }),
      ),
    ),
    ...heldParts.map(({ organisation, label, reason }) =>
      entry({ holder: organisation === '' ? null : organisation, state: 'PARTIAL', label, reason }),
    ),
  ]
  const away = gaps.map(({ holder, state: gap }) => {
    const why = lackingOf(gap)
    return entry({
      ...{ holder: holder.id, state: why, label: null, reason: why },
      contact: holder.contact?.office ?? contract.contact ?? null,
    })
  })
  const unread = isUnread ? [entry({ state: 'PARTIAL', label: null, reason: 'NOT_READABLE' })] : []
  if (state === 'ANSWERED') return { isRead: true, without: [...away, ...withheld, ...heldBack, ...unread] }
  const why = lackingOf(state)
  return { isRead: false, without: [entry({ state: why, label: null, reason: why }), ...withheld] }
}

/**
 * What a list lacks where services stay unnamed for what they would reveal of whom they treat. From the grant alone: it
 * is so of every child, whether or not there is such a service.
 */
export function unnamed({ contracts, grants }: Omit<Ground, 'answers'>, agency: AgencyName, about: About): Without[] {
  const { agency: name, contact = null } = contracts[agency]
  const told = Object.values(grants).flatMap(({ withheld }) => withheld)
  return unnamedServices(about, grants[agency].headline).flatMap((label): Without[] => {
    const reason = told.find((one) => one.label === label && one.level === 'HEADLINE')?.reason
    return reason ? [{ agency: name, holder: null, state: 'PARTIAL', label, reason, contact }] : []
  })
}

/**
 * What a number lacks of a holder whose last file is old is what came after it, and nobody looked for that. What came
 * by then is in the number, so that no row changes the word.
 */
const lackingOf = (state: AwayState): Exclude<AwayState, 'STALE'> => (state === 'STALE' ? 'NOT_LOOKED_FOR' : state)

interface NeededList {
  readonly agency: AgencyName
  readonly list: string
  readonly fields: readonly string[]
}

const noFields: readonly string[] = []
/** What is required is written down once with whoever requires it, and asked for of every child. */
const listsIn = madeOnce((required: RequiredFields): readonly NeededList[] =>
  agencies.flatMap((agency) =>
    Object.entries<readonly string[]>(required[agency] ?? {}).map(([list, fields]) => ({ agency, list, fields })),
  ),
)

/** What some fields of a list need: masks by which a grant is tested at once, and each by itself to say what lacks. */
interface Needs {
  readonly each: readonly FieldDisclosure[]
  readonly headline: number
  readonly content: number
  /** What may also be read as a pseudonym. */
  readonly pseudonym: number
}

const needsOfList = madeOnce((disclosure: ListDisclosure) =>
  madeOnce((required: readonly string[]): Needs => {
    const { label, existence, fields } = disclosure
    // Fields that every record has, as its provenance, are read as its existence is.
    const each = [{ label, level: existence, pseudonym: null }, ...required.flatMap((field) => fields.get(field) ?? [])]
    const mask = (isIt: (need: FieldDisclosure) => boolean) => maskOf(each.filter(isIt).map((need) => need.label))
    return {
      each,
      headline: mask(({ level }) => level === 'HEADLINE'),
      content: mask(({ level, pseudonym }) => level !== 'HEADLINE' && pseudonym === null),
      pseudonym: mask(({ level, pseudonym }) => level !== 'HEADLINE' && pseudonym !== null),
    }
  }),
)
/**
 * Single records of a list's label that a holder keeps back, whole or in the content that is needed: which list they
 * stand in is not told.
 */
const heldPartsOf = ({ heldParts = [] }: Pick<Grant, 'heldParts'>, { label }: ListDisclosure, { each }: Needs) =>
  heldParts.filter(
    (part) =>
      part.label === label &&
      (part.level === 'HEADLINE' || each.some((need) => need.label === label && need.level === 'CONTENT')),
  )
const needsOf = (disclosure: ListDisclosure, required: readonly string[]): Needs => needsOfList(disclosure)(required)

const permitsAll = (rows: RowsGrant, { headline, content, pseudonym }: Needs): boolean =>
  (headline & ~rows.headline) === 0 &&
  (content & ~rows.content) === 0 &&
  (pseudonym & ~(rows.content | rows.redact)) === 0

const permitsNeed = (rows: RowsGrant, { label, level, pseudonym }: FieldDisclosure): boolean => {
  const readable = level === 'HEADLINE' ? rows.headline : rows.content | (pseudonym === null ? 0 : rows.redact)
  return (readable & bitOf(label)) !== 0
}

type Shut = Pick<FieldDisclosure, 'label' | 'level'>

const shutNeeds = ({ each }: Needs, grant: RowsGrant): readonly Shut[] =>
  each.filter((need) => !permitsNeed(grant, need))

/** Labels that single rows of the list can bear besides, whose rows stay out: a row needs the content of each. */
const rowLabelsShut = (labels: readonly Label[] | undefined, grant: RowsGrant): readonly Shut[] =>
  (labels ?? []).filter((label) => (grant.content & bitOf(label)) === 0).map((label) => ({ label, level: 'CONTENT' }))

/**
 * Rows that a service owns are read at their headline by that service alone: without the content of the list's own
 * label the others stay out.
 */
const ownedShut = (
  { disclosure, ownedBy }: { readonly disclosure: ListDisclosure; readonly ownedBy: string | undefined },
  { content }: Pick<RowsGrant, 'content'>,
): readonly Shut[] =>
  ownedBy === undefined || (content & bitOf(disclosure.label)) !== 0
    ? []
    : [{ label: disclosure.label, level: 'CONTENT' }]

/**
 * What of it may be told as withheld. A label that is hidden is not among those withheld, but on the harm path: nothing
 * is held then.
 */
const namedAsWithheld = (grant: Pick<Grant, 'withheld' | 'headline'>, shut: readonly Shut[]): Grant['withheld'] =>
  grant.withheld.filter((one) => shut.some(({ label, level }) => toldOf(grant, label, level) === one))

const distinct = (list: readonly Without[]): readonly Without[] => [
  ...new Map(list.map((one) => [`${one.agency} ${one.holder} ${one.label} ${one.reason}`, one])).values(),
]
