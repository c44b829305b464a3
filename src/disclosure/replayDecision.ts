import { z } from 'zod'
import type { AuditEntry, EntryAgency, EntryChild } from '../audit/entry.ts'
import { type AgencyName, agencies, eachAgency } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import type { Policy, PolicySource } from '../policy/compilePolicy.ts'
import {
  type ChildFacts,
  type ConsentFact,
  type CourtOrderFact,
  consentGivers,
  type HoldFact,
  holdKinds,
} from '../policy/facts.ts'
import { allWithheld } from '../policy/grant.ts'
import { labels, labelsIn } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { roleName } from '../policy/roleNames.ts'
import { agencyTypes, type Purpose, purposes } from '../policy/vocabulary.ts'
import { subjectGrants } from '../subjectAccess/subjectGrants.ts'

/** A past decision, decided again. */
export interface Replay {
  readonly leaf: string
  readonly at: string
  readonly pack: string
  /** SAME, DIFFERENT, or why it cannot be said. */
  readonly verdict: 'SAME' | 'DIFFERENT' | 'PACK_UNKNOWN' | 'NOTHING_DECIDED' | 'FACTS_MISSING'
  /** Decisions compared: one for each child and agency that was asked. */
  readonly compared: number
  /** Whole sentences, one for each difference. */
  readonly differences: readonly string[]
}

const purpose = z.string().refine((text): text is Purpose => (purposes as readonly string[]).includes(text))
const label = z.enum(labels)
const decidedFor = z.object({
  agencyType: z.enum(agencyTypes),
  role: roleName,
  purpose,
  /** Labels that the token kept its bearer to. */
  categories: z.array(label).nullable(),
  /** By whose rules, where not by the pack's. */
  door: z.literal('SUBJECT_ACCESS').optional(),
})
const consents = z.array(
  z.object({
    id: z.string(),
    state: z.enum(['NOT_SOUGHT', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED']),
    labels: z.array(label),
    recipient: z.enum(agencyTypes).nullable(),
    purpose: purpose.nullable(),
    giver: z.enum(consentGivers),
    competence: z.enum(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED']),
    recordedAt: z.string(),
  }),
)
const holds = z.array(
  z.object({
    id: z.string(),
    agency: z.enum(agencies),
    /** Entries of an earlier version do not say whose decision a hold is: it then stands before everybody. */
    organisation: z.string().default(''),
    kind: z.enum(holdKinds),
    recordId: z.null(),
    label: label.nullable(),
    reviewOn: z.string(),
    recipient: z.enum(agencyTypes).nullish(),
    recipientOrganisation: z.string().nullish(),
    recordedOn: z.string().default(''),
  }),
)
const orders = z.array(z.object({ id: z.string(), labels: z.array(label), madeOn: z.string() }))
const stored = z.object({
  relationship: z.enum(['ALLOCATED', 'EPISODE', 'ON_ROLL', 'PLACED_IN_AREA', 'NONE']),
  harm: z.enum(['NONE', 'CONCERN', 'REASONABLE_CAUSE', 'UNKNOWN']),
  ageBand: z.enum(['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN']),
  agreement: z.boolean(),
  breakGlass: z.boolean(),
  decidedFor: z.string(),
  missing: z.enum(['SUPPORTED', 'UNSUPPORTED']).optional(),
  placedForAdoption: z.boolean().default(false),
  ordersSaid: z.string().optional(),
  consentsSaid: z.string().optional(),
  holdsSaid: z.string().optional(),
})

/**
 * Decides again, with nothing but the entry and the pack that it names, and compares labels and codes. Records are not
 * read.
 */
export function replayEntry(
  entry: AuditEntry,
  policy: Policy | null,
  sourceOf: (agency: AgencyName) => PolicySource,
): Replay {
  const said = { leaf: entry.id, at: entry.at, pack: entry.pack.id, compared: 0, differences: [] }
  const decided = entry.children.filter(({ agencies }) => Object.keys(agencies).length > 0)
  if (decided.length === 0) return { ...said, verdict: 'NOTHING_DECIDED' }
  if (policy === null || policy.hash !== entry.pack.hash) return { ...said, verdict: 'PACK_UNKNOWN' }
  const differences: string[] = []
  let compared = 0
  for (const child of decided) {
    const known = factsIn(entry, child)
    if (known === null) return { ...said, verdict: 'FACTS_MISSING' }
    for (const agency of agencies) {
      const recorded = child.agencies[agency]
      if (!recorded) continue
      compared++
      const source = sourceOf(agency)
      const again = (isByHolder: boolean) => {
        const grant = known.isSubjects
          ? subjectGrants({
              facts: known.facts,
              labelsOf: eachAgency((each) => sourceOf(each).labels),
              homes: eachAgency((each) => sourceOf(each).home),
              organisation: entry.caller.organisation,
              asOf: child.asOf,
            })[agency]
          : policy.grantFor(known.caller, known.facts, { ...source, isByHolder }, child.asOf)
        const { headline, content, redact } = grantOfSomeRow(grant)
        return differencesOf(`${child.id}, ${agency}`, recorded, {
          headline: labelsIn(headline & ~content),
          content: labelsIn(content),
          redacted: labelsIn(redact),
          withheld: allWithheld(grant).map(({ label, level, reason }) => ({ label, level, reason })),
        })
      }
      const found = again(source.isByHolder === true)
      // Before holders were told apart, what one held back stood for all: such an entry is decided as it was then.
      const isOlder = found.length > 0 && source.isByHolder === true && again(false).length === 0
      if (!isOlder) differences.push(...found)
    }
  }
  return { ...said, verdict: differences.length === 0 ? 'SAME' : 'DIFFERENT', compared, differences }
}

type Decided = Pick<EntryAgency, 'headline' | 'content' | 'redacted' | 'withheld'>

function differencesOf(where: string, recorded: Decided, again: Decided): readonly string[] {
  const lists = (['headline', 'content', 'redacted'] as const).flatMap((part) =>
    differs(recorded[part], again[part]).map((each) => `${where}: ${part} ${each}.`),
  )
  const codes = ({ withheld }: Decided) => withheld.map(({ label, level, reason }) => `${label} ${level} ${reason}`)
  return [...lists, ...differs(codes(recorded), codes(again)).map((each) => `${where}: withheld ${each}.`)]
}

const differs = (recorded: readonly string[], again: readonly string[]): readonly string[] => [
  ...recorded.filter((each) => !again.includes(each)).map((each) => `${each} was recorded and is not decided again`),
  ...again.filter((each) => !recorded.includes(each)).map((each) => `${each} is decided now and was not recorded`),
]

/** The facts of the decision. Entries of an earlier version hold too few of them. */
function factsIn(
  entry: AuditEntry,
  child: EntryChild,
): { readonly caller: Caller; readonly facts: ChildFacts; readonly isSubjects: boolean } | null {
  const read = stored.safeParse(child.facts)
  if (!read.success) return null
  const { decidedFor: who, consentsSaid, holdsSaid, ordersSaid, missing, ...facts } = read.data
  const party = parsed(decidedFor, who)
  const list: readonly ConsentFact[] | null = parsed(consents, consentsSaid ?? '[]')
  const held: readonly HoldFact[] | null = heldIn(holdsSaid ?? '[]')
  const ordered: readonly CourtOrderFact[] | null = parsed(orders, ordersSaid ?? '[]')
  if (!party || !list || !held || !ordered) return null
  const { categories, door, ...decided } = party
  return {
    isSubjects: door === 'SUBJECT_ACCESS',
    // Only role, purpose and type of organisation enter a decision; the rest says whose entry it is.
    caller: {
      ...entry.caller,
      la: null,
      force: null,
      expiresAt: 0,
      ...decided,
      ...(categories ? { scope: { child: null, transfer: null, episode: null, basis: null, categories } } : {}),
    },
    facts: {
      ...facts,
      ...(missing ? { missing } : {}),
      orders: ordered,
      childId: child.id,
      persons: {},
      responsibleLa: null,
      areaLa: null,
      // Kept out of the entry, which others read: it enters no label's decision.
      placeProtected: false,
      consents: list,
      holds: held,
    },
  }
}

/** Absent, and not undefined, where a hold stands before everybody. */
const heldIn = (text: string): readonly HoldFact[] | null =>
  parsed(holds, text)?.map(({ recipient, recipientOrganisation, ...hold }) => ({
    ...hold,
    recipient: recipient ?? null,
    recipientOrganisation: recipientOrganisation ?? null,
  })) ?? null

/** What an entry says in JSON, or null: an entry of another version is reported as one whose facts are missing. */
function parsed<Read>(schema: z.ZodType<Read>, text: string): Read | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
