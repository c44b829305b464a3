import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const mother = { person: 'A-26614', relation: 'MOTHER' }
const housing = writer('adultServices/bryony/housing', {
  ...holders.housing2,
  person: 'A-26614',
  relevance: 'RELEVANT',
})
const probation = writer('adultServices/bryony/probation', { ...holders.probation2, ...mother, relevance: 'RELEVANT' })
const substance = writer('adultServices/bryony/substance', { ...holders.substance2, ...mother, relevance: 'RELEVANT' })
const week = writer('adultServices/bryony/week', { ...holders.asc2, person: 'A-26614', relevance: 'RELEVANT' })
const ask = (holder: { service: string; la: string; organisation: string }, text: string, outcome: string) =>
  week('2026-02-09', { ...holder, week: '2026-02-09', text, outcome })

/** Bryony's mother: the only carer, asked to be in five places a week, and then in custody. */
export const bryony: AgencySeed['records'] = {
  person: [probation('2024-01-08', { name: 'Shelley Calder', dateOfBirth: '1993-07-30' })],
  services: [
    probation('2024-01-08', {
      worker: 'Officer Grant',
      contact: '01632 960301',
      from: '2024-01-08',
      to: '2026-03-04',
      endReason: 'Closed on custody',
    }),
    substance('2023-10-02', {
      worker: 'Key worker Lowe',
      contact: '01632 960302',
      from: '2023-10-02',
      riskStatement: 'Use rises at weekends; child at home',
    }),
  ],
  housing: [
    housing('2024-02-12', { kind: 'CONTACT', text: 'Neighbour worried about a child alone at night', named: [] }),
    housing('2025-03-17', { kind: 'COMPLAINT', text: 'No heating; door broken; child answered', named: [] }),
  ],
  probation: [
    probation('2026-03-04T12:00', {
      kind: 'CUSTODY',
      planForChild: false,
      text: 'Remanded; said a relative would see to the child',
    }),
  ],
  substanceTreatment: [
    substance('2023-10-02', { substance: 'Heroin', from: '2023-10-02', text: 'Misses about half of the appointments' }),
  ],
  requirements: [
    ask(holders.probation2, 'Report to probation on Monday', 'ATTENDED'),
    ask(holders.probation2, 'Unpaid work on Tuesday', 'MISSED'),
    ask(holders.substance2, 'Supervised dose on Wednesday', 'ATTENDED'),
    ask(holders.substance2, 'Group on Thursday', 'MISSED'),
    ask(holders.asc2, 'Parenting course on Friday', 'MISSED'),
  ],
}
