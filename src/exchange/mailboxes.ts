import type { Caller } from '../policy/caller.ts'
import { type AgencyType, pathOfPurpose } from '../policy/vocabulary.ts'

/** `MessageService` of `schema/exchange.graphql`: to whom within an organisation, authority or force a message goes. */
export type Service =
  | 'FRONT_DOOR'
  | 'CASE_TEAM'
  | 'MANAGERS'
  | 'SENIOR_MANAGERS'
  | 'REVIEWING'
  | 'SAFEGUARDING_LEAD'
  | 'HEALTH'
  | 'POLICE'
  | 'ADULT_SERVICES'
  | 'CARER'
  | 'GOVERNANCE'
  | 'GENERAL'

interface ServiceRule {
  /**
   * What the mailbox is of: the caller's organisation, its authority or its force, each from the registry of issuers.
   */
  readonly of: 'organisation' | 'la' | 'force'
  readonly types: readonly AgencyType[]
  /** Roles that read and answer. Text: a role that a policy does not know yet may stand here already. */
  readonly roles: readonly string[]
}

/** Who reads what is sent to a service. Data: a partnership that divides its work otherwise changes it here. */
export const services: Readonly<Record<Service, ServiceRule>> = {
  FRONT_DOOR: {
    of: 'la',
    types: ['MASH', 'SOCIAL_CARE'],
    roles: ['MASH_ANALYST', 'TEAM_MANAGER', 'RECEIVING_OFFICER', 'OUT_OF_HOURS_WORKER'],
  },
  CASE_TEAM: {
    of: 'la',
    types: ['SOCIAL_CARE'],
    roles: ['SOCIAL_WORKER', 'TEAM_MANAGER', 'RECEIVING_OFFICER', 'FAMILY_HELP_LEAD', 'CHILD_PROTECTION_LEAD'],
  },
  MANAGERS: { of: 'la', types: ['SOCIAL_CARE'], roles: ['TEAM_MANAGER', 'HEAD_OF_SERVICE'] },
  SENIOR_MANAGERS: { of: 'la', types: ['SOCIAL_CARE'], roles: ['HEAD_OF_SERVICE'] },
  REVIEWING: { of: 'la', types: ['SOCIAL_CARE'], roles: ['REVIEWING_OFFICER'] },
  SAFEGUARDING_LEAD: {
    of: 'organisation',
    types: ['EDUCATION'],
    roles: ['DESIGNATED_SAFEGUARDING_LEAD', 'EARLY_YEARS_LEAD', 'VIRTUAL_HEAD'],
  },
  HEALTH: {
    of: 'organisation',
    types: ['HEALTH'],
    roles: [
      'GP',
      'SCHOOL_NURSE',
      'DESIGNATED_NURSE',
      'CAMHS_CLINICIAN',
      'SARC_CLINICIAN',
      'HEALTH_VISITOR',
      'MIDWIFE',
      'PAEDIATRICIAN',
      'NAMED_NURSE',
      'LOOKED_AFTER_NURSE',
      'EMERGENCY_CLINICIAN',
      'AMBULANCE_CLINICIAN',
    ],
  },
  POLICE: { of: 'force', types: ['POLICE'], roles: ['POLICE_PUBLIC_PROTECTION', 'MISSING_COORDINATOR'] },
  ADULT_SERVICES: {
    of: 'organisation',
    types: ['ADULT'],
    roles: ['ADULT_SERVICES_WORKER', 'PROBATION_PRACTITIONER', 'HOUSING_OFFICER', 'DOMESTIC_ABUSE_ADVISER'],
  },
  CARER: { of: 'organisation', types: ['CARE_PROVIDER'], roles: ['CARE_WORKER', 'FOSTER_CARER'] },
  GOVERNANCE: { of: 'la', types: ['GOVERNANCE'], roles: ['INFORMATION_GOVERNANCE_OFFICER'] },
  GENERAL: { of: 'organisation', types: [], roles: [] },
}

export const serviceNames = Object.keys(services) as Service[]

/** Whose service it is and which: `LA2/FRONT_DOOR`, `900005/SAFEGUARDING_LEAD`, `F4/POLICE`. */
export const mailboxOf = (party: string, service: Service): string => `${party}/${service}`

type Reader = Pick<Caller, 'agencyType' | 'role' | 'organisation' | 'la' | 'force' | 'purpose'>

/**
 * The mailboxes that a caller reads, the one they send from first; none for a purpose that opens nothing but metadata,
 * governance aside, whose own work that is, and none for a purpose that is closed here.
 */
export function mailboxesOf(caller: Reader): readonly string[] {
  const path = pathOfPurpose[caller.purpose]
  if (path === 'CLOSED') return []
  const own = serviceNames.flatMap((name) => {
    const { of, roles, types } = services[name]
    const party = caller[of]
    return types.includes(caller.agencyType) && roles.includes(caller.role) && party !== null
      ? [{ name, mailbox: mailboxOf(party, name) }]
      : []
  })
  const read = path === 'METADATA' ? own.filter(({ name }) => name === 'GOVERNANCE') : own
  if (read.length > 0 || path === 'METADATA') return read.map(({ mailbox }) => mailbox)
  // Of its own role first: what an adoption worker sends is not for the solicitor of the same authority to read.
  return [`${caller.organisation}:${caller.role}`, caller.organisation].map((party) => mailboxOf(party, 'GENERAL'))
}

/** The service of a mailbox. */
export const serviceOfMailbox = (mailbox: string): Service =>
  serviceNames.find((name) => mailbox.endsWith(`/${name}`)) ?? 'GENERAL'

/** An organisation as the registry of issuers has it. */
export interface Organisation {
  readonly code: string
  readonly agencyType: AgencyType
  readonly la: string | null
  readonly force: string | null
}

const usualService: Readonly<Record<AgencyType, Service>> = {
  SOCIAL_CARE: 'CASE_TEAM',
  MASH: 'FRONT_DOOR',
  HEALTH: 'HEALTH',
  EDUCATION: 'SAFEGUARDING_LEAD',
  POLICE: 'POLICE',
  ADULT: 'ADULT_SERVICES',
  CARE_PROVIDER: 'CARER',
  GOVERNANCE: 'GOVERNANCE',
  COURT: 'GENERAL',
}

/** Where a message to an organisation as a whole goes. */
export const usualServiceOf = ({ agencyType }: Organisation): Service => usualService[agencyType]

/** Whose the mailbox of a service is, for an organisation: its own, its authority's or its force's. */
export const partyOf = (organisation: Organisation, service: Service): string => {
  const { of } = services[service]
  return (of === 'organisation' ? organisation.code : organisation[of]) ?? organisation.code
}
