import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const gp = writer('health/ellis/gp', { ...holders.gp2, person: 'H-204419' })
const nurse = writer('health/ellis/nurse', {
  ...holders.community2,
  person: 'H-204419',
  recordedBy: 'Looked-after nurse',
})

/** Ellis's health: a mild learning disability, written down and passed to no adult service. */
export const ellis: AgencySeed['records'] = {
  person: [
    gp('2009-06-15', {
      nhsNumber: '9991014578',
      nhsNumberVerified: true,
      family: 'Farrow',
      given: 'Ellis',
      dateOfBirth: '2009-05-06',
      sex: '1',
    }),
  ],
  registrations: [gp('2009-06-15', { ...practices.eastvale, from: '2009-06-15' })],
  involvements: [
    nurse('2021-07-05', {
      kind: 'LOOKED_AFTER_NURSE',
      'field.service': 'Eastvale looked-after health team',
      professional: 'Helen Ward',
      contact: '01632 960212',
      from: '2021-07-05',
    }),
  ],
  healthAssessments: [
    nurse('2026-05-12', {
      kind: 'REVIEW',
      heldOn: '2026-05-12',
      sdq: 19,
      findings: 'Mild learning disability; asks who will go with him to appointments next year',
    }),
  ],
  substanceItems: [nurse('2026-05-12', { substance: 'Alcohol', note: 'Given it by the men he goes with' })],
}
