import { type CaseStatus, caseStatusLists, type PlanLevel } from '../facts/caseStatus.ts'
import { permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { allWithheldBy, completenessOf } from './countCompleteness.ts'
import { isAllSeen } from './listsWereRead.ts'
import { readableCaseStatus, type readableCaseStatusNeeds } from './readableCaseStatus.ts'
import type { Ground, Without } from './whyCountIncomplete.ts'
import { withholds } from './withheld.ts'

const planned = { socialCare: { plans: ['level', 'from', 'to'], legalStatuses: ['code', 'from', 'to'] } } as const
/** Without any plan: an open enquiry or referral. */
const asked = { socialCare: { s47Enquiries: ['startedOn', 'endedOn'], referrals: ['closedOn'] } } as const
/** Without it one that was taken no further seems open. */
const decided = { socialCare: { referrals: ['noFurtherAction'] } } as const

/** The level now and the record that it follows from; both null where it cannot be said. */
export interface LevelNow {
  readonly level: PlanLevel | null
  readonly evidence: string | null
  /** What the rows that this caller reads say of the case; they may not be all. */
  readonly caseStatus: CaseStatus
  /** Whether no record may be read of the child while something is withheld. */
  readonly isSilent: boolean
  /** What it lacks, where it cannot be said. */
  readonly without: readonly Without[]
}

/**
 * The level of a child, for whoever may say it. It is the highest that any holder's record bears out: a record of the
 * highest is enough. A lower one, and above all that there is none, is said only where no holder's plans are withheld
 * or away. Of a child of whom no record may be read while something is withheld nothing is said: what is hidden is
 * answered as nothing held.
 *
 * @param keepsCase for whoever keeps the case what they may read of their own rows counts too: anybody else's own rows
 *   would pass for the whole.
 */
export function levelNow(
  answers: AnswersTo<typeof readableCaseStatusNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  keepsCase: boolean,
): LevelNow {
  const grant = keepsCase ? grantOfSomeRow(grants.socialCare) : grants.socialCare
  const { socialCare } = answers
  const caseStatus = readableCaseStatus(answers, asOf)
  const { level, levelEvidence: evidence } = caseStatus
  const ground = { grants: { ...grants, socialCare: grant }, contracts, answers }
  const isWhole = (required: RequiredFields): boolean => isAllSeen(required, ground)
  const isSilent = (): boolean =>
    withholds(grant, contracts.socialCare.unclassified === true) &&
    socialCare.state === 'ANSWERED' &&
    caseStatusLists.every((list) => list === 'person' || socialCare.records.readings(list).length === 0)
  const isSaid = (): boolean => {
    if (socialCare.state !== 'ANSWERED' || !permits(grant, bitOf('SOCIAL_CARE'), 'HEADLINE')) return false
    if (level === 'LOOKED_AFTER') return true
    if (!isWhole(planned)) return false
    if (evidence === null) return isWhole(asked) && !isSilent()
    return !rowsOf(answers, 'socialCare', 'referrals').some(({ id }) => id === evidence) || isWhole(decided)
  }
  if (isSaid()) return { caseStatus, isSilent: isSilent(), level, evidence, without: [] }
  const { without } = isSilent() ? allWithheldBy('socialCare', ground) : completenessOf(rests, ground)
  return { caseStatus, isSilent: isSilent(), level: null, evidence: null, without }
}

/** All that a level rests on. */
const rests = { grounds: [mergeNeeds(planned, asked, decided)] }
