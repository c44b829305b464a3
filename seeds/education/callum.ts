import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('education/callum', {
  ...holders.eastvaleAcademy,
  person: 'P-31187',
  recordedBy: 'Mr Abbot, safeguarding lead',
})

/** Callum at a school that knows him to be tired, and neither of the two allegations. */
export const callum: AgencySeed['records'] = {
  person: [
    write('2023-09-05', {
      upn: 'F992501212111',
      family: 'Reyes',
      given: 'Callum',
      dateOfBirth: '2012-08-14',
      sex: 'M',
      homeLanguage: 'en',
      ethnicity: 'MOTH',
    }),
  ],
  enrolments: [write('2023-09-05', { ...schools.eastvaleAcademy, from: '2023-09-05' })],
  attendance: [
    write('2026-11-20T15:00', {
      school: 'Eastvale Academy',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 91,
      codes: [
        { code: '/', count: 45 },
        { code: '\\', count: 46 },
        { code: 'I', count: 17 },
      ],
    }),
  ],
  concerns: [
    write('2026-06-30T12:30', {
      category: 'EMOTIONAL',
      text: 'Falls asleep in lessons; new clothes',
      action: 'Spoke to his mother',
    }),
  ],
}
