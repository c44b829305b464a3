import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { daysAfter, hoursAfter, instant, times, writer } from '../seedRowWriter.ts'

const one = writer('police/ellis/force1', { ...holders.force1, person: 'F1-N-47720', recordedBy: 'Missing desk' })
const two = writer('police/ellis/force2', { ...holders.force2, person: 'F2-N-20931', recordedBy: 'Missing desk' })
const three = writer('police/ellis/force3', { ...holders.force3, person: 'F3-N-08164', recordedBy: 'Missing desk' })

const episodes = (write: typeof one, first: string, step: number, count: number) =>
  times(count, (index) => {
    const from = `${daysAfter(first, step * index)}T18:00`
    const hours = index % 5 === 4 ? 15 : 3
    return write(from, {
      kind: 'M',
      from: instant(from),
      to: hoursAfter(from, hours),
      overnight: hours === 15,
      grade: 'MEDIUM',
      safeAndWellCheck: index % 2 === 0,
      foundAt: 'Railway station',
    })
  })

const identity = { family: 'Farrow', given: 'Ellis', dateOfBirth: '2009-05-06', sex: '1', ethnicity: 'M2' }

/** Ellis in three forces over four years: twenty, nine and four, and to each of them a boy who comes home. */
export const ellis: AgencySeed['records'] = {
  person: [one('2022-10-03', identity), two('2024-03-04', identity), three('2025-08-04', identity)],
  missingEpisodes: [
    ...episodes(one, '2022-10-03', 30, 16),
    ...episodes(two, '2024-03-04', 50, 9),
    ...episodes(three, '2025-08-04', 60, 4),
    ...episodes(one, '2026-04-20', 45, 4),
  ],
  domesticAbuse: [
    one('2018-02-24T21:30', {
      childPresent: true,
      adults: 'Janet Farrow; Sunil Rao',
      summary: 'Father struck mother; child of eight rang for help',
    }),
  ],
  events: [
    one('2026-07-18T23:30', {
      kind: 'URGENT_CALL',
      finding: 'With older men in a car; driven home',
      childRole: 'PRESENT',
      notified: true,
    }),
  ],
}
