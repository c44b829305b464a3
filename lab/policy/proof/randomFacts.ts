import type { DecisionInput } from '../../../src/policy/decisionInput.ts'
import { consentGivers } from '../../../src/policy/facts.ts'

/** Numbers from 0 to 1 that are the same on every run (mulberry32), so that a failure can be seen again. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One of a list. */
export const pick = <T>(list: readonly T[], random: () => number): T =>
  // The index is below the length of a list that is never empty here.
  list[Math.floor(random() * list.length)] as T

/** Facts of a child, a row and a consent, drawn evenly. */
export const randomFacts = (
  random: () => number,
): Pick<DecisionInput, 'child' | 'row' | 'consent' | 'level' | 'ordered'> => ({
  level: pick(['HEADLINE', 'CONTENT'], random),
  child: {
    relationship: pick(['ALLOCATED', 'EPISODE', 'ON_ROLL', 'PLACED_IN_AREA', 'NONE'], random),
    harm: pick(['NONE', 'CONCERN', 'REASONABLE_CAUSE', 'UNKNOWN'], random),
    ageBand: pick(['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN'], random),
    agreement: random() < 0.7,
    breakGlass: random() < 0.3,
    missing: pick(['SUPPORTED', 'UNSUPPORTED'], random),
    placedForAdoption: random() < 0.2,
  },
  ordered: random() < 0.5,
  row: {
    hold: pick(['NONE', 'NONE', 'DETRIMENT', 'EMBARGO', 'COURT_PROHIBITED'], random),
    ncnd: random() < 0.2,
    conditions: random() < 0.3,
    relevance: pick(['RELEVANT', 'RELEVANT', 'UNDECIDED', 'NOT_RELEVANT'], random),
  },
  consent:
    random() < 0.2
      ? 'NONE'
      : {
          state: pick(['NOT_SOUGHT', 'GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED'], random),
          giver: pick(random() < 0.7 ? (['CHILD', 'PARENT'] as const) : consentGivers, random),
          competence: pick(['COMPETENT', 'NOT_COMPETENT', 'NOT_ASSESSED'], random),
        },
})
