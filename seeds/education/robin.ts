import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const northgate = writer('education/robin/northgate', {
  ...holders.northgate,
  person: 'P-27740',
  recordedBy: 'Mrs Poole, safeguarding lead',
})
const southmere = writer('education/robin/southmere', {
  ...holders.southmereHigh,
  person: 'P-81263',
  recordedBy: 'Mr Shaw, safeguarding lead',
})
const identity = {
  upn: 'M992500112100',
  family: 'Ashdown',
  given: 'Robin',
  dateOfBirth: '2012-02-11',
  sex: 'M',
  homeLanguage: 'en',
  ethnicity: 'WBRI',
}

/** Robin at two schools: the first heard the disclosure and kept the file, the second saw only the change in him. */
export const robin: AgencySeed['records'] = {
  person: [northgate('2023-09-05', identity), southmere('2026-04-15', identity)],
  enrolments: [
    northgate('2023-09-05', {
      ...schools.northgate,
      from: '2023-09-05',
      to: '2026-03-31',
      endReason: 'Family said they were moving away',
    }),
    southmere('2026-04-15', { ...schools.southmereHigh, from: '2026-04-15' }),
  ],
  attendance: [
    northgate('2026-03-31T15:00', {
      school: 'Northgate School',
      from: '2025-09-03',
      to: '2026-03-31',
      possible: 250,
      attended: 220,
      codes: [
        { code: '/', count: 111 },
        { code: '\\', count: 109 },
        { code: 'I', count: 30 },
      ],
    }),
    southmere('2026-11-20T15:00', {
      school: 'Southmere High',
      from: '2026-09-02',
      to: '2026-11-20',
      possible: 108,
      attended: 97,
      codes: [
        { code: '/', count: 49 },
        { code: '\\', count: 48 },
        { code: 'I', count: 11 },
      ],
    }),
  ],
  concerns: [
    northgate('2026-02-24T12:40', {
      category: 'ONLINE_CONTACT',
      text: 'Told a teacher that a grown man writes to him every night and buys him things',
      action: 'Logged; told social care on 2 March',
      evidence: 'DISCLOSURE',
      inConfidence: 'Asked that his mother should not be told',
    }),
    southmere('2026-04-17T12:30', {
      category: 'NEGLECT',
      text: 'Withdrawn; smelt of drink on his mother at the gate',
      action: 'Referred',
    }),
  ],
  protectionFiles: [northgate('2026-04-16', { fromUrn: '900003', toUrn: '900005' })],
  referralsMade: [
    northgate('2026-03-02T10:15', { sentTo: 'LA2', concerns: ['SEXUAL_ABUSE', 'NEGLECT'] }),
    southmere('2026-04-20T14:40', { sentTo: 'LA5', concerns: ['SEXUAL_ABUSE', 'NEGLECT'], chasedOn: '2026-05-06' }),
  ],
}
