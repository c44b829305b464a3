import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-352266' }
const gp = writer('health/callum/gp', { ...holders.gp2, ...person })
const centre = writer('health/callum/centre', { ...holders.sarc5, ...person, recordedBy: 'Forensic clinician' })

/** Callum's health. That he went to the centre at all is hidden from schools, adult services and his own practice. */
export const callum: AgencySeed['records'] = {
  person: [
    gp('2012-09-20', {
      nhsNumber: '9991020047',
      nhsNumberVerified: true,
      family: 'Reyes',
      given: 'Callum',
      dateOfBirth: '2012-08-14',
      sex: '1',
    }),
  ],
  registrations: [gp('2012-09-20', { ...practices.eastvale, from: '2012-09-20' })],
  sexualHealth: [
    gp('2026-09-07', {
      safeguardingOutcome: 'Known to social care',
      text: 'Follow-up tests; asked that nobody at home be told',
    }),
  ],
  sarcAttendances: [
    centre('2026-07-12T01:30', {
      labels: ['VICTIM_ANONYMITY'],
      safeguardingOutcome: 'Social care and police told; advocate offered',
      examined: false,
      note: 'Attended and was not examined; no second appointment was made',
    }),
  ],
}
