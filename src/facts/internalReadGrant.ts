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
