import { z } from 'zod'
import { type AgencyName, agencies } from '../agencies.ts'
import type { Caller } from '../auth/caller.ts'
import type { ChildFacts, ConsentFact, HoldFact } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { agencyTypes, purposes } from '../policy/vocabulary.ts'
import type { Registry } from '../registry.ts'
import type { Database } from '../store/database.ts'
import { perTurn } from '../store/perTurn.ts'
import { ageOn, ukDay } from './day.ts'
import { type FactsQuestion, factsStatement } from './factsStatement.ts'
import { relationshipOf } from './relationshipOf.ts'
import type { Standing } from './standing.ts'

/** What the gateway itself knows of one child, for one caller's organisation. Everything in it is in force. */
export interface GatewayFacts {
  readonly childId: string
  readonly persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>
  readonly areaLa: string | null
  readonly bornOn: string | null
  /** Recorded relationship of the caller's organisation, the strongest. */
  readonly relationship: Exclude<ChildFacts['relationship'], 'NONE'> | null
  readonly agreement: boolean
  /** Whether the caller's authority sends or receives this child's record. */
  readonly transferParty: boolean
  readonly consents: readonly ConsentFact[]
  readonly holds: readonly HoldFact[]
  /** Whether this very person broke the glass for the child and the time has not run out. */
  readonly breakGlass: boolean
}

/** Facts of each child that the gateway knows; one that it does not know is absent. */
export type Facts = ReadonlyMap<string, GatewayFacts>

/** Looks children up, all in one statement, whoever asks for them in one turn. */
export const factsFrom = (database: Pick<Database, 'rows'>): ((question: FactsQuestion) => Promise<Facts>) =>
  perTurn(
    (questions: readonly FactsQuestion[]) => factsOfAll(database, questions),
    ({ childIds }) => childIds.length,
  )

async function factsOfAll(
  database: Pick<Database, 'rows'>,
  questions: readonly FactsQuestion[],
): Promise<readonly Facts[]> {
  const found = questions.map(() => new Map<string, GatewayFacts>())
  if (questions.every(({ childIds }) => childIds.length === 0)) return found
  for (const [place, ...row] of await database.rows(factsStatement(questions))) {
    const question = questions[Number(place)]
    if (!question) continue
    const facts = readFacts(row, ukDay(question.now))
    found[Number(place)]?.set(facts.childId, facts)
  }
  return found
}

/** What the policy needs: the gateway's facts, social care's standing, and what follows from both for this caller. */
export function childFacts(
  facts: GatewayFacts,
  standing: Standing | 'UNAVAILABLE',
  caller: Caller,
  registry: Registry,
  today: Date,
): ChildFacts {
  const known = standing === 'UNAVAILABLE' ? null : standing
  const responsibleLa = known?.responsibleLa ?? null
  const areaLa = known?.areaLa ?? facts.areaLa
  return {
    childId: facts.childId,
    persons: facts.persons,
    relationship: relationshipOf(caller, facts, { standing: known, responsibleLa, areaLa }, registry).relationship,
    harm: known ? known.harm : 'UNKNOWN',
    ageBand: ageBandOf(known?.dateOfBirth ?? facts.bornOn, known?.expectedDate ?? null, ukDay(today)),
    responsibleLa,
    areaLa,
    agreement: facts.agreement,
    breakGlass: facts.breakGlass,
    consents: facts.consents,
    holds: facts.holds,
  }
}

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
  giver: z.enum(['CHILD', 'PARENT']),
  competence: z.enum(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED']),
  recordedAt: z.string(),
  withdrawnAt: z.string().nullable(),
  expiresOn: z.string().nullable(),
})
const storedHold = z.object({
  id: z.string(),
  agency: z.enum(agencies),
  kind: z.enum(['DETRIMENT', 'EMBARGO', 'NOT_RELEVANT']),
  recordId: z.string().nullable(),
  label: z.string().nullable(),
  reviewOn: z.string().nullable(),
})
const storedConsents = z.array(storedConsent)
const storedHolds = z.array(storedHold)
/** An agency's name, which has no space in it, a space, and a person's id in that agency. */
const storedLinks = z.array(z.string())
const storedAgency = z.enum(agencies)
const storedId = z.string()
const storedKind = z.enum(['ALLOCATED', 'EPISODE', 'ON_ROLL']).nullable()

/** One row of `factsStatement`. What the store holds is checked like anything from outside: a wrong row fails, it never permits. */
function readFacts(row: readonly (string | null)[], day: string): GatewayFacts {
  const [childId, areaLa, bornOn, links, kind, agreement, party, consents, holds, breakGlass] = row
  return {
    childId: storedId.parse(childId),
    persons: personsOf(storedLinks.parse(JSON.parse(links ?? '[]'))),
    areaLa: areaLa ?? null,
    bornOn: bornOn ?? null,
    relationship: storedKind.parse(kind ?? null),
    agreement: agreement === 'true',
    transferParty: party === 'true',
    consents: storedConsents.parse(JSON.parse(consents ?? '[]')).flatMap((each) => consentNow(each, day)),
    holds: storedHolds
      .parse(JSON.parse(holds ?? '[]'))
      .map((each) => ({ ...each, label: knownLabel(each.label), reviewOn: each.reviewOn ?? '' })),
    breakGlass: breakGlass === 'true',
  }
}

/** Sorted here, where it costs less than in the statement. */
function personsOf(links: string[]): GatewayFacts['persons'] {
  const persons: Partial<Record<AgencyName, string[]>> = {}
  for (const link of links.sort()) {
    const end = link.indexOf(' ')
    const agency = storedAgency.parse(link.slice(0, end))
    const list = persons[agency] ?? []
    list.push(link.slice(end + 1))
    persons[agency] = list
  }
  return persons
}

/** A label this pack does not know holds back every label rather than none. */
const knownLabel = (label: string | null): Label | null => (label !== null && isLabel(label) ? label : null)

/** A withdrawal is an act of its own instant, so that it stands before a consent given earlier to the same. */
function consentNow(stored: z.infer<typeof storedConsent>, day: string): readonly ConsentFact[] {
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
