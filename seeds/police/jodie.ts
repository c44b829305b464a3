import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const one = writer('police/jodie', { ...holders.force1, person: 'F1-N-58842', recordedBy: 'Response' })

/** Jodie to Force 1: five urgent calls, each closed on the night. */
export const jodie: AgencySeed['records'] = {
  person: [
    one('2024-12-08', { family: 'Merrick', given: 'Jodie', dateOfBirth: '2012-09-03', sex: '2', ethnicity: 'W1' }),
  ],
  events: [
    one('2025-02-22T23:40', {
      kind: 'URGENT_CALL',
      finding: 'Drunk in a car park with older boys',
      childRole: 'PRESENT',
      notified: true,
    }),
    one('2025-05-02T21:10', {
      kind: 'URGENT_CALL',
      finding: 'Tablets taken; ambulance called',
      childRole: 'HARMED',
      notified: true,
    }),
    one('2025-08-16T02:15', {
      kind: 'WELFARE_CHECK',
      finding: 'In a hotel room booked by an adult; taken home',
      childRole: 'PRESENT',
      notified: true,
    }),
    one('2025-11-14T22:30', {
      kind: 'URGENT_CALL',
      finding: 'Tablets taken a second time',
      childRole: 'HARMED',
      notified: true,
    }),
    one('2026-04-18T23:55', {
      kind: 'URGENT_CALL',
      finding: 'Fight outside a flat; would not say whose',
      childRole: 'PRESENT',
      notified: false,
    }),
  ],
  domesticAbuse: [
    one('2024-12-08T20:30', {
      childPresent: true,
      adults: 'Karen Merrick; Paul Merrick',
      summary: 'Parents fought; father left the home',
    }),
  ],
}
