import { z } from 'zod'
import { londonDate } from '../../foundation/workingTime.ts'
import { serviceOfMailbox } from '../mailboxes.ts'
import type { Addressee, Fields } from '../message.ts'
import { decision, type MessageKind, type Refused, type Standing, shape, text, textIn, whoDid } from '../messageKind.ts'
import { childId } from './commonFields.ts'
import { concernsOfReport, dispositions, leftOf } from './dispositions.ts'

const closureReasons = ['NEEDS_MET', 'STEPPED_DOWN', 'MOVED_IN_ENGLAND', 'MOVED_ABROAD', 'LEFT_AREA', 'OTHER'] as const

/**
 * Concerns of which nobody has said what came of them: of those that were reported, or stand in the record, whatever
 * neither the outcome of a report nor this closure disposes of.
 */
const undisposed = (fields: Fields, { concerns, reports }: Standing): readonly string[] =>
  leftOf([...concerns, ...reports.flatMap((each) => concernsOfReport(each))], fields)

/**
 * A family that went abroad may come back: the case stays until a place is confirmed, or the day of return went by and
 * was checked.
 */
function abroadWithoutEvidence(fields: Fields, now: Date): boolean {
  if (!['MOVED_ABROAD', 'LEFT_AREA'].includes(textIn(fields, 'reason'))) return false
  if (textIn(fields, 'destinationConfirmedBy') !== '') return false
  const returnOn = textIn(fields, 'returnExpectedOn')
  const isOver = returnOn !== '' && returnOn < londonDate(now.toISOString())
  return !(isOver && textIn(fields, 'absenceCheckedBy') !== '')
}

function guard(fields: Fields, standing: Standing, now: Date): Refused | null {
  if (abroadWithoutEvidence(fields, now))
    return {
      code: 'CLOSURE_EVIDENCE_REQUIRED',
      reason: 'TEMPORARILY_ABROAD',
      message:
        'A case is not closed because a family is away: confirm where they are, or check after the day of return.',
    }
  const left = undisposed(fields, standing)
  if (left.length === 0 || textIn(fields, 'overrideReason') !== '') return null
  return {
    code: 'CONFLICT',
    reason: 'UNADDRESSED_RISK_FACTOR',
    message: 'Say of each concern what came of it, or close with a reason that every referrer reads.',
    list: left,
  }
}

/**
 * Every concern that was reported needs a disposition of its own before a case is closed: a whole referral was once
 * closed on one factor.
 */
export const caseClosure: MessageKind = {
  name: 'CASE_CLOSURE',
  version: 1,
  title: 'Closure of a referral or case',
  source: 'Reviews found cases closed because one factor was not found, and because a family was away on holiday',
  mutation: 'closeReferral',
  fields: shape({
    childId,
    reason: z.enum(closureReasons),
    summary: text,
    dispositions,
    destinationConfirmedBy: whoDid.nullish(),
    returnExpectedOn: z.iso.date().nullish(),
    absenceCheckedBy: whoDid.nullish(),
    overrideReason: text.nullish(),
    undisposed: z.array(z.string()).nullish(),
    ...decision,
  }),
  from: ['FRONT_DOOR', 'CASE_TEAM', 'MANAGERS'],
  child: 'PARTY',
  to: (_, { circle, standing }): readonly Addressee[] => [
    // Whoever reported a concern reads what became of it.
    ...standing.reports.map(({ heading }) => ({
      party: heading.fromMailbox.slice(0, heading.fromMailbox.lastIndexOf('/')),
      service: serviceOfMailbox(heading.fromMailbox),
      duty: 'INFORM' as const,
    })),
    ...[circle.responsibleLa, circle.areaLa].flatMap((party) =>
      party === null ? [] : [{ party, service: 'FRONT_DOOR' as const, duty: 'INFORM' as const }],
    ),
  ],
  told: ['Whoever reported a concern', 'The responsible authority and that of the area'],
  complete: (fields, { standing }) => ({ ...fields, undisposed: undisposed(fields, standing) }),
  due: () => null,
  overdueCode: null,
  alertCode: ({ undisposed: left }) => (Array.isArray(left) && left.length > 0 ? 'UNADDRESSED_RISK_FACTOR' : null),
  guardedBy: 'STANDING',
  guard,
  answers: [],
}
