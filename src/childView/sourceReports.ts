import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import type { Holder } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Grant } from '../policy/grant.ts'
import type { Label } from '../policy/labels.ts'
import type { Answers, Contracts } from '../records/agencyAnswers.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { AwayState, Holding, SourceAnswer } from '../sources/source.ts'
import { type Withheld, withheldBy, withholds } from './withheld.ts'

/** Counts by list and service of every agency: the pseudo-list `holdings`, which has no fields. */
export const sourceNeeds: RequiredFields = eachAgency(() => ({ holdings: [] }))

/** `SourceState` of `schema/shared.graphql`. */
export type SourceState =
  | 'COMPLETE'
  | 'PARTIAL'
  | 'NOTHING_HELD'
  | 'WITHHELD'
  | 'UNAVAILABLE'
  | 'STALE'
  | 'NOT_CONNECTED'
  | 'NOT_LOOKED_FOR'

/** What one agency could say. */
export interface SourceReport {
  readonly agency: string
  readonly state: SourceState
  readonly asOf: string | null
  readonly recordCount: number | null
  readonly services: readonly { readonly agency: string; readonly state: SourceState; readonly recordCount: number }[]
  readonly withheld: readonly Withheld[]
  readonly contact: string | null
  readonly holders: readonly HolderReport[]
}

/** What one holder of the agency could say. */
export interface HolderReport {
  readonly holder: string
  readonly organisation: string
  readonly name: string
  readonly la: string | null
  readonly force: string | null
  readonly state: SourceState
  readonly asOf: string | null
  readonly recordCount: number | null
  readonly contact: string | null
  readonly outOfHours: string | null
  readonly contactsByLabel: readonly { readonly label: Label; readonly contact: string }[]
}

/** One row for each agency, in the order of the agencies. */
export const sourceReports = (
  answers: Answers,
  grants: Readonly<Record<AgencyName, Grant>>,
  contracts: Contracts,
  registry: Registry,
): readonly SourceReport[] =>
  agencies.map((agency) => {
    const contract = contracts[agency]
    const withheld = withheldBy(grants[agency], contract)
    const held = recordsOf(answers[agency])
    const state = stateOf(answers[agency], withholds(grants[agency], contract.unclassified === true))
    return {
      agency: contract.agency,
      state,
      asOf: latestOf(held),
      recordCount: isCountTold(state) ? countOf(held) : null,
      services: servicesOf(held, state),
      withheld,
      contact: contract.contact ?? null,
      holders: holderReports(answers[agency], grants[agency], registry),
    }
  })

/**
 * Every expected holder, those of whom something readable came, and those that are away, in the order of the registry.
 * Where something came that does not say whose it is, as from a kind behind one process or where places are kept back,
 * those that are away alone: of no other can it be told that they hold nothing.
 */
function holderReports(answer: SourceAnswer, grant: Grant, registry: Registry): readonly HolderReport[] {
  const held = recordsOf(answer)
  const { expected = [] } = answer
  const gaps = new Map((answer.gaps ?? []).map(({ holder, state }) => [holder.id, state]))
  const saysWhose = held.every(({ holder }) => holder !== undefined)
  const readable = saysWhose ? [...expected.map(({ id }) => id), ...held.flatMap(({ holder }) => holder ?? [])] : []
  const told = new Set([...readable, ...gaps.keys()])
  return [...registry.holders.values()]
    .filter(({ id }) => told.has(id))
    .map((holder) => {
      const own = held.filter((each) => each.holder === holder.id)
      const apart = grant.apart?.find(({ heldBackBy }) => heldBackBy === holder.organisation)
      const decided = ofHolder(apart ?? grant, grant, holder.organisation)
      const withheld = withholds(decided, holder.binding?.type === 'fhir')
      const state = holderState(gaps.get(holder.id) ?? null, answer, heldState(own, withheld))
      return {
        holder: holder.id,
        organisation: holder.organisation ?? '',
        name: holder.name,
        la: holder.la,
        force: holder.organisation !== null && registry.forces.has(holder.organisation) ? holder.organisation : null,
        state,
        asOf: latestOf(own),
        recordCount: isCountTold(state) ? countOf(own) : null,
        contact: holder.contact?.office ?? null,
        outOfHours: holder.contact?.outOfHours ?? null,
        contactsByLabel: contactsByLabel(holder, decided),
      }
    })
}

/** A holder's decision, with the single records that it holds back and no other's. */
const ofHolder = (decided: Grant, { heldParts = [] }: Grant, holder: string | null): Grant => ({
  ...decided,
  heldParts: heldParts.filter(({ organisation }) => organisation === '' || organisation === holder),
})

/** Those of what is withheld and may be told: of the rest it is not said that anybody answers for it. */
const contactsByLabel = (
  { contact }: Holder,
  { withheld, heldParts = [] }: Pick<Grant, 'withheld' | 'heldParts'>,
): HolderReport['contactsByLabel'] =>
  [...new Set([...withheld, ...heldParts].map(({ label }) => label))].flatMap((label) => {
    const named = contact?.byLabel?.[label]
    return named === undefined ? [] : [{ label, contact: named }]
  })

/**
 * An agency's state, from what was counted for this caller and from what may be told as withheld. Never from a link or
 * a hidden row, so that an agency which hides everything answers as one which holds nothing.
 */
export function stateOf(answer: SourceAnswer, isWithheld: boolean): SourceState {
  if (answer.state !== 'ANSWERED') return answer.state
  const held = heldState(recordsOf(answer), isWithheld)
  const { gaps = [], records } = answer
  // Of a record that came and could not be read it is said that there is more than what is shown.
  const isUnread = records.lists.some((list) => records.unread(list, []))
  const state = isUnread && (held === 'COMPLETE' || held === 'NOTHING_HELD') ? 'PARTIAL' : held
  if (gaps.length === 0) return state
  if (state === 'PARTIAL' || state === 'COMPLETE')
    return gaps.every((gap) => gap.state === 'STALE') ? 'STALE' : 'PARTIAL'
  // Of whom nothing came may hold what the others do not.
  if (gaps.some((gap) => gap.state === 'UNAVAILABLE')) return 'UNAVAILABLE'
  if (state === 'WITHHELD') return state
  return gaps.some((gap) => gap.state === 'NOT_LOOKED_FOR' || gap.state === 'STALE') ? 'NOT_LOOKED_FOR' : 'PARTIAL'
}

/**
 * Nobody was looked for, unless something came; of what came long ago it is said, and where nothing did nobody looked.
 */
function holderState(gap: AwayState | null, answer: SourceAnswer, held: SourceState): SourceState {
  const came = held === 'COMPLETE' || held === 'PARTIAL'
  if (gap === 'NOT_LOOKED_FOR') return came ? held : gap
  if (gap === 'STALE') return came ? gap : 'NOT_LOOKED_FOR'
  return gap ?? (answer.state === 'ANSWERED' ? held : answer.state)
}

const heldState = (held: readonly Holding[], isWithheld: boolean): SourceState => {
  if (countOf(held) > 0) return isWithheld ? 'PARTIAL' : 'COMPLETE'
  return isWithheld ? 'WITHHELD' : 'NOTHING_HELD'
}

const isCountTold = (state: SourceState): boolean =>
  state === 'COMPLETE' || state === 'PARTIAL' || state === 'NOTHING_HELD' || state === 'STALE'

/** Records that may be read. The person's own entry is how the agency knows the child, and no record about them. */
const recordsOf = (answer: SourceAnswer): readonly Holding[] =>
  answer.state === 'ANSWERED' ? answer.holdings.filter(({ list, count }) => list !== 'person' && count > 0) : []

const countOf = (held: readonly Holding[]): number => held.reduce((sum, { count }) => sum + count, 0)

const latestOf = (held: readonly Holding[]): string | null => {
  const latest = held
    .flatMap((holding) => holding.latest ?? [])
    .sort((one, other) => Date.parse(one) - Date.parse(other))
  return latest.at(-1) ?? null
}

const servicesOf = (held: readonly Holding[], state: SourceState): SourceReport['services'] => {
  const counts = new Map<string, number>()
  for (const { service, count } of held) counts.set(service, (counts.get(service) ?? 0) + count)
  return [...counts]
    .map(([agency, recordCount]) => ({ agency, state, recordCount }))
    .sort((one, other) => (one.agency < other.agency ? -1 : 1))
}
