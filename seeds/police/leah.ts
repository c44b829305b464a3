import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const four = writer('police/leah', { ...holders.force4, person: 'F4-N-13390', recordedBy: 'Online harm unit' })

/** Leah to Force 4: the handle here stands in another child's record too, which only public protection may notice. */
export const leah: AgencySeed['records'] = {
  person: [
    four('2026-10-13T13:00', {
      family: 'Tarrant',
      given: 'Leah',
      dateOfBirth: '2012-12-08',
      sex: 'F',
      ethnicity: 'W1',
    }),
  ],
  events: [
    four('2026-10-13T13:00', {
      kind: 'ONLINE_REPORT',
      finding: 'Account reported by school',
      childRole: 'HARMED',
      notified: true,
    }),
  ],
  onlineIdentifiers: [four('2026-10-14', { platform: 'Messaging', handle: 'quiet_tide_88' })],
}
