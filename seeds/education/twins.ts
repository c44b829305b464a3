import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const dawid = writer('education/dawid', { ...holders.northgate, person: 'P-55271', recordedBy: 'School office' })
const daniel = writer('education/daniel', { ...holders.northgate, person: 'P-55926', recordedBy: 'School office' })
const born = { family: 'Nowicki', dateOfBirth: '2015-07-21', sex: 'M', homeLanguage: 'pl', ethnicity: 'WOTH' }
const term = { school: 'Northgate School', from: '2026-09-02', to: '2026-11-20', possible: 108 }

/** The twins at school. Daniel's record came without a number. */
export const twins: AgencySeed['records'] = {
  person: [
    dawid('2026-09-02', { ...born, given: 'Dawid', upn: 'W992501015109' }),
    daniel('2026-09-02', { ...born, given: 'Daniel', upnUnknown: 'UN5' }),
  ],
  enrolments: [
    dawid('2026-09-02', { ...schools.northgate, from: '2026-09-02' }),
    daniel('2026-09-02', { ...schools.northgate, from: '2026-09-02' }),
  ],
  attendance: [
    dawid('2026-11-20T15:00', {
      ...term,
      attended: 101,
      codes: [
        { code: '/', count: 51 },
        { code: '\\', count: 50 },
        { code: 'I', count: 7 },
      ],
    }),
    daniel('2026-11-20T15:00', {
      ...term,
      attended: 98,
      codes: [
        { code: '/', count: 49 },
        { code: '\\', count: 49 },
        { code: 'I', count: 10 },
      ],
    }),
  ],
}
