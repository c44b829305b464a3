import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { maskOf } from '../policy/labels.ts'
import type { GatewayFacts } from './gatewayFacts.ts'

const caseStatusLabels = maskOf(['CORE_IDENTITY', 'SOCIAL_CARE', 'INVOLVEMENT'])
/**
 * In the police's own records alone, where it is what a missing episode is. Elsewhere a record that bears it is hidden
 * from some, and what they are given may not follow from it.
 */
const policeLabels = caseStatusLabels | maskOf(['POLICE_RECORD'])

const labelsOf = (agency: AgencyName): number => (agency === 'police' ? policeLabels : caseStatusLabels)

/** Whose case status is read: a child and the agencies' persons. */
export type Linked = Pick<GatewayFacts, 'childId' | 'persons' | 'holders'>

/**
 * The grant under which the gateway reads what it decides on: no caller holds it, and nothing read under it leaves
 * undecided.
 */
export const internalReadGrant = (facts: Linked, asOf: string, agency: AgencyName = leadAgency): Grant => ({
  agency,
  childId: facts.childId,
  persons: facts.persons[agency] ?? [],
  ...(facts.holders?.[agency] ? { holders: facts.holders[agency] } : {}),
  headline: labelsOf(agency),
  content: labelsOf(agency),
  redact: 0,
  own: null,
  rows: { ncnd: false, conditions: false, undecided: true, notRelevant: false },
  places: 'ALL',
  names: 'KNOWN',
  heldRecords: [],
  withheld: [],
  organisation: 'gateway',
  callerType: 'SOCIAL_CARE',
  keeper: null,
  pseudonymKey: '',
  asOf,
})

/** Whose records are read, and which of them may decide. */
interface OwnRecords {
  readonly own: ReadonlySet<string>
  /**
   * Labels of which this caller may be told that there are any: what an organisation keeps from its own people's roles
   * gives them no way to a child.
   */
  readonly told: number
}

/** The same for what an organisation itself has on record: of its own holders alone. */
export function ownRecordGrant(facts: Linked, { own, told }: OwnRecords, asOf: string, agency: AgencyName): Grant {
  const holders = facts.holders?.[agency]
  // A link that names no holder stands for each of them.
  const places = (facts.persons[agency] ?? []).map((_, at) => at).filter((at) => isOwn(holders?.[at] ?? '', own))
  const of = (all: readonly string[]): readonly string[] => places.flatMap((at) => all[at] ?? [])
  return {
    ...internalReadGrant(facts, asOf, agency),
    persons: of(facts.persons[agency] ?? []),
    ...(holders ? { holders: of(holders) } : {}),
    headline: told,
    content: told,
  }
}

const isOwn = (holder: string, own: ReadonlySet<string>): boolean => holder === '' || own.has(holder)
