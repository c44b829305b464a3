import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const one = writer('police/maya', { ...holders.force1, person: 'F1-N-51977', recordedBy: 'Domestic abuse unit' })

/** Maya to Force 1, which knows what she left and not where she went. */
export const maya: AgencySeed['records'] = {
  person: [
    one('2021-06-12', { family: 'Bellhaven', given: 'Maya', dateOfBirth: '2011-10-30', sex: '2', ethnicity: 'M1' }),
  ],
  domesticAbuse: [
    one('2021-06-12T22:30', {
      childPresent: true,
      schoolNotifiedAt: '2021-06-14T07:30:00Z',
      adults: 'Raymond Coyle; Alice Bellhaven',
      summary: 'Threats and damage in the home',
    }),
    one('2021-11-14T23:10', {
      childPresent: true,
      adults: 'Raymond Coyle; Alice Bellhaven',
      summary: 'Assault; children upstairs',
    }),
  ],
  personsOfConcern: [
    one('2021-11-14', { name: 'Raymond Coyle', link: 'Father; has asked others where she lives', postcode: 'ZZ2 8QP' }),
  ],
}
