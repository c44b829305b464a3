import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('education/maya', {
  ...holders.southmereHigh,
  organisation: '900007',
  person: 'P-52138',
  recordedBy: 'Head of centre',
})

/** Maya learns at a small centre, chosen because its roll is not published. */
export const maya: AgencySeed['records'] = {
  person: [
    write('2024-09-10', {
      upn: 'N992500711106',
      family: 'Bellhaven',
      given: 'Maya',
      dateOfBirth: '2011-10-30',
      sex: 'F',
      homeLanguage: 'en',
      ethnicity: 'MWBC',
    }),
  ],
  enrolments: [
    write('2024-09-10', {
      urn: '900007',
      school: 'Southmere Learning Centre',
      phase: 'ALTERNATIVE',
      contact: 'Safeguarding lead, 01632 960107',
      from: '2024-09-10',
    }),
  ],
  attendance: [
    write('2026-11-20T15:00', {
      school: 'Southmere Learning Centre',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 104,
      codes: [
        { code: '/', count: 52 },
        { code: '\\', count: 52 },
        { code: 'M', count: 4 },
      ],
    }),
  ],
  specialNeeds: [write('2024-09-10', { need: 'HI', provision: 'EHC_PLAN', maintainedBy: 'LA2', from: '2023-03-01' })],
}
