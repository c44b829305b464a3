import { z } from 'zod'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { type ConsentFact, type CourtOrderFact, consentGivers, type HoldFact, holdKinds } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { agencyTypes, purposes } from '../policy/vocabulary.ts'
import { ukDay } from '../records/dayAndAge.ts'
import type { StoredRow } from '../store/database.ts'
import type { GatewayFacts } from './gatewayFacts.ts'
import type { ResponsibilityFact } from './parentalResponsibility.ts'

/** Consents as stored: their state now is judged when they are read, never written. */
const storedConsent = z.object({
  id: z.string(),
  state: z.enum(['NOT_SOUGHT', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED']),
  labels: z.array(z.string()),
  recipient: z.enum(agencyTypes).nullable(),
  purpose: z.enum(purposes).nullable(),
  giver: z.enum(consentGivers),
  givenBy: z.string().nullable(),
  competence: z.enum(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED']),
  recordedAt: z.string(),
  withdrawnAt: z.string().nullable(),
  expiresOn: z.string().nullable(),
})
const storedHold = z.object({
  id: z.string(),
  agency: z.enum(agencies),
  organisation: z.string().nullable(),
  kind: z.enum(holdKinds),
  recordId: z.string().nullable(),
  label: z.string().nullable(),
  reviewOn: z.string().nullable(),
  recipient: z.enum(agencyTypes).nullable(),
  recipientOrganisation: z.string().nullable(),
  recordedAt: z.string(),
  endsAt: z.number().nullable(),
})
const storedOrder = z.object({ id: z.string(), labels: z.array(z.string()), madeOn: z.string() })
const storedConsents = z.array(storedConsent)
export const storedHolds = z.array(storedHold)
const storedId = z.string()
export const storedAgency = z.enum(agencies)
const relationships = ['ALLOCATED', 'EPISODE', 'ON_ROLL'] as const
const storedKind = z.enum(relationships)

// What the store holds is checked like anything from outside: a wrong row fails, it never permits.

export const consentsOf = (json: string, day: string): readonly (ConsentFact & { readonly givenBy: string | null })[] =>
  storedConsents.parse(JSON.parse(json)).flatMap((each) => consentNow(each, day))

export const responsibilityIn = (row: StoredRow): ResponsibilityFact => ({
  id: storedId.parse(row.text(2)),
  disputed: row.text(3) === 'true',
  notToBeAsked: row.text(4) === 'true',
})

/** Labels that are not known are not covered; an order of which none is known covers nothing. */
export function orderIn(json: string): readonly CourtOrderFact[] {
  const { id, labels: stored, madeOn } = storedOrder.parse(JSON.parse(json))
  const labels = stored.filter(isLabel)
  return labels.length === 0 && stored.length > 0 ? [] : [{ id, labels, madeOn }]
}

export const holdOf = ({
  endsAt: _endsAt,
  recipient,
  recipientOrganisation,
  recordedAt,
  ...stored
}: z.infer<typeof storedHold>): HoldFact => ({
  ...stored,
  // Left out where it stands before everybody, as nearly all do: facts are kept, and written into entries.
  ...(recipient === null ? {} : { recipient }),
  ...(recipientOrganisation === null ? {} : { recipientOrganisation }),
  recordedOn: ukDay(new Date(recordedAt)),
  organisation: stored.organisation ?? '',
  label: knownLabel(stored.label),
  reviewOn: stored.reviewOn ?? '',
})

/** The strongest that is known; a kind that is not known fails where there is no other. */
export function strongest(kinds: readonly (string | null)[]): GatewayFacts['relationship'] {
  if (kinds.length === 0) return null
  return relationships.find((kind) => kinds.includes(kind)) ?? storedKind.parse(kinds[0])
}

export function personsOf(links: readonly StoredRow[]): Pick<GatewayFacts, 'persons' | 'holders'> {
  const linked = links
    .map((link) => ({
      agency: storedAgency.parse(link.text(2)),
      person: storedId.parse(link.text(3)),
      of: link.text(5),
    }))
    .sort((one, other) => (keyOfLink(one) < keyOfLink(other) ? -1 : 1))
  const persons: Partial<Record<AgencyName, string[]>> = {}
  const holders: Partial<Record<AgencyName, string[]>> = {}
  for (const { agency, person, of } of linked) {
    persons[agency] = [...(persons[agency] ?? []), person]
    holders[agency] = [...(holders[agency] ?? []), of ?? '']
  }
  return linked.some(({ of }) => of) ? { persons, holders } : { persons }
}

const keyOfLink = ({ person, of }: { readonly person: string; readonly of: string | null }): string =>
  `${person} ${of ?? ''}`

/** A label this pack does not know holds back every label rather than none. */
const knownLabel = (label: string | null): Label | null => (label !== null && isLabel(label) ? label : null)

/** A withdrawal is an act of its own instant, so that it stands before a consent given earlier to the same. */
function consentNow(
  stored: z.infer<typeof storedConsent>,
  day: string,
): readonly (ConsentFact & { readonly givenBy: string | null })[] {
  const { withdrawnAt, expiresOn, ...consent } = stored
  const labels = consent.labels.filter(isLabel)
  // Labels that are all unknown cover nothing; an empty list would cover everything.
  if (labels.length === 0 && consent.labels.length > 0) return []
  return [{ ...consent, labels, state: stateNow(stored, day), recordedAt: withdrawnAt ?? consent.recordedAt }]
}

/** Withdrawn at once; expired once the day it names is over. */
export const stateNow = (
  stored: {
    readonly state: ConsentFact['state']
    readonly withdrawnAt: string | null
    readonly expiresOn: string | null
  },
  day: string,
): ConsentFact['state'] => {
  if (stored.withdrawnAt !== null) return 'WITHDRAWN'
  return stored.expiresOn !== null && stored.expiresOn < day && stored.state !== 'NOT_SOUGHT' ? 'EXPIRED' : stored.state
}
