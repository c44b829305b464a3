import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-287703' }
const gp5 = writer('health/maya/gp5', { ...holders.gp5, ...person })
const community5 = writer('health/maya/community5', {
  ...holders.community5,
  ...person,
  recordedBy: 'Looked-after nurse',
})

/** Maya's health. No address stands in it, not even that of the practice nearest to her. */
export const maya: AgencySeed['records'] = {
  person: [
    gp5('2024-09-09', {
      nhsNumber: '9991015485',
      nhsNumberVerified: true,
      family: 'Bellhaven',
      given: 'Maya',
      dateOfBirth: '2011-10-30',
      sex: '2',
    }),
  ],
  registrations: [gp5('2024-09-09', { ...practices.southmere, from: '2024-09-09' })],
  involvements: [
    community5('2024-09-16', {
      kind: 'LOOKED_AFTER_NURSE',
      'field.service': 'Southmere looked-after health team',
      professional: 'Priya Nair',
      contact: '01632 960215',
      from: '2024-09-16',
    }),
  ],
  healthAssessments: [
    community5('2026-09-14', { kind: 'REVIEW', heldOn: '2026-09-14', sdq: 12, findings: 'Well; hearing aid checked' }),
  ],
  immunisations: [community5('2025-02-11', { vaccine: 'HPV', status: 'GIVEN' })],
  historyTransfers: [
    community5('2024-09-09', {
      fromLa: 'LA2',
      toLa: 'LA5',
      requestedOn: '2024-09-09',
      receivedOn: '2024-09-18',
      firstAssessmentOn: '2024-09-30',
      recordedAt: '2024-09-30',
    }),
  ],
}
