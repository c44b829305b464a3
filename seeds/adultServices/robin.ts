import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const mother = { person: 'A-33021', relation: 'MOTHER' }
const substance = writer('adultServices/robin/substance', { ...holders.substance2, ...mother, relevance: 'RELEVANT' })
const housing = writer('adultServices/robin/housing', { ...holders.housing5, person: 'A-33021', relevance: 'RELEVANT' })

/**
 * Robin's mother: a service that lost her when she moved, and a tenancy form with a name on it that nobody compared.
 */
export const robin: AgencySeed['records'] = {
  person: [substance('2025-11-10', { name: 'Tracey Ashdown', dateOfBirth: '1988-05-14' })],
  services: [
    substance('2025-11-10', {
      worker: 'Key worker Imrie',
      contact: '01632 960303',
      from: '2025-11-10',
      riskStatement: 'Drinks most evenings; child at home',
    }),
  ],
  housing: [
    housing('2026-04-01', {
      kind: 'TENANCY',
      text: 'Tenancy of 52 Pier Terrace',
      tenancyFrom: '2026-04-01',
      named: ['Tracey Ashdown', 'Colin Varley'],
      emergencyContact: 'Joan Varley, sister of Colin Varley',
    }),
  ],
  substanceTreatment: [
    substance('2025-11-10', { substance: 'Alcohol', from: '2025-11-10', text: 'Attended until March; not seen since' }),
  ],
}
