import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { daysAfter, hoursAfter, instant, times, writer } from '../seedRowWriter.ts'

const one = writer('police/bryony', { ...holders.force1, person: 'F1-N-72855', recordedBy: 'Missing desk' })

/** Bryony to Force 1: fourteen reports and one evening in a shop. */
export const bryony: AgencySeed['records'] = {
  person: [
    one('2026-04-18', { family: 'Calder', given: 'Bryony', dateOfBirth: '2015-01-15', sex: '2', ethnicity: 'W1' }),
  ],
  missingEpisodes: times(14, (index) => {
    const from = `${daysAfter('2026-04-18', 15 * index)}T17:00`
    const hours = index === 9 || index === 12 ? 14 : 2 + (index % 3)
    return one(from, {
      kind: 'M',
      from: instant(from),
      to: hoursAfter(from, hours),
      overnight: hours === 14,
      grade: index > 8 ? 'HIGH' : 'MEDIUM',
      safeAndWellCheck: index !== 12,
      foundAt: index % 2 === 0 ? 'Eastvale retail park' : 'Returned by herself',
    })
  }),
  events: [
    one('2026-10-16T20:15', {
      kind: 'SHOPLIFTING',
      finding: 'Food and a coat taken',
      childRole: 'SUSPECT',
      notified: true,
    }),
  ],
}
