import type { AgencyName } from '../foundation/agencies.ts'
import { expectedHolders, type Holder, isWholeKind } from '../foundation/holder.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import { holdersOfKind, type Registry } from '../foundation/registry.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { revealsByBeing } from '../policy/revealingServices.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { openOn, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { HolderStates } from '../registers/holderStates.ts'
import type { Carried, CarriedLists } from '../sources/carriedLists.ts'
import type { AwayState, FieldSelection, HolderGap, SourceAnswer } from '../sources/source.ts'
import type { ChildPlan } from './needsPlan.ts'

/**
 * Where this caller may be told that the child lives, and who answers for the child: from whoever serves there,
 * something is expected. From the decision alone, never from a record, so that it is the same whatever a holder has.
 *
 * @param lead what this caller may have of the agency that leads, which says both.
 */
export function placesTold(
  { responsibleLa, areaLa }: Pick<ChildFacts, 'responsibleLa' | 'areaLa'>,
  lead: Grant,
): ReadonlySet<string> {
  const isTold = (lead.headline & bitOf('SOCIAL_CARE')) !== 0 && lead.places !== 'NONE'
  return new Set(isTold ? [responsibleLa, areaLa].filter((la) => la !== null) : [])
}

/** Kinds whose open records say where the child learns and is registered. */
export const attendedKinds = ['education', 'health'] as const satisfies readonly AgencyName[]

export type AttendedKind = (typeof attendedKinds)[number]

const attendedFields = ['eventAt', 'from', 'to', 'provenance.la', 'provenance.supersedes'] as const

export const attendedNeeds = {
  education: { enrolments: attendedFields },
  health: { registrations: attendedFields },
} as const satisfies RequiredFields

/** Whether a selection reads every list of another, whole. */
export const readsAll = ({ lists }: FieldSelection, of: FieldSelection): boolean =>
  [...of.lists.keys()].every((list) => lists.has(list))

/**
 * The plan, and of the lists that it reads anyway what says where the child learns and is registered: else the same
 * records were read twice. It adds no record and nothing to an answer, and what was selected stands in the entry by the
 * plan itself.
 */
export function sayingWhere(plan: ChildPlan, attended: ChildPlan, kinds: readonly AgencyName[]): ChildPlan {
  const saying = { ...plan }
  for (const kind of kinds)
    saying[kind] = { ...plan[kind], selection: wider(plan[kind].selection, attended[kind].selection) }
  return saying
}

const widened = new WeakMap<FieldSelection, FieldSelection>()

function wider(selection: FieldSelection, attended: FieldSelection): FieldSelection {
  if (!readsAll(selection, attended)) return selection
  const known = widened.get(selection)
  if (known) return known
  const lists = new Map(selection.lists)
  for (const [list, fields] of attended.lists) lists.set(list, new Set([...(lists.get(list) ?? []), ...fields]))
  const made = { ...selection, lists }
  widened.set(selection, made)
  return made
}

/** Where the child learns and is registered on a day, by the records that this caller may read and by no other. */
export function placesAttended(answers: AnswersTo<typeof attendedNeeds>, day: string): readonly string[] {
  const open = [
    ...uncorrected(rowsOf(answers, 'education', 'enrolments')),
    ...uncorrected(rowsOf(answers, 'health', 'registrations')),
  ].filter((row) => openOn(day, textOf(row, 'from', 'eventAt'), textOf(row, 'to')))
  return open.flatMap((row) => textOf(row, 'provenance.la') ?? [])
}

/**
 * Kinds of which a person is linked by a holder elsewhere than in these places: there alone a record can add a place.
 * It says only what to read; what is told follows from what is then read under the caller's grant.
 */
export const attendedElsewhere = (
  { holders: linked = {}, persons }: Pick<ChildFacts, 'holders' | 'persons'>,
  { holders }: Registry,
  places: ReadonlySet<string>,
): readonly AttendedKind[] =>
  attendedKinds.filter((kind) =>
    (linked[kind] ?? (persons[kind] ?? []).map(() => '')).some((id) => {
      const la = holders.get(id)?.la ?? null
      return la === null || !places.has(la)
    }),
  )

/** Named holders of a kind from whom something is expected. */
export const expectedOf = (registry: Registry, kind: AgencyName, places: ReadonlySet<string>): readonly Holder[] =>
  expectedHolders(holdersOfKind(registry, kind), places).filter((holder) => !isWholeKind(holder))

/**
 * Named holders of a kind of whom nobody can say yet which children they know: a school or a home, of whom nothing is
 * expected by area, before its people were ever taken in, or while some of them are unsettled.
 */
export const neverLookedThrough = (registry: Registry, kind: AgencyName, states: HolderStates): readonly Holder[] =>
  neverIn(states)(holdersOfKind(registry, kind))

/** Of no child in particular, and asked about each: the states stand for seconds, a kind's holders for longer. */
const neverIn = madeOnce((states: HolderStates) =>
  madeOnce((holders: readonly Holder[]): readonly Holder[] =>
    holders.filter(
      (holder) =>
        !isWholeKind(holder) &&
        holder.areas.length === 0 &&
        holder.binding !== null &&
        (!states.indexed.has(holder.id) || isUnsettled(holder, states)),
    ),
  ),
)

/**
 * Whether a number lacks what a person has yet to say of a holder's people. Of a service that reveals by being there it
 * is never told: with whose question is open, it would say who was seen there.
 */
const isUnsettled = (holder: Holder, { unsettled }: HolderStates): boolean =>
  unsettled.has(holder.id) && !revealsByBeing(holder)

/** Whether the child is known to be among the people of a holder; a link that names no holder stands for each. */
export const isLinkedTo = (
  { holders, persons }: Pick<ChildFacts, 'holders' | 'persons'>,
  kind: AgencyName,
  holder: string,
): boolean => {
  const linked = holders ? (holders[kind] ?? []) : (persons[kind] ?? []).map(() => '')
  return linked.some((id) => id === '' || id === holder)
}

/**
 * The answer with those holders among whose people the child is that have no place for every list: by who the child's
 * holders are and what each of these can say of anybody, never by a record.
 *
 * @param carriedBy what a holder can say; null where that is everything.
 */
export function withCarried(
  answer: SourceAnswer,
  linked: readonly Holder[],
  carriedBy: (holder: Holder) => CarriedLists | null,
): SourceAnswer {
  const carried = linked.flatMap((holder): Carried[] => {
    const lists = carriedBy(holder)
    return lists ? [{ holder, lists }] : []
  })
  return carried.length === 0 ? answer : { ...answer, carried }
}

/** Holders of a kind among whose people the child is; a link that names none stands for each. */
export function linkedHolders(
  { holders, persons }: Pick<ChildFacts, 'holders' | 'persons'>,
  kind: AgencyName,
  registry: Registry,
): readonly Holder[] {
  const ids = holders ? (holders[kind] ?? []) : (persons[kind] ?? []).map(() => '')
  if (ids.includes('')) return holdersOfKind(registry, kind)
  return [...new Set(ids)].flatMap((id) => registry.holders.get(id) ?? [])
}

interface Looking {
  readonly states: HolderStates
  readonly now: Date
  /** As `neverLookedThrough` gives them. */
  readonly never: readonly Holder[]
  /** Whether the child is among the people of a holder. */
  readonly isLinked: (holder: string) => boolean
}

/**
 * The answer with those from whom something is expected, and whom it lacks besides of them: not connected, not looked
 * through lately, or not loaded for long.
 */
export function withExpected(
  answer: SourceAnswer,
  expected: readonly Holder[],
  { states, now, never, isLinked }: Looking,
): SourceAnswer {
  if (expected.length === 0 && never.length === 0 && !answer.gaps) return answer
  const away = new Set((answer.gaps ?? []).map(({ holder }) => holder.id))
  const { indexed } = states
  const lacking = [...expected, ...never].flatMap((holder): HolderGap[] => {
    if (away.has(holder.id)) return []
    const state = lackOf(holder, states, now)
    if (state !== null) return [{ holder, state }]
    return isUnsettled(holder, states) ? [{ holder, state: 'NOT_LOOKED_FOR', unsettled: true }] : []
  })
  if (lacking.length === 0 && !answer.gaps) return expected.length === 0 ? answer : { ...answer, expected }
  // As the registry has them now.
  const known = new Map(expected.map((holder) => [holder.id, holder]))
  const isUnlinked = (holder: Holder): boolean => {
    const at = indexed.get(holder.id)
    return !known.has(holder.id) && !isLinked(holder.id) && at !== undefined && !isOld(holder, at, now)
  }
  const gaps = (answer.gaps ?? []).map((gap) => ({
    ...gap,
    holder: known.get(gap.holder.id) ?? gap.holder,
    ...(isUnlinked(gap.holder) ? { unlinked: true as const } : {}),
  }))
  return { ...answer, expected, gaps: [...gaps, ...lacking] }
}

/** What a holder lacks that does answer, whatever it has of whom; null where it lacks nothing. */
export function lackOf(holder: Holder, { indexed, lastLoads }: HolderStates, now: Date): AwayState | null {
  if (holder.binding === null) return 'NOT_CONNECTED'
  const at = indexed.get(holder.id)
  if (at === undefined) return 'NOT_LOOKED_FOR'
  if (holder.binding.type === 'files') return isOld(holder, lastLoads.get(holder.id), now) ? 'STALE' : null
  return isOld(holder, at, now) ? 'NOT_LOOKED_FOR' : null
}

/** Whether the holder's records, or who is among its people, must be newer than this. */
const isOld = ({ freshnessHours }: Holder, at: Date | undefined, now: Date): boolean =>
  freshnessHours !== null && (at === undefined || now.getTime() - at.getTime() > freshnessHours * 3_600_000)
