import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const one = writer('police/callum/force1', {
  ...holders.force1,
  person: 'F1-N-61188',
  recordedBy: 'Investigation team',
})
const four = writer('police/callum/force4', {
  ...holders.force4,
  person: 'F4-N-12765',
  recordedBy: 'Public protection unit',
})
const identity = { family: 'Reyes', given: 'Callum', dateOfBirth: '2012-08-14', sex: '1', ethnicity: 'M9' }

/**
 * Callum in two forces and two roles. The other child's name stands in `otherParty` alone, where it becomes a
 * pseudonym.
 */
export const callum: AgencySeed['records'] = {
  person: [four('2026-07-11', identity), one('2026-08-24', identity)],
  crimes: [
    four('2026-07-11T20:00', {
      offence: 'Sexual exploitation of a child',
      role: 'VICTIM',
      otherParty: 'Two adults, named in the case file',
      otherIsChild: false,
      sharedAt: '2026-07-13T09:20:00Z',
      outcome: 'Under investigation',
      evidence: 'ALLEGATION',
    }),
    one('2026-08-24T15:30', {
      offence: 'Sexual assault of a child',
      role: 'SUSPECT',
      otherParty: 'Mia Fennell',
      otherIsChild: true,
      sharedAt: '2026-08-25T10:00:00Z',
      outcome: 'No further action',
      outcomeAt: '2026-10-05T12:00:00Z',
      evidence: 'ALLEGATION',
    }),
  ],
  intelligence: [
    four('2026-07-12', {
      grading: '2-B',
      subject: 'Unknown adults',
      text: 'A flat near the harbour where boys are taken',
      'field.handling': 'Source must not be shown',
      handling: 'NCND',
      evidence: 'INTELLIGENCE',
    }),
  ],
  onlineIdentifiers: [four('2026-07-14', { platform: 'Messaging', handle: 'quiet_tide_88', device: 'Own phone' })],
}
