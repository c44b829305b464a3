import type { ChildFacts } from '../policy/facts.ts'

/**
 * No child: no person, and facts under which a caller may read as much as of most children. Its id is no child's, and
 * not empty: a process of an agency refuses a grant that names nobody.
 */
export const decoyChild: ChildFacts = {
  childId: ' ',
  persons: {},
  relationship: 'EPISODE',
  harm: 'CONCERN',
  ageBand: '13_TO_15',
  responsibleLa: null,
  areaLa: null,
  agreement: true,
  breakGlass: false,
  placeProtected: false,
  consents: [],
  holds: [],
}
