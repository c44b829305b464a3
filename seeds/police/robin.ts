import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const one = writer('police/robin', { ...holders.force1, person: 'F1-N-65530', recordedBy: 'Public protection unit' })

/** Robin to Force 1, which never heard that he had moved. Force 4 holds nothing. */
export const robin: AgencySeed['records'] = {
  person: [
    one('2026-03-05', { family: 'Ashdown', given: 'Robin', dateOfBirth: '2012-02-11', sex: '1', ethnicity: 'W1' }),
  ],
  events: [
    one('2026-03-10T17:30', { kind: 'WELFARE_CHECK', finding: 'Home adequate', childRole: 'SEEN', notified: true }),
  ],
  intelligence: [
    one('2026-03-06', {
      grading: '2-C',
      subject: 'Colin Varley',
      text: 'Befriends boys online; uses his sister’s address',
      'field.handling': 'Not to be shown to the family',
      evidence: 'INTELLIGENCE',
    }),
  ],
  personsOfConcern: [
    one('2026-03-06', { name: 'Colin Varley', link: 'Named in what the child told school', postcode: 'ZZ2 4VR' }),
  ],
  onlineIdentifiers: [one('2026-03-06', { platform: 'Game chat', handle: 'varl_gamer', device: 'Child’s console' })],
}
