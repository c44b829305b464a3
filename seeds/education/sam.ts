import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const eastvale = { person: 'P-30811', recordedBy: 'Pastoral lead' }
const primary = writer('education/sam/primary', { ...holders.eastvalePrimary, ...eastvale })
const academy = writer('education/sam/academy', { ...holders.eastvaleAcademy, ...eastvale })
const southmere = writer('education/sam/southmere', {
  ...holders.southmereHigh,
  person: 'P-77402',
  recordedBy: 'Designated safeguarding lead',
})

/** Days on which Southmere High restrained Sam. The first twelve were on the ground. */
const restraintDays = [
  '2025-09-16',
  '2025-10-01',
  '2025-10-15',
  '2025-11-06',
  '2025-11-13',
  '2025-11-20',
  '2025-12-04',
  '2026-01-15',
  '2026-01-29',
  '2026-02-12',
  '2026-03-05',
  '2026-03-19',
  '2026-04-30',
  '2026-05-14',
  '2026-06-18',
  '2026-09-24',
  '2026-10-15',
]

const absent = (day: string, session: string, code: string) => southmere(day, { date: day, session, code })

/** Sam at three schools: two in LA2, and since September 2025 one in LA5. */
export const sam: AgencySeed['records'] = {
  person: [
    academy('2024-09-03', {
      upn: 'R992500413103',
      family: 'Thornley',
      given: 'Sam',
      dateOfBirth: '2013-06-27',
      sex: 'M',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
    southmere('2025-09-01', {
      upn: 'R992500413103',
      family: 'Thornley',
      given: 'Samuel',
      dateOfBirth: '2013-06-27',
      sex: 'M',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
  ],
  enrolments: [
    primary('2018-09-04', {
      ...schools.eastvalePrimary,
      from: '2018-09-04',
      to: '2024-07-19',
      endReason: 'Moved to secondary school',
    }),
    academy('2024-09-03', {
      ...schools.eastvaleAcademy,
      from: '2024-09-03',
      to: '2025-08-31',
      endReason: 'Placement in another area',
    }),
    southmere('2025-09-01', { ...schools.southmereHigh, from: '2025-09-01' }),
  ],
  attendance: [
    southmere('2026-11-20T15:00', {
      school: 'Southmere High',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 89,
      codes: [
        { code: '/', count: 45 },
        { code: '\\', count: 44 },
        { code: 'E', count: 8 },
        { code: 'O', count: 6 },
        { code: 'N', count: 5 },
      ],
    }),
  ],
  absences: [
    absent('2026-09-16', 'AM', 'N'),
    absent('2026-09-16', 'PM', 'N'),
    absent('2026-10-07', 'PM', 'O'),
    absent('2026-11-13', 'AM', 'N'),
  ],
  suspensions: [
    southmere('2026-01-30', { kind: 'FIXD', from: '2026-01-30', sessions: 4, reasons: ['PA'] }),
    southmere('2026-09-25', { kind: 'FIXD', from: '2026-09-25', sessions: 4, reasons: ['PA', 'DB'] }),
  ],
  concerns: [
    primary('2022-10-04T14:20', {
      category: 'SEXUALISED_BEHAVIOUR',
      text: 'Words and drawing beyond his age, at nine',
      action: 'Spoke to the carer',
    }),
    southmere('2026-03-10T12:30', {
      category: 'ONLINE_CONTACT',
      text: 'Uses a second phone at break and hides it',
      action: 'Logged; carer told',
    }),
    southmere('2026-09-15T12:40', {
      category: 'ONLINE_CONTACT',
      text: 'Phone-use log: eleven calls in one lunch hour',
      action: 'Logged',
    }),
    southmere('2026-11-16T11:00', {
      category: 'EMOTIONAL',
      text: 'Left the room when families were spoken of',
      action: 'Time with the pastoral lead',
      inConfidence: 'Asked that the home should not be told he had cried',
    }),
  ],
  specialNeeds: [
    southmere('2025-09-01', { need: 'SEMH', provision: 'EHC_PLAN', maintainedBy: 'LA2', from: '2021-02-15' }),
  ],
  protectionFiles: [
    academy('2025-09-03', { fromUrn: '900002', toUrn: '900005', sentOn: '2025-10-06', receiptOn: '2025-10-09' }),
  ],
  restraints: restraintDays.map((day, index) =>
    southmere(`${day}T${index === 2 ? '13:10' : '11:00'}`, {
      technique: 'TEAM_TEACH',
      ground: index < 12,
      minutes: 2 + (index % 6),
      injury: index % 5 === 2,
    }),
  ),
}
