import type { LeadProfessional, PlanLevel } from '../facts/caseStatus.ts'
import { forceOf, type Registry } from '../foundation/registry.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, latest, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import type { ReferralEpisodeRow } from '../records/generated.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Keeper, toldAuthorities } from './authoritiesAsDisclosed.ts'
import { completenessOfChild, type Reads, whether } from './countCompleteness.ts'
import { levelNow } from './currentPlanLevel.ts'
import { effectiveLevel } from './effectiveRiskLevel.ts'
import { isAllRead } from './listsWereRead.ts'
import { missingNow } from './missingEpisodes.ts'
import { readableCaseStatusNeeds } from './readableCaseStatus.ts'
import type { Ground } from './whyCountIncomplete.ts'

const missingFields = ['eventAt', 'provenance.recordedAt', 'provenance.supersedes', 'from', 'to', 'force'] as const

/** What the banner rests on. */
export const statusNeeds = mergeNeeds(readableCaseStatusNeeds, {
  socialCare: {
    referrals: ['closedOn', 'closureProposedOn'],
    exploitation: ['eventAt', 'provenance.supersedes', 'toolLevel', 'professionalLevel'],
    missing: [...missingFields, 'provenance.organisation', 'reported', 'policeReference', 'loggedBy'],
  },
  police: { missingEpisodes: [...missingFields, 'provenance.force', 'providerReference'] },
  education: { enrolments: ['eventAt', 'from', 'to', 'provenance.la', 'provenance.supersedes'] },
})

const closureReads = {
  grounds: [{ socialCare: { referrals: ['closedOn', 'closureProposedOn'] } }],
} as const satisfies Reads

/**
 * Lists of each of which the latest record is told, by the fields that say which that is, and nothing where these are
 * not read of all of it: an earlier record would pass for the latest.
 */
const latestReads = {
  school: { education: { enrolments: ['from', 'to'] } },
  legalStatus: { socialCare: { legalStatuses: ['code', 'from', 'to'] } },
  plan: { socialCare: { plans: ['level', 'from', 'to'] } },
  exploitation: { socialCare: { exploitation: ['toolLevel', 'professionalLevel'] } },
  lead: { socialCare: { involvements: ['kind', 'from', 'to'] } },
} as const satisfies Readonly<Record<string, RequiredFields>>

type StatusAnswers = AnswersTo<typeof statusNeeds>

/** The banner: where the child stands, as far as this caller may know. */
export interface Status {
  /** Null where it cannot be said: a guess would pass for the lead agency's word. */
  readonly level: PlanLevel | null
  /** The record that the level follows from. */
  readonly levelEvidence: string | null
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  readonly areaForce: string | null
  readonly authoritiesAsLastKnown: boolean
  readonly educationLa: string | null
  readonly legalStatus: string | null
  readonly cpCategory: string | null
  readonly exploitation: string | null
  /** Null where it cannot be determined. */
  readonly missingNow: boolean | null
  readonly leadProfessional: string | null
  /** Null where it cannot be determined. */
  readonly pendingClosure: boolean | null
  readonly asOf: string
}

/**
 * Where the child stands, from the rows that this caller may read. One who may read their own authority's alone is
 * given the level only where that authority keeps the case: anybody else's own rows would pass for the whole.
 *
 * @param keeper what is known of the authorities from elsewhere.
 */
export function status(
  answers: StatusAnswers,
  { grants, contracts }: Omit<Ground, 'answers'>,
  registry: Registry,
  asOf: string,
  keeper: Keeper,
): Status {
  const { level, evidence, caseStatus } = levelNow(answers, { grants, contracts }, asOf, keeper.keepsCase)
  const ground = { grants, contracts, answers }
  const { responsibleLa, areaLa, areaForce, isAsLastKnown } = toldAuthorities(caseStatus, ground, keeper)
  const readAs = keeper.keepsCase
    ? { ...ground, grants: { ...grants, socialCare: grantOfSomeRow(grants.socialCare) } }
    : ground
  const lastOf = <Value>(value: Value | null, required: RequiredFields): Value | null =>
    isAllRead(required, readAs) ? value : null
  return {
    level,
    levelEvidence: evidence,
    responsibleLa,
    areaLa,
    areaForce: areaForce ?? forceOf(registry, areaLa),
    authoritiesAsLastKnown: isAsLastKnown,
    educationLa: lastOf(educationLa(answers, asOf), latestReads.school),
    legalStatus: lastOf(caseStatus.legalStatus, latestReads.legalStatus),
    cpCategory: lastOf(caseStatus.cpCategory, latestReads.plan),
    exploitation: lastOf(exploitation(answers), latestReads.exploitation),
    missingNow: missingNow(answers, { grants, contracts }, asOf),
    leadProfessional: lastOf(caseStatus.leadProfessional && leadText(caseStatus.leadProfessional), latestReads.lead),
    pendingClosure: whether(
      uncorrected(rowsOf(answers, 'socialCare', 'referrals')).some((row) => closurePending(row, asOf)),
      completenessOfChild(closureReads, ground),
    ),
    asOf,
  }
}

const educationLa = (answers: StatusAnswers, asOf: string): string | null => {
  const open = uncorrected(rowsOf(answers, 'education', 'enrolments')).filter((row) =>
    openOn(dayOf(asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
  )
  const enrolment = latest(open, 'from', 'eventAt')
  return enrolment && textOf(enrolment, 'provenance.la')
}

const exploitation = (answers: StatusAnswers): string | null => {
  const last = latest(uncorrected(rowsOf(answers, 'socialCare', 'exploitation')), 'eventAt')
  return last && effectiveLevel(last)
}

const closurePending = (
  referral: Pick<ReferralEpisodeRow, 'closureProposedOn' | 'closedOn'>,
  asOf: string,
): boolean => {
  const proposed = textOf(referral, 'closureProposedOn')
  return proposed !== null && dayOf(proposed) <= dayOf(asOf) && textOf(referral, 'closedOn') === null
}

const leadText = ({ name, role, contact }: LeadProfessional): string =>
  [name, role, contact].filter((part) => part !== null).join(', ')
