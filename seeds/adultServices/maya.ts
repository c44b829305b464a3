import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const father = { person: 'A-19045', relation: 'FATHER' }
const probation = writer('adultServices/maya', { ...holders.probation2, ...father, relevance: 'RELEVANT' })

/** Maya's father and the service that works with him: whatever it may read, he may come to hear. */
export const maya: AgencySeed['records'] = {
  person: [probation('2022-02-01', { name: 'Raymond Coyle', dateOfBirth: '1984-12-03' })],
  services: [probation('2022-02-01', { worker: 'Officer Dale', contact: '01632 960304', from: '2022-02-01' })],
  probation: [
    probation('2022-02-01', {
      kind: 'ORDER',
      planForChild: true,
      text: 'Community order with a programme on abuse in the home',
    }),
  ],
}
