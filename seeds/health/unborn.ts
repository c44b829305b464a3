import { holders, practices } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'H-331207' }
const gp5 = writer('health/unborn/gp5', { ...holders.gp5, ...person })
const acute2 = writer('health/unborn/acute2', { ...holders.acute2, ...person, recordedBy: 'Midwife' })
const acute5 = writer('health/unborn/acute5', { ...holders.acute5, ...person, recordedBy: 'Midwife' })

/**
 * The mother's record, for as long as the child has none. It holds no person row here: her name and number must not be
 * read as the child's.
 */
export const unborn: AgencySeed['records'] = {
  registrations: [gp5('2026-11-17', { ...practices.southmere, from: '2026-11-17' })],
  maternityBookings: [
    acute2('2026-07-06', { unit: 'Eastvale maternity unit', expectedDate: '2027-01-18', weeks: 12 }),
    acute5('2026-11-18', { unit: 'Southmere maternity unit', expectedDate: '2027-01-18', weeks: 31 }),
  ],
}
