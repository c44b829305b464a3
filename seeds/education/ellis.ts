import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const person = { person: 'P-15507' }
const primary = writer('education/ellis/primary', { ...holders.eastvalePrimary, ...person })
const northgate = writer('education/ellis/northgate', { ...holders.northgate, ...person })
const westhaven = writer('education/ellis/westhaven', { ...holders.westhaven, ...person })
const academy = writer('education/ellis/academy', { ...holders.eastvaleAcademy, ...person })
const fenwick = writer('education/ellis/fenwick', { ...holders.fenwick, person: 'P-90218' })
const identity = {
  upn: 'T992500609105',
  family: 'Farrow',
  given: 'Ellis',
  dateOfBirth: '2009-05-06',
  sex: 'M',
  homeLanguage: 'en',
  ethnicity: 'MWAS',
}

/** Ellis at school: worries at five, nine and fourteen in three schools, each of them the first to have one. */
export const ellis: AgencySeed['records'] = {
  person: [academy('2020-09-03', identity), fenwick('2026-04-13', identity)],
  enrolments: [
    primary('2013-09-03', {
      ...schools.eastvalePrimary,
      from: '2013-09-03',
      to: '2016-07-20',
      endReason: 'Moved home',
    }),
    northgate('2016-09-05', {
      ...schools.northgate,
      phase: 'PRIMARY',
      from: '2016-09-05',
      to: '2020-07-17',
      endReason: 'Moved to secondary school',
    }),
    academy('2020-09-03', {
      ...schools.eastvaleAcademy,
      from: '2020-09-03',
      to: '2024-02-09',
      endReason: 'Placement in another area',
    }),
    westhaven('2025-09-03', {
      ...schools.westhaven,
      from: '2025-09-03',
      to: '2026-03-27',
      endReason: 'Placement in another area',
    }),
    fenwick('2026-04-13', { ...schools.fenwick, from: '2026-04-13' }),
  ],
  attendance: [
    fenwick('2026-11-20T15:00', {
      school: 'Fenwick School',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 81,
      codes: [
        { code: '/', count: 43 },
        { code: '\\', count: 38 },
        { code: 'N', count: 17 },
        { code: 'O', count: 10 },
      ],
    }),
  ],
  absences: [
    fenwick('2026-10-06', { date: '2026-10-06', session: 'AM', code: 'N' }),
    fenwick('2026-10-06', { date: '2026-10-06', session: 'PM', code: 'N' }),
  ],
  concerns: [
    primary('2014-11-11T14:00', {
      category: 'SEXUALISED_BEHAVIOUR',
      text: 'Touches other children, at five',
      action: 'Spoke to the mother',
    }),
    northgate('2018-06-19T14:00', {
      category: 'SEXUALISED_BEHAVIOUR',
      text: 'Follows older boys and does as they say, at nine',
      action: 'Logged',
    }),
    academy('2023-10-17T14:00', {
      category: 'ONLINE_CONTACT',
      text: 'Sends money to people he met online, at fourteen',
      action: 'Told the carer',
    }),
  ],
  specialNeeds: [
    academy('2020-09-03', { need: 'MLD', provision: 'EHC_PLAN', maintainedBy: 'LA2', from: '2017-10-02' }),
  ],
}
