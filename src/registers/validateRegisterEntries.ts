import { Refusal } from '../foundation/errors.ts'
import { refuseImagery } from '../foundation/refuseImagery.ts'
import type { Label } from '../policy/labels.ts'
import type { AgencyType, Purpose } from '../policy/vocabulary.ts'
import type { ConsentRecord, NewConsent } from './consents.ts'
import type { Holder, NewHold } from './holds.ts'
import type { NewRelationship } from './workingRelationships.ts'

const refuse = (message: string): never => {
  throw new Refusal('BAD_INPUT', { message })
}

const longestText = 2000

/** Free text that a person typed: bounded, and never a picture. */
const textIn = (text: string): string => {
  refuseImagery(text)
  const trimmed = text.trim()
  if (trimmed.length > longestText) return refuse(`A text is ${longestText} characters at most.`)
  return trimmed
}

const neededText = (text: string, what: string): string => textIn(text) || refuse(`${what} is needed.`)

export interface ConsentInput {
  readonly childId: string
  readonly state: ConsentRecord['state']
  readonly labels?: readonly Label[] | null
  readonly recipient?: AgencyType | null
  readonly purpose?: Purpose | null
  readonly giver: ConsentRecord['giver']
  readonly competence: ConsentRecord['competence']
  readonly givenBy?: string | null
  readonly evidence?: string | null
  readonly expiresOn?: string | null
}

/** A consent ready for the register. Withdrawn and expired are what becomes of one, and cannot be recorded. */
export function newConsent(input: ConsentInput, today: string): NewConsent {
  const { state } = input
  if (state === 'WITHDRAWN' || state === 'EXPIRED') return refuse('Record GIVEN, REFUSED or NOT_SOUGHT.')
  if (input.expiresOn && input.expiresOn < today) return refuse('A consent cannot have expired already.')
  if (input.giver === 'BEST_INTERESTS' && !input.evidence)
    return refuse('A decision in their best interests says who decided, when, and who was consulted.')
  // A consent opens records to whoever writes it down: on what it rests is there to be asked about.
  if (state === 'GIVEN' && !input.evidence?.trim())
    return refuse('A consent that was given is recorded with its evidence: who said it, when and how.')
  return {
    childId: input.childId,
    state,
    labels: [...new Set(input.labels ?? [])],
    recipient: input.recipient ?? null,
    purpose: input.purpose ?? null,
    giver: input.giver,
    givenBy: input.givenBy ?? null,
    competence: input.competence,
    evidence: input.evidence ? textIn(input.evidence) : null,
    expiresOn: input.expiresOn ?? null,
  }
}

export interface HoldInput {
  readonly childId: string
  readonly kind: NewHold['kind']
  readonly recordId?: string | null
  readonly label?: Label | null
  readonly reason: string
  readonly reviewOn: string
  readonly until?: string | null
  readonly recipient?: AgencyType | null
  readonly recipientOrganisation?: string | null
}

/** A hold ready for the register. `recordId` is as a view gave it, `<agency>:<id>`, or the agency's own. */
export function newHold(
  input: HoldInput,
  { agency, organisation, names = [agency] }: Holder,
  owner: string,
  now: Date,
  today: string,
): NewHold {
  const recordId = input.recordId ? ownRecordId(input.recordId, names) : null
  if (recordId === null && !input.label) return refuse('Name a record or a label.')
  if (input.kind === 'NOT_RELEVANT' && recordId === null) return refuse('Name the record that is not relevant.')
  const reviewOn = reviewDay(input.reviewOn, today)
  if (input.kind === 'EMBARGO' && !(input.until && Date.parse(input.until) > now.getTime()))
    return refuse('An embargo needs an end in the future.')
  if (input.recipientOrganisation && !organisationCode.test(input.recipientOrganisation))
    return refuse('An organisation is named by its code.')
  if (input.kind === 'NOT_RELEVANT' && (input.recipient || input.recipientOrganisation))
    return refuse('What is not relevant is so for everybody.')
  return {
    childId: input.childId,
    kind: input.kind,
    agency,
    organisation,
    recordId,
    label: input.label ?? null,
    reason: neededText(input.reason, 'A reason'),
    owner,
    reviewOn,
    until: input.until ?? null,
    recipient: input.recipient ?? null,
    recipientOrganisation: input.recipientOrganisation ?? null,
  }
}

/** The day of the next review. A review that is put off for years is none. */
export function reviewDay(day: string, today: string): string {
  if (day < today) return refuse('The review lies in the past.')
  const furthest = new Date(`${today}T00:00:00Z`)
  furthest.setUTCFullYear(furthest.getUTCFullYear() + 1)
  if (day > furthest.toISOString().slice(0, 10)) return refuse('The review must be within a year.')
  return day
}

/**
 * The holder's own id of a record that a view named `<holder>:<id>`, or with the kind in front where the holder was not
 * told. An organisation decides on its own records alone.
 *
 * @param names the kind, and the organisation's own holders of it.
 */
export function ownRecordId(id: string, names: readonly string[]): string {
  if (id.length > 200) return refuse('A record id is 200 characters at most.')
  const colon = id.indexOf(':')
  if (colon < 0) return id
  if (!names.includes(id.slice(0, colon))) throw new Refusal('FORBIDDEN', { extensions: { reason: 'NOT_THE_HOLDER' } })
  return id.slice(colon + 1) || refuse('A record id is needed.')
}

export interface RelationshipInput {
  readonly childId: string
  readonly organisation: string
  readonly kind: NewRelationship['kind']
  readonly from?: string | null
  readonly basis: string
}

const organisationCode = /^[A-Z0-9](?:[A-Z0-9-]{0,28}[A-Z0-9])?$/

/** A relationship ready for the register. It may begin in the past, as allocation does, and not in the future. */
export function newRelationship(input: RelationshipInput, today: string): NewRelationship {
  const from = input.from ?? today
  if (!organisationCode.test(input.organisation)) return refuse('An organisation is named by its code.')
  if (from > today) return refuse('A relationship is recorded when it begins.')
  return {
    childId: input.childId,
    organisation: input.organisation,
    kind: input.kind,
    from,
    basis: neededText(input.basis, 'What it rests on'),
  }
}

/** The reason of a withdrawal or release. */
export const reasonIn = (reason: string | null | undefined): string | null => (reason ? textIn(reason) || null : null)

/** The reason where one is needed. */
export const neededReason = (reason: string): string => neededText(reason, 'A reason')
