import type { AgencyName } from '../agencies.ts'
import type { Disclosure, Label } from '../policy/labels.ts'

/** The label of a list and the disclosure that lets the existence of its records be read: the type's `@label` in the schema. */
export interface ListDisclosure {
  readonly label: Label
  readonly existence: Disclosure
}

const headline = (label: Label): ListDisclosure => ({ label, existence: 'HEADLINE' })
const content = (label: Label): ListDisclosure => ({ label, existence: 'CONTENT' })

/**
 * Every list that a transfer reads, and no other: what stands here can be sent to another authority. Legal advice, adoption
 * records, intelligence, referrers and accounts are left out on purpose. A test keeps the labels equal to the schema's.
 */
export const transferredLists = {
  socialCare: {
    person: headline('CORE_IDENTITY'),
    addresses: headline('SOCIAL_CARE'),
    communication: headline('CORE_IDENTITY'),
    family: content('SOCIAL_CARE'),
    involvements: headline('INVOLVEMENT'),
    contacts: content('SOCIAL_CARE'),
    referrals: headline('SOCIAL_CARE'),
    assessments: content('SOCIAL_CARE'),
    s47Enquiries: headline('SOCIAL_CARE'),
    meetings: content('SOCIAL_CARE'),
    plans: headline('SOCIAL_CARE'),
    'plans.actions': headline('SOCIAL_CARE'),
    placements: headline('SOCIAL_CARE'),
    legalStatuses: headline('SOCIAL_CARE'),
    orders: content('COURT_CONFIDENTIAL'),
    missing: headline('SOCIAL_CARE'),
    exploitation: content('SOCIAL_CARE'),
    voice: content('SOCIAL_CARE'),
    restraints: content('SOCIAL_CARE'),
    libertyRestrictions: content('SOCIAL_CARE'),
    triggers: content('SOCIAL_CARE'),
    hazards: content('SOCIAL_CARE'),
  },
  education: {
    person: headline('CORE_IDENTITY'),
    enrolments: headline('INVOLVEMENT'),
    attendance: content('EDUCATION'),
    suspensions: content('EDUCATION'),
    basicNeedsSupport: content('EDUCATION'),
    concerns: content('EDUCATION'),
    specialNeeds: content('EDUCATION'),
    protectionFiles: content('EDUCATION'),
    restraints: content('EDUCATION'),
    referralsMade: content('EDUCATION'),
  },
  health: {
    person: headline('CORE_IDENTITY'),
    registrations: headline('INVOLVEMENT'),
    involvements: headline('INVOLVEMENT'),
    unscheduledAttendances: headline('HEALTH_GENERAL'),
    camhsEpisodes: headline('HEALTH_MENTAL'),
    immunisations: content('HEALTH_GENERAL'),
    healthAssessments: headline('HEALTH_GENERAL'),
    historyTransfers: headline('HEALTH_GENERAL'),
  },
  police: {
    missingEpisodes: headline('POLICE_RECORD'),
    crimes: content('POLICE_RECORD'),
    arrests: content('POLICE_RECORD'),
    events: content('POLICE_RECORD'),
    domesticAbuse: headline('DOMESTIC_ABUSE'),
    notices: content('POLICE_RECORD'),
    managedOffenders: headline('MANAGED_OFFENDER'),
    personsOfConcern: content('POLICE_RECORD'),
    protections: content('POLICE_RECORD'),
  },
  adultServices: {
    services: content('INVOLVEMENT'),
    housing: content('INVOLVEMENT'),
    probation: headline('ADULT_JUSTICE'),
    requirements: content('INVOLVEMENT'),
  },
} as const satisfies Partial<Record<AgencyName, Record<string, ListDisclosure>>>

/** Lists of one agency that a record takes; none for an agency that no section draws on. */
export const listsTakenFrom = (agency: AgencyName): Readonly<Record<string, ListDisclosure>> => {
  const all: Readonly<Partial<Record<AgencyName, Readonly<Record<string, ListDisclosure>>>>> = transferredLists
  return all[agency] ?? {}
}

export const disclosureOf = (agency: AgencyName, list: string): ListDisclosure | undefined => {
  const lists = listsTakenFrom(agency)
  return Object.hasOwn(lists, list) ? lists[list] : undefined
}

/** Labels whose rows are never written into a record that leaves the gateway as a file, whoever the recipient is. */
export const neverWritten: ReadonlySet<string> = new Set<Label>(['LEGAL_PRIVILEGE', 'ADOPTION', 'ADDRESS_PROTECTED'])
