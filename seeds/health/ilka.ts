import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-570162' }
const gp = writer('health/ilka/gp', { ...holders.gp2, ...person })
const acute = writer('health/ilka/acute', { ...holders.acute2, ...person, recordedBy: 'Emergency department' })

/** Ilka's health: one presentation, after which nobody asked for help with what led to it. */
export const ilka: AgencySeed['records'] = {
  person: [
    gp('2022-02-14', {
      nhsNumber: '9991010912',
      nhsNumberVerified: true,
      family: 'Venskute',
      given: 'Ilka',
      dateOfBirth: '2013-04-19',
      sex: '2',
    }),
  ],
  registrations: [gp('2022-02-14', { ...practices.eastvale, from: '2022-02-14' })],
  unscheduledAttendances: [
    acute('2026-10-22T22:15', {
      setting: 'EMERGENCY_DEPARTMENT',
      safeguardingRelevance: 'Harm to self',
      injury: true,
      reason: 'Cuts to the forearm, made by herself',
      outcome: 'Dressed and sent home',
      mentalHealthReferral: false,
    }),
  ],
  substanceItems: [acute('2026-10-22T22:40', { substance: 'Alcohol', note: 'Given it by people older than herself' })],
  gpEntries: [
    gp('2026-11-03', {
      safeguardingRelevance: 'None noted',
      text: 'Mother came; no interpreter; nothing understood on either side',
    }),
  ],
}
