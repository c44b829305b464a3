import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-398155' }
const gp = writer('health/jodie/gp', { ...holders.gp2, ...person })
const acute = writer('health/jodie/acute', { ...holders.acute2, ...person, recordedBy: 'Emergency department' })
const camhs = writer('health/jodie/camhs', { ...holders.camhs2, ...person })

const overdose = {
  setting: 'EMERGENCY_DEPARTMENT',
  safeguardingRelevance: 'Harm to self',
  injury: false,
  reason: 'Overdose',
  outcome: 'Treated; sent home with her mother',
  mentalHealthReferral: true,
}

/** Jodie's health: two overdoses, and a service that closed because she did not come. */
export const jodie: AgencySeed['records'] = {
  person: [
    gp('2012-10-10', {
      nhsNumber: '9991011838',
      nhsNumberVerified: true,
      family: 'Merrick',
      given: 'Jodie',
      dateOfBirth: '2012-09-03',
      sex: '2',
    }),
  ],
  registrations: [gp('2012-10-10', { ...practices.eastvale, from: '2012-10-10' })],
  unscheduledAttendances: [acute('2025-05-02T21:50', overdose), acute('2025-11-14T23:10', overdose)],
  appointments: [
    camhs('2025-06-03T10:00', {
      'field.service': 'Young people’s clinic',
      labels: ['HEALTH_MENTAL'],
      outcome: 'WAS_NOT_BROUGHT',
    }),
    camhs('2025-06-24T10:00', {
      'field.service': 'Young people’s clinic',
      labels: ['HEALTH_MENTAL'],
      outcome: 'WAS_NOT_BROUGHT',
    }),
  ],
  camhsEpisodes: [
    camhs('2025-05-06', {
      'field.service': 'Eastvale CAMHS',
      'field.la': 'LA2',
      status: 'CLOSED',
      referralType: 'NEW',
      referredOn: '2025-05-06',
      closedOn: '2025-07-15',
      closureReason: 'Did not attend',
      presentingNeed: 'Overdose',
      recordedAt: '2025-07-15',
    }),
  ],
  substanceItems: [acute('2025-11-14T23:20', { substance: 'Cannabis', note: 'Most days' })],
}
