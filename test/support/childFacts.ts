import type { ChildFacts } from '../../src/policy/facts.ts'

/** A child of fourteen in their own authority, of whom nothing particular is known, but for what a test says. */
export const childFactsOf = (change: Partial<ChildFacts> = {}): ChildFacts => ({
  childId: 'K1',
  persons: {},
  relationship: 'EPISODE',
  harm: 'NONE',
  ageBand: '13_TO_15',
  responsibleLa: 'LA2',
  areaLa: 'LA2',
  agreement: true,
  breakGlass: false,
  placeProtected: false,
  consents: [],
  holds: [],
  ...change,
})
