import { createHash } from 'node:crypto'
import type { ChildFacts, ConsentFact } from '../policy/facts.ts'
import { speakingConsents } from '../policy/validConsent.ts'
import type { AgencyType, Purpose } from '../policy/vocabulary.ts'
import type { EntryChild } from './entry.ts'

/** For whom a child was decided on. */
export interface DecidedFor {
  readonly agencyType: AgencyType
  readonly purpose: Purpose
  /** In the words of `replayDecision.ts`. */
  readonly text: string
}

interface Described {
  readonly decidedFor: string
  readonly facts: EntryChild['facts']
}

/** The same facts come again while one caller asks about one child. */
const described = new WeakMap<ChildFacts, Described>()

/**
 * What an entry says of the facts by which a child was decided on. Of consents it names those that spoke for this
 * recipient and purpose, of holds those on a whole label, and of both registers as they stood a digest: so an entry is
 * as long as its decision, not as its child's history. Frozen, so that its text is written once as well.
 */
export function entryFacts(facts: ChildFacts, { agencyType, purpose, text }: DecidedFor): EntryChild['facts'] {
  const known = described.get(facts)
  if (known?.decidedFor === text) return known.facts
  const { ageBand } = facts
  const consents = speakingConsents(facts.consents, { recipient: agencyType, purpose, ageBand })
  const holds = facts.holds.filter(({ recordId }) => recordId === null)
  const made = Object.freeze({
    relationship: facts.relationship,
    harm: facts.harm,
    ageBand,
    agreement: facts.agreement,
    breakGlass: facts.breakGlass,
    ...decidedOnlyThere(facts, purpose),
    responsibleLa: facts.responsibleLa ?? 'NONE',
    areaLa: facts.areaLa ?? 'NONE',
    ...(facts.asLastKnown ? { authorities: 'AS_LAST_KNOWN' } : {}),
    consents: consents.map(({ id, state }: ConsentFact) => `${id}:${state}`).join(' '),
    holds: holds.map(({ id }) => id).join(' '),
    decidedFor: text,
    // What `replayDecision.ts` needs besides: what consents and holds said, without what they rest on.
    ...(consents.length > 0 ? { consentsSaid: JSON.stringify(consents) } : {}),
    ...(holds.length > 0 ? { holdsSaid: JSON.stringify(holds) } : {}),
    ...registersDigest(facts),
  })
  described.set(facts, { decidedFor: text, facts: made })
  return made
}

/** Facts that only some decisions look at, where they did. */
const decidedOnlyThere = (facts: ChildFacts, purpose: Purpose): EntryChild['facts'] => ({
  ...(purpose === 'MISSING_RESPONSE' && facts.missing ? { missing: facts.missing } : {}),
  ...(facts.placedForAdoption ? { placedForAdoption: true } : {}),
  ...(purpose === 'COURT_ORDER' && (facts.orders?.length ?? 0) > 0 ? { ordersSaid: JSON.stringify(facts.orders) } : {}),
})

const digests = new WeakMap<ChildFacts, string>()

/**
 * SHA-256 of every consent and hold that stood, so that it can be shown what the registers held when it was decided.
 */
function registersDigest(facts: ChildFacts): { readonly registersDigest?: string } {
  const { consents, holds } = facts
  if (consents.length === 0 && holds.length === 0) return {}
  let digest = digests.get(facts)
  if (digest === undefined) {
    digest = createHash('sha256').update(JSON.stringify({ consents, holds })).digest('hex')
    digests.set(facts, digest)
  }
  return { registersDigest: digest }
}
