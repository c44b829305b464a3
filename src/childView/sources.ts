import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import type { Answers, Contracts } from '../records/answered.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { Holding, SourceAnswer } from '../sources/source.ts'
import { type Withheld, withheldBy } from './withheld.ts'

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

/** What one agency could say. */
export interface SourceReport {
  readonly agency: string
  readonly state: SourceState
  readonly asOf: string | null
  readonly recordCount: number | null
  readonly services: readonly { readonly agency: string; readonly state: SourceState; readonly recordCount: number }[]
  readonly withheld: readonly Withheld[]
  readonly contact: string | null
}

/** One row for each agency, in the order of the agencies. */
export const sourceReports = (
  answers: Answers,
  grants: Readonly<Record<AgencyName, Grant>>,
  contracts: Contracts,
): readonly SourceReport[] =>
  agencies.map((agency) => {
    const contract = contracts[agency]
    const withheld = withheldBy(grants[agency], contract)
    const held = recordsOf(answers[agency])
    const state = stateOf(answers[agency], withheld.length > 0)
    return {
      agency: contract.agency,
      state,
      asOf: latestOf(held),
      recordCount: state === 'COMPLETE' || state === 'PARTIAL' || state === 'NOTHING_HELD' ? countOf(held) : null,
      services: servicesOf(held, state),
      withheld,
      contact: contract.contact ?? null,
    }
  })

/**
 * An agency's state, from what was counted for this caller and from what may be Reported as withheld. Never from a link
 * or a hidden row, so that an agency which hides everything answers as one which holds nothing.
 */
export function stateOf(answer: SourceAnswer, withholds: boolean): SourceState {
  if (answer.state !== 'ANSWERED') return answer.state
  const count = countOf(recordsOf(answer))
  if (count > 0) return withholds ? 'PARTIAL' : 'COMPLETE'
  return withholds ? 'WITHHELD' : 'NOTHING_HELD'
}

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
