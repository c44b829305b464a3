import { z } from 'zod'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import {
  type ChildFacts,
  type ConsentFact,
  type CourtOrderFact,
  consentGivers,
  type HoldFact,
  holdKinds,
} from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { agencyTypes, purposes } from '../policy/vocabulary.ts'
import { ageOn, ukDay } from '../records/day.ts'
import { batchPerTick } from '../store/batchPerTick.ts'
import { type ChangeVersions, changeVersionFrom } from '../store/changes.ts'
import type { Database, StoredRow } from '../store/database.ts'
import type { CaseStatus } from './caseStatus.ts'
import { type FactsQuestion, factRows, factsStatement } from './factsStatement.ts'
import type { Facts, GatewayFacts } from './gatewayFacts.ts'
import { harmOf } from './harm.ts'
import { lastKnownIn, lastKnownOf } from './lastKnown.ts'
import { heard, type ResponsibilityFact } from './parentalResponsibility.ts'
import { relationshipOf } from './relationship.ts'

/** Looks children up, all in one statement, whoever asks for them in one turn. */
export const factsFrom = (database: Pick<Database, 'wireRows'>): ((question: FactsQuestion) => Promise<Facts>) =>
  batchPerTick(
    (questions: readonly FactsQuestion[]) => factsOfAll(database, questions),
    ({ childIds }) => childIds.length,
  )

async function factsOfAll(
  database: Pick<Database, 'wireRows'>,
  questions: readonly FactsQuestion[],
): Promise<readonly Facts[]> {
  if (questions.every(({ childIds }) => childIds.length === 0))
    return questions.map(() => ({ known: new Map(), asked: new Map(), changeVersions: new Map() }))
  const rows = await database.wireRows(factsStatement(questions))
  const found = groupedFacts(rows)
  const changeVersions = stampsIn(rows)
  return questions.map((question) => ({
    known: factsOf(question, found),
    asked: askedOf(question, found),
    changeVersions,
  }))
}

const stampsIn = (rows: readonly StoredRow[]): ChangeVersions =>
  new Map(
    rows
      .filter((row) => row.text(0) === factRows.stamp)
      .map((row) => [row.text(1) ?? '', changeVersionFrom(row.text(2), null)]),
  )

/** Rows of `factsStatement` by what they tell, and whose they are. */
type GroupedFacts = (what: keyof typeof factRows, whose: string) => readonly StoredRow[]

function groupedFacts(rows: readonly StoredRow[]): GroupedFacts {
  const groups = new Map<string, StoredRow[]>()
  for (const row of rows) {
    const key = `${row.text(0)} ${row.text(1)}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return (what, whose) => groups.get(`${factRows[what]} ${whose}`) ?? nothingKnown
}

const nothingKnown: readonly StoredRow[] = []

function factsOf({ caller, childIds, now, today }: FactsQuestion, found: GroupedFacts): Facts['known'] {
  const [nowDay, day] = [ukDay(now), ukDay(today)]
  const hasBegun = (from: string | null) => from === null || from <= day
  const agreement = found('agreement', caller.organisation).some((row) => {
    const to = row.text(5)
    return hasBegun(row.text(4)) && (to === null || to >= day) && isFor(caller.purpose, row.text(2))
  })
  const facts = new Map<string, GatewayFacts>()
  for (const childId of childIds) {
    const [child] = found('child', childId)
    if (!child) continue
    const kinds = found('relationship', childId).flatMap((row) => {
      const to = row.text(5)
      const isTheirs = row.text(2) === caller.organisation && hasBegun(row.text(4)) && (to === null || to > day)
      return isTheirs ? [row.text(3)] : []
    })
    const links = found('link', childId)
    const holds = found('holds', childId).flatMap((row) => storedHolds.parse(JSON.parse(row.text(2) ?? '')))
    const broken = found('breakGlass', childId).filter(
      (row) => row.text(2) === caller.organisation && row.text(3) === caller.subject && row.text(4) === caller.issuer,
    )
    // Nobody opens more of a child by their own word.
    const signals = found('signal', childId).filter((row) => row.text(3) !== caller.organisation)
    facts.set(childId, {
      childId,
      ...personsOf(links),
      areaLa: child.text(2),
      bornOn: child.text(3),
      protectedBy: (child.text(4) ?? '')
        .split(' ')
        .flatMap((agency) => (agency === '' ? [] : [storedAgency.parse(agency)])),
      lastKnown: lastKnownIn(child.text(5)),
      relationship: strongest(kinds),
      agreement,
      transferParty: found('transfer', childId).some(
        (row) => caller.la !== null && isNotified(row) && (row.text(2) === caller.la || row.text(3) === caller.la),
      ),
      consents: heard(
        found('consents', childId).flatMap((row) => consentsOf(row.text(2) ?? '', nowDay)),
        found('responsibility', childId).map(responsibilityIn),
      ),
      holds: holds.map(holdOf),
      breakGlass: broken.length > 0,
      barred: found('bar', childId).some(
        (row) => row.text(2) === caller.subject && (row.text(3) === null || row.text(3) === caller.issuer),
      ),
      orders: found('order', childId).flatMap((row) =>
        row.text(3) === caller.organisation && (row.text(5) ?? '') >= nowDay ? orderIn(row.text(2) ?? '') : [],
      ),
      harmSignal: signals.length > 0,
      endsAt: endOf([
        ...links.map((row) => row.text(4)),
        ...holds.map((hold) => hold.endsAt),
        ...broken.map((row) => row.text(5)),
        ...signals.map((row) => row.text(2)),
      ]),
    })
  }
  return facts
}

/** An agreement that names purposes holds for those alone. */
const isFor = (purpose: string, json: string | null): boolean =>
  json === null || storedPurposes.parse(JSON.parse(json)).includes(purpose)
const storedPurposes = z.array(z.string())

const isNotified = (row: StoredRow): boolean => row.text(5) === 'true'

const askedOf = ({ caller, childIds }: FactsQuestion, found: GroupedFacts): Facts['asked'] =>
  new Map(
    childIds.flatMap((childId) => {
      const rows = found('transfer', childId).filter((row) => row.text(3) === caller.la && !isNotified(row))
      const asked = rows.map((row) => ({
        fromLa: row.text(2) ?? '',
        toLa: row.text(3) ?? '',
        type: row.text(4) ?? '',
        isNotified: false,
      }))
      return asked.length === 0 ? [] : [[childId, asked] as const]
    }),
  )

/**
 * What the policy needs: the gateway's facts, social care's case status, and what follows from both for this caller.
 */
export function childFacts(
  facts: GatewayFacts & Pick<ChildFacts, 'missing'>,
  caseStatus: CaseStatus | 'UNAVAILABLE',
  caller: Caller,
  registry: Registry,
  today: Date,
): ChildFacts {
  const known = caseStatus === 'UNAVAILABLE' ? null : caseStatus
  const where = known ? lastKnownOf(known) : facts.lastKnown
  const responsibleLa = where?.responsibleLa ?? null
  const areaLa = where?.areaLa ?? facts.areaLa
  return {
    childId: facts.childId,
    persons: facts.persons,
    ...(facts.holders ? { holders: facts.holders } : {}),
    relationship: relationshipOf(caller, facts, { ...(where ?? nowhere), responsibleLa, areaLa }, registry)
      .relationship,
    harm: harmOf(known?.harm ?? null, facts.harmSignal),
    harmSince: known?.harmSince ?? null,
    placedForAdoption: known?.placedForAdoption ?? false,
    ...(facts.missing ? { missing: facts.missing } : {}),
    ...(facts.barred ? { barred: true } : {}),
    orders: facts.orders,
    ageBand: ageBandOf(known?.dateOfBirth ?? facts.bornOn, known?.expectedDate ?? null, ukDay(today)),
    responsibleLa,
    areaLa,
    isPlaced: known?.isPlaced ?? false,
    ...(known === null && where !== null
      ? { asLastKnown: { responsibleLa: where.responsibleLa, areaLa: where.areaLa } }
      : {}),
    agreement: facts.agreement,
    breakGlass: facts.breakGlass,
    placeProtected: facts.protectedBy.length > 0,
    consents: known?.hasAuthorityResponsibility
      ? facts.consents
      : facts.consents.filter(({ giver }) => giver !== 'AUTHORITY'),
    holds: facts.holds,
  }
}

/** Social care never answered: whose area it is must do. */
const nowhere = { areaForce: null, isLookedAfter: false, isKnown: true, hasReasonableCause: true }

/** The band changes on the birthday. A child not yet born is under 13. */
export function ageBandOf(bornOn: string | null, expectedOn: string | null, day: string): ChildFacts['ageBand'] {
  if (bornOn === null) return expectedOn === null ? 'UNKNOWN' : 'UNDER_13'
  const age = ageOn(bornOn, day)
  if (age < 13) return 'UNDER_13'
  if (age < 16) return '13_TO_15'
  return age < 18 ? '16_TO_17' : 'ADULT'
}

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
const storedHolds = z.array(storedHold)
const storedId = z.string()
const storedAgency = z.enum(agencies)
const relationships = ['ALLOCATED', 'EPISODE', 'ON_ROLL'] as const
const storedKind = z.enum(relationships)

// What the store holds is checked like anything from outside: a wrong row fails, it never permits.

const consentsOf = (json: string, day: string): readonly (ConsentFact & { readonly givenBy: string | null })[] =>
  storedConsents.parse(JSON.parse(json)).flatMap((each) => consentNow(each, day))

const responsibilityIn = (row: StoredRow): ResponsibilityFact => ({
  id: storedId.parse(row.text(2)),
  disputed: row.text(3) === 'true',
  notToBeAsked: row.text(4) === 'true',
})

/** Labels that are not known are not covered; an order of which none is known covers nothing. */
function orderIn(json: string): readonly CourtOrderFact[] {
  const { id, labels: stored, madeOn } = storedOrder.parse(JSON.parse(json))
  const labels = stored.filter(isLabel)
  return labels.length === 0 && stored.length > 0 ? [] : [{ id, labels, madeOn }]
}

const holdOf = ({
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

/** The first of some ends, which are in seconds. */
function endOf(ends: readonly (string | number | null)[]): number | null {
  const milliseconds = ends.flatMap((end) => (end === null ? [] : [Number(end) * 1000]))
  return milliseconds.length === 0 ? null : Math.min(...milliseconds)
}

/** The strongest that is known; a kind that is not known fails where there is no other. */
function strongest(kinds: readonly (string | null)[]): GatewayFacts['relationship'] {
  if (kinds.length === 0) return null
  return relationships.find((kind) => kinds.includes(kind)) ?? storedKind.parse(kinds[0])
}

function personsOf(links: readonly StoredRow[]): Pick<GatewayFacts, 'persons' | 'holders'> {
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
