import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const gp = writer('health/tess/gp', { ...holders.gp2, person: 'H-455091' })
const acute = writer('health/tess/acute', { ...holders.acute2, person: 'H-455091', recordedBy: 'Minor injuries unit' })

/** Tess: the control. She has a doctor, and once hurt her ankle. */
export const tess: AgencySeed['records'] = {
  person: [
    gp('2014-12-08', {
      nhsNumber: '9991021868',
      nhsNumberVerified: true,
      family: 'Grantley',
      given: 'Tess',
      dateOfBirth: '2014-11-02',
      sex: '2',
    }),
  ],
  registrations: [gp('2014-12-08', { ...practices.eastvale, from: '2014-12-08' })],
  unscheduledAttendances: [
    acute('2026-06-13T14:30', {
      setting: 'URGENT_CARE',
      safeguardingRelevance: 'None',
      injury: true,
      reason: 'Turned her ankle at netball',
      outcome: 'Rest and ice',
      mentalHealthReferral: false,
    }),
  ],
}
