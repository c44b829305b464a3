import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const housing = writer('adultServices/jodie', { ...holders.housing2, person: 'A-30587' })

/** Jodie's father: on nobody's family list, and on a housing list since he left. */
export const jodie: AgencySeed['records'] = {
  person: [housing('2025-01-06', { relation: 'FATHER', name: 'Paul Merrick', dateOfBirth: '1981-02-19' })],
  housing: [
    housing('2025-01-06', {
      kind: 'CONTACT',
      text: 'Asked for a flat near his children',
      named: ['Paul Merrick'],
      relevance: 'UNDECIDED',
    }),
  ],
}
