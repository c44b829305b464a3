import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const dawid = writer('health/dawid', { ...holders.gp2, person: 'H-488130' })
const daniel = writer('health/daniel', { ...holders.gp2, person: 'H-488671' })
const born = { family: 'Nowicki', dateOfBirth: '2015-07-21', sex: '1' }

/** The twins' health. One number is verified, the other is not, and what is not verified joins nothing. */
export const twins: AgencySeed['records'] = {
  person: [
    dawid('2020-03-02', { ...born, given: 'Dawid', nhsNumber: '9991018212', nhsNumberVerified: true }),
    daniel('2020-03-02', { ...born, given: 'Daniel', nhsNumber: '9991019138', nhsNumberVerified: false }),
  ],
  registrations: [
    dawid('2020-03-02', { ...practices.eastvale, from: '2020-03-02' }),
    daniel('2020-03-02', { ...practices.eastvale, from: '2020-03-02' }),
  ],
  gpEntries: [daniel('2026-05-07', { safeguardingRelevance: 'None', text: 'Hay fever' })],
}
