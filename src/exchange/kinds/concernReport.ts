import { z } from 'zod'
import { ukDay } from '../../records/dayAndAge.ts'
import { frontDoors } from '../involvedOrganisations.ts'
import type { Fields, StoredMessage } from '../message.ts'
import {
  day,
  decision,
  type MessageKind,
  type Refused,
  type Sending,
  type Standing,
  shape,
  shortText,
  statement,
  text,
  textIn,
  textsIn,
} from '../messageKind.ts'
import { clock } from '../procedures.ts'
import { dispositions, leftOf } from './dispositions.ts'

/** `ConcernOutcome` of `schema/exchange.graphql`: every report ends in exactly one. */
export const outcomes = ['CONTACT_ONLY', 'REFERRAL_ACCEPTED', 'ADDED_TO_OPEN_CASE', 'DUPLICATE'] as const

/** What is feared for a child. */
export const concernKinds = [
  'NEGLECT',
  'PHYSICAL_ABUSE',
  'EMOTIONAL_ABUSE',
  'SEXUAL_ABUSE',
  'SEXUAL_EXPLOITATION',
  'CRIMINAL_EXPLOITATION',
  'DOMESTIC_ABUSE',
  'MISSING',
  'SELF_HARM',
  'SUBSTANCE_USE',
  'PARENTAL_CAPACITY',
  'OTHER',
] as const

/** Nobody is kept in the dark without a reason, or for good. */
function notTold(fields: Fields, today: string): Refused | null {
  if (!fields['whyNotTold'])
    return { code: 'BAD_INPUT', reason: 'WHY_NOT_TOLD', message: 'Say why the family was not told.' }
  if (!fields['tellReviewOn'] || textIn(fields, 'tellReviewOn') < today)
    return {
      code: 'BAD_INPUT',
      reason: 'TELL_REVIEW_ON',
      message: 'Say when telling the family is thought over again, today or later.',
    }
  return null
}

/**
 * A report that ends here ends each of its concerns: a whole referral was once closed on one of two. What is taken on
 * goes on with the case, whose closure asks for them; a single concern has the reason of the outcome, and a duplicate
 * leaves to an earlier report what that names.
 */
function undisposed(fields: Fields, message: StoredMessage, standing: Standing): readonly string[] {
  const concerns = textsIn(message.heading.fields, 'concerns')
  const outcome = textIn(fields, 'outcome')
  if (concerns.length < 2 || !['CONTACT_ONLY', 'DUPLICATE'].includes(outcome)) return []
  const elsewhere = new Set(
    standing.reports
      .filter(({ heading }) => heading.id !== message.heading.id)
      .flatMap(({ heading }) => textsIn(heading.fields, 'concerns')),
  )
  return leftOf(concerns, fields).filter((concern) => outcome !== 'DUPLICATE' || !elsewhere.has(concern))
}

const refuseUndisposed = (fields: Fields, { standing }: Sending, message: StoredMessage): Refused | null => {
  const list = textIn(fields, 'overrideReason') === '' ? undisposed(fields, message, standing) : []
  if (list.length === 0) return null
  return {
    code: 'CONFLICT',
    reason: 'UNADDRESSED_RISK_FACTOR',
    message: 'Say of each concern what came of it, or end the report with a reason that the referrer reads.',
    list,
  }
}

/**
 * Somebody fears for a child, and is told what came of it. The answer is the front door's duty; the question why is the
 * referrer's.
 */
export const concernReport: MessageKind = {
  name: 'CONCERN_REPORT',
  version: 1,
  title: 'Report of a concern',
  source:
    'Working Together to Safeguard Children 2023: feedback to the referrer; reviews found reports that nobody answered',
  mutation: 'reportConcern',
  fields: shape({
    childId: z.string().trim().min(1).max(100),
    /** Who the child is, in words, where the sender has no id that the gateway knows. */
    describedAs: shortText.nullish(),
    concerns: z.array(z.enum(concernKinds)).min(1).max(12),
    statements: z.array(statement).min(1).max(20),
    childSays: text.nullish(),
    familyTold: z.boolean(),
    whyNotTold: text.nullish(),
    tellReviewOn: day.nullish(),
  }),
  from: null,
  child: 'ANY',
  to: (_, sending) => frontDoors(sending, 'ANSWER'),
  told: ["The front door of children's social care"],
  due: (_, { now, procedures }) => clock(procedures, 'concernOutcome', now),
  overdueCode: 'REFERRAL_FEEDBACK_OVERDUE',
  alertCode: (_, events) =>
    events.some(({ fields }) => textsIn(fields, 'undisposed').length > 0) ? 'UNADDRESSED_RISK_FACTOR' : null,
  guard: (fields, _, now) => (fields['familyTold'] === false ? notTold(fields, ukDay(now)) : null),
  subjectReadsFrom: ({ familyTold, tellReviewOn }) => {
    if (familyTold === true) return '0001-01-01'
    return typeof tellReviewOn === 'string' ? tellReviewOn : null
  },
  answers: [
    {
      name: 'OUTCOME',
      mutation: 'recordReferralOutcome',
      by: 'ADDRESSEE',
      fields: shape({
        outcome: z.enum(outcomes),
        reason: text,
        wouldChangeIt: text.nullish(),
        challenge: shortText,
        dispositions: dispositions.nullish(),
        overrideReason: text.nullish(),
        ...decision,
      }),
      settles: 'ALL',
      shared: true,
      guardedBy: 'STANDING',
      refuse: refuseUndisposed,
      complete: (fields, { standing }, message) => {
        const left = undisposed(fields, message, standing)
        return left.length > 0 ? { ...fields, undisposed: left } : fields
      },
    },
  ],
}
