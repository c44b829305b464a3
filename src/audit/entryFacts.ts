import type { ChildFacts } from '../policy/facts.ts'
import type { EntryChild } from './entry.ts'

interface Told {
  readonly decidedFor: string
  readonly facts: EntryChild['facts']
}

/** The same facts come again while one caller asks about one child. */
const told = new WeakMap<ChildFacts, Told>()

/**
 * What a leaf says of the facts by which a child was decided on. Frozen, so that its text is written once as well.
 *
 * @param decidedFor for whom, in the words of `replay.ts`.
 */
export function entryFacts(facts: ChildFacts, decidedFor: string): EntryChild['facts'] {
  const known = told.get(facts)
  if (known?.decidedFor === decidedFor) return known.facts
  const made = Object.freeze({
    relationship: facts.relationship,
    harm: facts.harm,
    ageBand: facts.ageBand,
    agreement: facts.agreement,
    breakGlass: facts.breakGlass,
    responsibleLa: facts.responsibleLa ?? 'NONE',
    areaLa: facts.areaLa ?? 'NONE',
    consents: facts.consents.map(({ id, state }) => `${id}:${state}`).join(' '),
    holds: facts.holds.map(({ id }) => id).join(' '),
    ...replayFacts(facts, decidedFor),
  })
  told.set(facts, { decidedFor, facts: made })
  return made
}

/** What `replay.ts` needs besides: for whom it was decided, and what consents and holds said, without what they rest on. */
const replayFacts = (facts: ChildFacts, decidedFor: string): Readonly<Record<string, string>> => ({
  decidedFor,
  ...(facts.consents.length > 0 ? { consentsSaid: JSON.stringify(facts.consents) } : {}),
  ...(facts.holds.some(({ recordId }) => recordId === null)
    ? { holdsSaid: JSON.stringify(facts.holds.filter(({ recordId }) => recordId === null)) }
    : {}),
})
