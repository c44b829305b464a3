import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('education/ilka', {
  ...holders.eastvaleAcademy,
  person: 'P-36674',
  recordedBy: 'Attendance officer',
})

/** Day, session and code of the fourteen unexplained absences. The first nine fall inside a missing episode. */
const absences: readonly (readonly [string, string, string])[] = [
  ['2026-09-11', 'PM', 'N'],
  ['2026-09-25', 'AM', 'O'],
  ['2026-09-25', 'PM', 'O'],
  ['2026-10-19', 'AM', 'N'],
  ['2026-10-19', 'PM', 'N'],
  ['2026-10-20', 'AM', 'N'],
  ['2026-10-20', 'PM', 'N'],
  ['2026-10-21', 'AM', 'O'],
  ['2026-10-21', 'PM', 'O'],
  ['2026-09-17', 'PM', 'N'],
  ['2026-10-01', 'AM', 'O'],
  ['2026-10-01', 'PM', 'O'],
  ['2026-10-13', 'AM', 'N'],
  ['2026-10-14', 'PM', 'N'],
]

/** Ilka at school: absence that was fined, and letters in a language that her mother does not read. */
export const ilka: AgencySeed['records'] = {
  person: [
    write('2024-09-03', {
      upn: 'W992500213101',
      family: 'Venskute',
      given: 'Ilka',
      dateOfBirth: '2013-04-19',
      sex: 'F',
      homeLanguage: 'lt',
      ethnicity: 'WOTH',
    }),
  ],
  enrolments: [write('2024-09-03', { ...schools.eastvaleAcademy, from: '2024-09-03' })],
  attendance: [
    write('2026-11-13T15:00', {
      school: 'Eastvale Academy',
      from: '2026-09-02',
      to: '2026-11-13',
      possible: 98,
      attended: 78,
      codes: [
        { code: '/', count: 40 },
        { code: '\\', count: 38 },
        { code: 'N', count: 9 },
        { code: 'O', count: 5 },
        { code: 'I', count: 6 },
      ],
    }),
  ],
  absences: absences.map(([day, session, code]) =>
    write(`${day}T${session === 'AM' ? '09:00' : '13:00'}`, { date: day, session, code }),
  ),
  concerns: [
    write('2026-10-05T11:20', {
      category: 'PHYSICAL_ABUSE',
      text: 'Mark on her cheek; says her stepfather did it',
      action: 'Told social care',
      evidence: 'DISCLOSURE',
      recordedBy: 'Mr Abbot, safeguarding lead',
    }),
  ],
  penaltyNotices: [write('2026-10-02', { paid: true }), write('2026-11-02', { paid: true })],
  letters: [
    write('2026-09-18', { kind: 'LETTER', language: 'en' }),
    write('2026-10-02', { kind: 'LETTER', language: 'en' }),
    write('2026-10-15T15:30', { kind: 'MEETING', language: 'en', interpreter: false }),
    write('2026-11-05T15:30', { kind: 'MEETING', language: 'en', interpreter: false }),
  ],
  travel: [write('2026-11-12', { destination: 'Lithuania, to a grandmother', returnOn: '2026-11-30' })],
  referralsMade: [write('2026-10-05T12:10', { sentTo: 'LA2', concerns: ['PHYSICAL_ABUSE', 'MISSING'] })],
}
