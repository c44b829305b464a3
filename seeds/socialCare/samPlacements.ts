import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

/** From, until, 903 placement code, provider code, provider, why it ended. All in LA2. */
const before: readonly (readonly [string, string, string, string, string, string])[] = [
  ['2019-03-04', '2019-11-02', 'U6', 'PR1', 'Eastvale fostering', 'CARPL'],
  ['2019-11-02', '2020-04-17', 'U6', 'PR1', 'Eastvale fostering', 'CREQB'],
  ['2020-04-17', '2020-12-09', 'U3', 'PR0', 'Maternal aunt', 'STAND'],
  ['2020-12-09', '2021-03-22', 'U6', 'PR4', 'Larch fostering', 'CREQB'],
  ['2021-03-22', '2021-10-15', 'U6', 'PR1', 'Eastvale fostering', 'CHILD'],
  ['2021-10-15', '2022-02-11', 'U6', 'PR4', 'Larch fostering', 'CREQB'],
  ['2022-02-11', '2022-09-30', 'U4', 'PR1', 'Eastvale fostering', 'ALLEG'],
  ['2022-09-30', '2023-05-05', 'K2', 'PR4', 'Birch Court', 'CLOSE'],
  ['2023-05-05', '2023-12-18', 'U6', 'PR4', 'Larch fostering', 'CREQB'],
  ['2023-12-18', '2024-08-05', 'K2', 'PR4', 'Rowan House', 'LAREQ'],
  ['2024-08-05', '2025-05-19', 'K2', 'PR1', 'Elm Lodge', 'PLACE'],
]

/** Twelve placements: eleven in LA2, and then the one at a distance. */
export const samPlacements = (person: string): AgencySeed['records'] => {
  const write = writer('socialCare/sam/placements', { ...holders.csc2, person, recordedBy: 'Placements team' })
  return {
    placements: [
      ...before.map(([from, to, code, providerCode, provider, changeReason], place) =>
        write(from, {
          code,
          collectionYear: Number(from.slice(0, 4)),
          providerCode,
          provider,
          'field.force': 'F1',
          from,
          to,
          startReason: place === 0 ? 'S' : 'P',
          changeReason,
          recordedAt: from,
        }),
      ),
      write('2025-05-19', {
        code: 'K2',
        collectionYear: 2025,
        providerCode: 'PR4',
        provider: 'Harbour House',
        ofstedUrn: 'SC990501',
        contact: '01632 960501',
        'field.la': 'LA5',
        'field.force': 'F4',
        from: '2025-05-19',
        startReason: 'P',
        decidedOn: '2025-01-20',
      }),
    ],
    legalStatuses: [
      write('2019-03-04', { code: 'C1', from: '2019-03-04', to: '2019-09-30', endReason: 'Final order' }),
      write('2019-09-30', { code: 'C2', from: '2019-09-30' }),
    ],
    orders: [
      write('2019-09-30', {
        type: 'CARE_ORDER',
        court: 'Family Court at Eastvale',
        from: '2019-09-30',
        conditions: 'Contact with the mother at the authority’s discretion',
      }),
    ],
  }
}
