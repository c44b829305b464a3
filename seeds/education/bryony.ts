import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { daysAfter, times, writer } from '../seedRowWriter.ts'

const person = { person: 'P-41926' }
const primary = writer('education/bryony/primary', {
  ...holders.eastvalePrimary,
  ...person,
  recordedBy: 'Ms Lane, pastoral lead',
})
const academy = writer('education/bryony/academy', {
  ...holders.eastvaleAcademy,
  ...person,
  recordedBy: 'Mr Abbot, safeguarding lead',
})

const concern = (write: typeof primary, when: string, category: string, text: string, action: string) =>
  write(when, { category, text, action })
const absent = (day: string, session: string, code: string) => academy(day, { date: day, session, code })

/** Bryony at school: what the primary gave her quietly stopped when she moved up. */
export const bryony: AgencySeed['records'] = {
  person: [
    academy('2026-09-02', {
      upn: 'A992500514104',
      family: 'Calder',
      given: 'Bryony',
      dateOfBirth: '2015-01-15',
      sex: 'F',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
  ],
  enrolments: [
    primary('2019-09-03', {
      ...schools.eastvalePrimary,
      from: '2019-09-03',
      to: '2026-07-17',
      endReason: 'Moved to secondary school',
    }),
    academy('2026-09-02', { ...schools.eastvaleAcademy, from: '2026-09-02' }),
  ],
  attendance: [
    primary('2026-07-17T15:00', {
      school: 'Eastvale Primary',
      from: '2026-01-05',
      to: '2026-07-17',
      possible: 240,
      attended: 211,
      codes: [
        { code: '/', count: 104 },
        { code: '\\', count: 101 },
        { code: 'L', count: 6 },
        { code: 'I', count: 20 },
        { code: 'O', count: 9 },
      ],
    }),
    academy('2026-11-20T15:00', {
      school: 'Eastvale Academy',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 72,
      codes: [
        { code: '/', count: 36 },
        { code: '\\', count: 33 },
        { code: 'L', count: 3 },
        { code: 'N', count: 14 },
        { code: 'O', count: 10 },
        { code: 'I', count: 8 },
        { code: 'U', count: 4 },
      ],
    }),
  ],
  absences: [
    absent('2026-09-22', 'AM', 'N'),
    absent('2026-09-22', 'PM', 'N'),
    absent('2026-10-13', 'PM', 'O'),
    absent('2026-11-10', 'AM', 'N'),
    absent('2026-11-10', 'PM', 'N'),
  ],
  basicNeedsSupport: [
    ...times(14, (index) =>
      primary(`${daysAfter('2026-01-12', 14 * index)}T07:50`, { kind: 'BREAKFAST', note: 'Came without having eaten' }),
    ),
    ...times(2, (index) =>
      primary(`${daysAfter('2026-02-23', 91 * index)}T08:40`, {
        kind: 'UNIFORM',
        note: 'Clean clothes from the school store',
      }),
    ),
    ...times(9, (index) =>
      primary(`${daysAfter('2026-01-21', 21 * index)}T08:15`, {
        kind: 'COLLECTION',
        note: 'Fetched from home by staff',
      }),
    ),
  ],
  concerns: [
    primary('2024-05-14T14:00', {
      category: 'SEXUALISED_BEHAVIOUR',
      text: 'Play and talk beyond her age, at nine',
      action: 'Spoke to the mother',
    }),
    concern(primary, '2026-02-23T15:00', 'NEGLECT', 'Hungry on most Mondays', 'Told social care'),
    concern(
      primary,
      '2026-05-12T16:00',
      'NEGLECT',
      'Nobody came to fetch her until evening',
      'Rang the out-of-hours team',
    ),
    concern(primary, '2026-06-17T15:00', 'NEGLECT', 'Same clothes for a week', 'Told social care'),
    concern(academy, '2026-09-29T12:30', 'ONLINE_CONTACT', 'Messages from an older boy whom she met online', 'Logged'),
    concern(academy, '2026-10-05T12:30', 'NEGLECT', 'Untidy, hungry, asleep in lessons', 'Told social care'),
    concern(
      academy,
      '2026-11-13T15:20',
      'EXPLOITATION',
      'New trainers and a phone nobody can explain',
      'Told social care',
    ),
  ],
  referralsMade: [
    primary('2026-02-24T10:30', { sentTo: 'LA2', concerns: ['NEGLECT'] }),
    primary('2026-05-12T19:40', { sentTo: 'LA2', concerns: ['NEGLECT', 'MISSING'] }),
    primary('2026-06-18T09:50', { sentTo: 'LA2', concerns: ['NEGLECT'] }),
    academy('2026-10-06T11:05', { sentTo: 'LA2', concerns: ['NEGLECT', 'ABSENCE'], chasedOn: '2026-10-20' }),
    academy('2026-11-14T10:00', { sentTo: 'LA2', concerns: ['EXPLOITATION', 'NEGLECT'] }),
  ],
}
