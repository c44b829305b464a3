import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { labels, maskOf } from '../policy/labels.ts'
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

/**
 * The same for what an organisation itself has on record: of its own holders alone, whatever the records are about,
 * since it knows them.
 */
export function ownRecordGrant(facts: Linked, own: ReadonlySet<string>, asOf: string, agency: AgencyName): Grant {
  const holders = facts.holders?.[agency]
  // A link that names no holder stands for each of them.
  const places = (facts.persons[agency] ?? []).map((_, at) => at).filter((at) => isOwn(holders?.[at] ?? '', own))
  const of = (all: readonly string[]): readonly string[] => places.flatMap((at) => all[at] ?? [])
  return {
    ...internalReadGrant(facts, asOf, agency),
    persons: of(facts.persons[agency] ?? []),
    ...(holders ? { holders: of(holders) } : {}),
    headline: everyLabel,
    content: everyLabel,
  }
}

const everyLabel = maskOf(labels)
const isOwn = (holder: string, own: ReadonlySet<string>): boolean => holder === '' || own.has(holder)
