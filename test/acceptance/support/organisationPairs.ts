import { personas, purposesOfRole } from '../../../seeds/personas.ts'
import type { Caller } from '../../../src/policy/caller.ts'
import { type AgencyType, type Role, roles, roleTable } from '../../../src/policy/vocabulary.ts'
import { callerOf } from '../../registers/people.ts'
import { isWhole } from '../../support/sample.ts'

/** An organisation as the registry of issuers has it. */
export type Organisation = Pick<Caller, 'organisation' | 'agencyType' | 'la' | 'force'>

/** Two organisations of one kind of work, and who works there. */
interface Pair {
  readonly type: AgencyType
  readonly roles: readonly Role[]
  readonly codes: readonly [string, string]
}

/** Those of the demonstration's people by default; at full size every role that works in such an organisation. */
const rolesOf = (type: AgencyType): readonly Role[] =>
  isWhole
    ? roles.filter((role) => roleTable[role].type === type)
    : [...new Set(personas.filter(({ agencyType }) => agencyType === type).map(({ role }) => role))]

/** Of every type of organisation two, and of health two of every kind: practices, trusts, centres. */
const pairs: readonly Pair[] = [
  ...(
    [
      ['SOCIAL_CARE', 'LA2-CSC', 'LA5-CSC'],
      ['MASH', 'LA2-MASH', 'LA5-MASH'],
      ['ADULT', 'LA2-ASC', 'LA5-ASC'],
      ['GOVERNANCE', 'LA2-IG', 'LA5-IG'],
      ['POLICE', 'F1', 'F4'],
      ['EDUCATION', '900002', '900005'],
      ['CARE_PROVIDER', 'HOME-LA2', 'HOME-LA5'],
    ] as const
  ).map(([type, ...codes]): Pair => ({ type, roles: rolesOf(type), codes })),
  { type: 'SOCIAL_CARE', roles: ['YOUTH_JUSTICE_WORKER'], codes: ['LA2-YJS', 'LA5-YJS'] },
  { type: 'ADULT', roles: ['HOUSING_OFFICER'], codes: ['LA2-HOUSING', 'LA5-HOUSING'] },
  { type: 'ADULT', roles: ['PROBATION_PRACTITIONER'], codes: ['LA2-PROBATION', 'LA5-PROBATION'] },
  { type: 'ADULT', roles: ['ADULT_SERVICES_WORKER'], codes: ['LA2-SUBSTANCE', 'LA5-SUBSTANCE'] },
  { type: 'CARE_PROVIDER', roles: ['FOSTER_CARER'], codes: ['FOSTER-LA2', 'FOSTER-LA5'] },
  { type: 'COURT', roles: ['CHILDRENS_GUARDIAN'], codes: ['GUARDIANS-LA2', 'GUARDIANS-LA5'] },
  { type: 'HEALTH', roles: ['GP'], codes: ['NHS-LA2-GP', 'NHS-LA5-GP'] },
  { type: 'HEALTH', roles: ['SCHOOL_NURSE', 'HEALTH_VISITOR'], codes: ['NHS-LA2-CHC', 'NHS-LA5-CHC'] },
  { type: 'HEALTH', roles: ['EMERGENCY_CLINICIAN'], codes: ['NHS-LA2-ACUTE', 'NHS-LA5-ACUTE'] },
  { type: 'HEALTH', roles: ['CAMHS_CLINICIAN'], codes: ['NHS-LA2-CAMHS', 'NHS-LA5-CAMHS'] },
  { type: 'HEALTH', roles: ['SARC_CLINICIAN'], codes: ['NHS-LA2-SARC', 'NHS-LA5-SARC'] },
  { type: 'HEALTH', roles: ['DESIGNATED_NURSE'], codes: ['NHS-LA2-ICB', 'NHS-LA5-ICB'] },
]

const schools: Readonly<Record<string, string>> = { '900002': 'LA2', '900005': 'LA5' }

const placed = (code: string, agencyType: AgencyType): Organisation => ({
  organisation: code,
  agencyType,
  la: schools[code] ?? /LA\d/.exec(code)?.[0] ?? null,
  force: agencyType === 'POLICE' ? code : null,
})

/** An organisation, the other of its kind, and its people: everybody who does such work anywhere. */
export interface OfTwo extends Organisation {
  readonly other: string
  readonly people: readonly Caller[]
}

export const organisationsOfEachType: readonly OfTwo[] = pairs.flatMap(({ type, roles, codes: [one, other] }) =>
  (
    [
      [one, other],
      [other, one],
    ] as const
  ).map(([code, second]) => {
    const organisation = placed(code, type)
    const people = roles.flatMap((role) =>
      purposesOfRole[role].map((purpose) =>
        callerOf({ ...organisation, role, subject: `${role} of ${code}`, purpose }),
      ),
    )
    return { ...organisation, other: second, people }
  }),
)
