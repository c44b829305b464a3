import { Refusal } from '../foundation/errors.ts'
import type { Label } from '../policy/labels.ts'
import { laterDay } from '../records/dayAndAge.ts'
import type { NewBar, NewCourtOrder, NewResponsibility } from './legalRecords.ts'
import { neededReason, reasonIn } from './validateRegisterEntries.ts'

const refuse = (message: string): never => {
  throw new Refusal('BAD_INPUT', { message })
}

const code = /^[A-Z0-9](?:[A-Z0-9-]{0,28}[A-Z0-9])?$/

/** An order ready for the register: made by today, with an end within a year, for one organisation. */
export function newCourtOrder(input: NewCourtOrder, today: string): NewCourtOrder {
  if (!code.test(input.recipient)) return refuse('An organisation is named by its code.')
  if (input.madeOn > today) return refuse('An order is recorded once it is made.')
  if (input.expiresOn < today) return refuse('The order has run out.')
  if (input.expiresOn > laterDay(today, 366)) return refuse('An order is recorded for a year at most, and then again.')
  if (input.labels.includes('LEGAL_PRIVILEGE'))
    return refuse('Legal advice is not opened by an order that is recorded.')
  return {
    ...input,
    court: neededReason(input.court),
    reference: neededReason(input.reference),
    labels: [...new Set<Label>(input.labels)],
  }
}

/** A parental responsibility ready for the register. Who is not to be asked, and what is disputed, needs its reason. */
export function newResponsibility(input: NewResponsibility, today: string): NewResponsibility {
  if (input.from > today) return refuse('A responsibility is recorded when it begins.')
  const reason = reasonIn(input.reason)
  if ((input.disputed || input.notToBeAsked) && reason === null) return refuse('A reason is needed.')
  return { ...input, holder: neededReason(input.holder), limits: reasonIn(input.limits), reason }
}

/** A bar ready for the register. Nobody bars themselves out of an oversight: whoever records it is another. */
export function newBar(input: NewBar, recorder: string): NewBar {
  const subject = input.subject.trim()
  if (subject === '' || subject.length > 200) return refuse('Name the person as in their token.')
  if (subject === recorder) return refuse('Somebody else records a bar against you.')
  return { ...input, subject, issuer: input.issuer?.trim() || null, reason: neededReason(input.reason) }
}

/** How long a word of harm counts. */
export const signalDays = (days: number): number =>
  Number.isInteger(days) && days >= 1 && days <= 14 ? days : refuse('For 1 to 14 days.')
