import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-509274' }
const gp2 = writer('health/sam/gp2', { ...holders.gp2, ...person })
const gp5 = writer('health/sam/gp5', { ...holders.gp5, ...person, recordedBy: 'Dr Imogen Hale' })
const acute2 = writer('health/sam/acute2', { ...holders.acute2, ...person, recordedBy: 'Emergency department' })
const acute5 = writer('health/sam/acute5', { ...holders.acute5, ...person, recordedBy: 'Urgent care centre' })
const community2 = writer('health/sam/community2', { ...holders.community2, ...person })
const community5 = writer('health/sam/community5', {
  ...holders.community5,
  ...person,
  recordedBy: 'Looked-after nurse',
})
const camhs2 = writer('health/sam/camhs2', { ...holders.camhs2, ...person })
const camhs5 = writer('health/sam/camhs5', { ...holders.camhs5, ...person })

const seen = (reason: string, injury: boolean) => ({
  setting: 'URGENT_CARE',
  safeguardingRelevance: 'Child in care; ask what came before',
  injury,
  reason,
  outcome: 'Treated and discharged to carers',
})

/** Sam's health: eight attendances in 2025, each treated alone, and a history that came 22 days after it was needed. */
export const sam: AgencySeed['records'] = {
  person: [
    gp5('2025-05-27', {
      nhsNumber: '9991012745',
      nhsNumberVerified: true,
      family: 'Thornley',
      given: 'Sam',
      dateOfBirth: '2013-06-27',
      sex: '1',
    }),
  ],
  registrations: [
    gp2('2019-03-11', { ...practices.eastvale, from: '2019-03-11', to: '2025-05-26' }),
    gp5('2025-05-27', { ...practices.southmere, from: '2025-05-27' }),
  ],
  involvements: [
    community2('2019-04-01', {
      kind: 'LOOKED_AFTER_NURSE',
      'field.service': 'Eastvale looked-after health team',
      professional: 'Helen Ward',
      contact: '01632 960212',
      from: '2019-04-01',
    }),
    community5('2025-06-10', {
      kind: 'LOOKED_AFTER_NURSE',
      'field.service': 'Southmere looked-after health team',
      professional: 'Priya Nair',
      contact: '01632 960215',
      from: '2025-06-10',
    }),
  ],
  unscheduledAttendances: [
    acute2('2025-01-28T22:00', seen('Sore wrist', true)),
    acute2('2025-02-15T14:20', seen('Fever', false)),
    acute2('2025-03-25T23:10', seen('Bruised shoulder', true)),
    acute5('2025-06-15T08:20', seen('Painful ribs', true)),
    acute5('2025-08-03T11:45', seen('Cut foot on the beach', true)),
    acute5('2025-10-15T16:45', seen('Sore knee and grazes', true)),
    acute5('2025-11-20T18:30', seen('Bruised forearm', true)),
    acute5('2025-12-20T13:10', seen('Earache', false)),
  ],
  appointments: [community5('2026-03-24', { 'field.service': 'Looked-after health review', outcome: 'ATTENDED' })],
  gpEntries: [
    gp5('2026-10-06', {
      safeguardingRelevance: 'Health indicator: speak to the named nurse',
      text: 'Urinary tract infection, first this month',
    }),
    gp5('2026-10-27', {
      safeguardingRelevance: 'Health indicator: speak to the named nurse',
      text: 'Urinary tract infection, second this month; cause not asked about',
    }),
  ],
  camhsEpisodes: [
    camhs2('2021-11-08', {
      'field.service': 'Eastvale CAMHS',
      'field.la': 'LA2',
      status: 'CLOSED',
      referralType: 'NEW',
      referredOn: '2021-11-08',
      closedOn: '2023-06-30',
      closureReason: 'Carers changed; work paused and not resumed',
      presentingNeed: 'Traumatic bereavement',
      recordedAt: '2023-06-30',
    }),
    camhs5('2026-09-14', {
      'field.service': 'Southmere CAMHS',
      'field.la': 'LA5',
      status: 'OPEN',
      referralType: 'NEW',
      referredOn: '2026-09-14',
      presentingNeed: 'Low mood, self-harm thoughts',
    }),
  ],
  sexualHealth: [
    gp5('2026-10-28', { safeguardingOutcome: 'Safeguarding lead told', text: 'Test offered and declined' }),
  ],
  immunisations: [community5('2025-06-10', { vaccine: 'HPV', status: 'OUTSTANDING' })],
  healthAssessments: [
    community5('2025-09-16', { kind: 'DENTAL_CHECK', heldOn: '2025-09-16', findings: 'Two fillings' }),
    community5('2025-06-10', {
      kind: 'REVIEW',
      heldOn: '2025-06-10',
      sdq: 24,
      findings: 'Held without the earlier record',
    }),
    community5('2026-03-24', { kind: 'REVIEW', heldOn: '2026-03-24', sdq: 26, findings: 'Sleeps badly in November' }),
  ],
  historyTransfers: [
    community5('2025-05-27', {
      fromLa: 'LA2',
      toLa: 'LA5',
      requestedOn: '2025-05-27',
      receivedOn: '2025-07-02',
      firstAssessmentOn: '2025-06-10',
      recordedAt: '2025-07-02',
    }),
  ],
  liaisonNotes: [
    acute5('2025-10-16', {
      recipients: ['Southmere Practice'],
      text: 'Third visit with bruising this year; no restraint was mentioned',
    }),
  ],
}
