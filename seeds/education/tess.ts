import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const write = writer('education/tess', { ...holders.eastvaleAcademy, person: 'P-48805', recordedBy: 'School office' })

/** Tess: the control. She goes to school. */
export const tess: AgencySeed['records'] = {
  person: [
    write('2026-09-02', {
      upn: 'Y992501414113',
      family: 'Grantley',
      given: 'Tess',
      dateOfBirth: '2014-11-02',
      sex: 'F',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
  ],
  enrolments: [
    write('2019-09-03', {
      ...holders.eastvalePrimary,
      ...schools.eastvalePrimary,
      from: '2019-09-03',
      to: '2026-07-17',
      endReason: 'Moved to secondary school',
    }),
    write('2026-09-02', { ...schools.eastvaleAcademy, from: '2026-09-02' }),
  ],
  attendance: [
    write('2026-10-23T15:00', {
      school: 'Eastvale Academy',
      from: '2026-09-02',
      to: '2026-10-23',
      possible: 100,
      attended: 97,
      codes: [
        { code: '/', count: 49 },
        { code: '\\', count: 48 },
        { code: 'I', count: 3 },
      ],
    }),
  ],
}
