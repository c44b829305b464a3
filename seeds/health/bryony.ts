import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-318840' }
const gp = writer('health/bryony/gp', { ...holders.gp2, ...person })
const acute = writer('health/bryony/acute', { ...holders.acute2, ...person, recordedBy: 'Emergency department' })
const nurse = writer('health/bryony/nurse', { ...holders.community2, ...person, recordedBy: 'School nurse' })

/** Bryony's health: one night in the emergency department, and two appointments to which nobody brought her. */
export const bryony: AgencySeed['records'] = {
  person: [
    gp('2015-02-20', {
      nhsNumber: '9991013652',
      nhsNumberVerified: true,
      family: 'Calder',
      given: 'Bryony',
      dateOfBirth: '2015-01-15',
      sex: '2',
    }),
  ],
  registrations: [gp('2015-02-20', { ...practices.eastvale, from: '2015-02-20' })],
  involvements: [
    nurse('2026-06-25', {
      kind: 'SCHOOL_NURSE',
      'field.service': 'Eastvale school nursing',
      professional: 'Ruth Dean',
      contact: '01632 960213',
      from: '2026-06-25',
    }),
  ],
  unscheduledAttendances: [
    acute('2026-11-19T20:10', {
      setting: 'EMERGENCY_DEPARTMENT',
      safeguardingRelevance: 'Harm to self; no carer present',
      injury: false,
      reason: 'Says she took tablets',
      outcome: 'Admitted for the night',
      mentalHealthReferral: false,
      retraction: 'Told her grandmother next morning that she had not taken them',
      recordedAt: '2026-11-20T09:30',
    }),
  ],
  appointments: [
    nurse('2026-09-24T10:00', { 'field.service': 'School nurse', outcome: 'WAS_NOT_BROUGHT' }),
    nurse('2026-10-22T10:00', { 'field.service': 'Dental', outcome: 'WAS_NOT_BROUGHT' }),
  ],
  gpEntries: [
    gp('2026-01-19', {
      safeguardingRelevance: 'Missed immunisation and dental care',
      text: 'Weight below the expected line; mother asked to come back',
    }),
  ],
}
