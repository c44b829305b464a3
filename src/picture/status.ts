import { dayOf, latest, openOn, textOf, uncorrected } from '../consent/period.ts'
import { type LeadProfessional, type PlanLevel, standingNeeds, standingOf } from '../consent/standing.ts'
import type { Answers, Needs } from '../context.ts'
import { type Grant, permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { forceOf, type Registry } from '../registry.ts'
import type { Row } from '../sources/contract.ts'
import { listsOf } from '../sources/recordSet.ts'
import { rowsOf } from './answered.ts'
import { missingNow } from './missing.ts'
import { mergeNeeds } from './needs.ts'
import { effectiveLevel } from './riskBand.ts'

const missingFields = ['eventAt', 'provenance.recordedAt', 'provenance.supersedes', 'from', 'to', 'force'] as const

/** What the banner rests on. */
export const statusNeeds: Needs = mergeNeeds(
  { socialCare: standingNeeds },
  {
    socialCare: {
      referrals: ['closedOn', 'closureProposedOn'],
      exploitation: ['eventAt', 'provenance.supersedes', 'toolLevel', 'professionalLevel'],
      missing: [...missingFields, 'provenance.organisation', 'reported', 'policeReference', 'loggedBy'],
    },
    police: { missingEpisodes: [...missingFields, 'provenance.force', 'providerReference'] },
    education: { enrolments: ['eventAt', 'from', 'to', 'provenance.la', 'provenance.supersedes'] },
  },
)

/** The banner: where the child stands, as far as this caller may know. */
export interface Status {
  /** Null where social care did not answer or may not be read: a guess would pass for the lead agency's word. */
  readonly level: PlanLevel | null
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  readonly areaForce: string | null
  readonly educationLa: string | null
  readonly legalStatus: string | null
  readonly cpCategory: string | null
  readonly exploitation: string | null
  readonly missingNow: boolean
  readonly leadProfessional: string | null
  readonly pendingClosure: boolean
  readonly asOf: string
}

/** Where the child stands, from the rows that this caller may read. */
export function status(answers: Answers, grant: Grant, registry: Registry, asOf: string): Status {
  const socialCare = answers.socialCare
  const readable = socialCare.state === 'ANSWERED' && permits(grant, bitOf('SOCIAL_CARE'), 'HEADLINE')
  const standing = standingOf(socialCare.state === 'ANSWERED' ? listsOf(socialCare.records) : {}, asOf)
  return {
    level: readable ? standing.level : null,
    responsibleLa: standing.responsibleLa,
    areaLa: standing.areaLa,
    areaForce: standing.areaForce ?? forceOf(registry, standing.areaLa),
    educationLa: educationLa(answers, asOf),
    legalStatus: standing.legalStatus,
    cpCategory: standing.cpCategory,
    exploitation: exploitation(answers),
    missingNow: missingNow(answers),
    leadProfessional: standing.leadProfessional && leadText(standing.leadProfessional),
    pendingClosure: uncorrected(rowsOf(answers, 'socialCare', 'referrals')).some((row) => closurePending(row, asOf)),
    asOf,
  }
}

const educationLa = (answers: Answers, asOf: string): string | null => {
  const open = uncorrected(rowsOf(answers, 'education', 'enrolments')).filter((row) =>
    openOn(dayOf(asOf), textOf(row, 'from', 'eventAt'), textOf(row, 'to')),
  )
  const enrolment = latest(open, 'from', 'eventAt')
  return enrolment && textOf(enrolment, 'provenance.la')
}

const exploitation = (answers: Answers): string | null => {
  const last = latest(uncorrected(rowsOf(answers, 'socialCare', 'exploitation')), 'eventAt')
  return last && effectiveLevel(last)
}

const closurePending = (referral: Row, asOf: string): boolean => {
  const proposed = textOf(referral, 'closureProposedOn')
  return proposed !== null && dayOf(proposed) <= dayOf(asOf) && textOf(referral, 'closedOn') === null
}

const leadText = ({ name, role, contact }: LeadProfessional): string =>
  [name, role, contact].filter((part) => part !== null).join(', ')
