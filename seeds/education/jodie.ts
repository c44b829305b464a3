import { holders, schools } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

const academy = writer('education/jodie/academy', {
  ...holders.eastvaleAcademy,
  person: 'P-28819',
  recordedBy: 'Mr Abbot, safeguarding lead',
})
const centre = writer('education/jodie/centre', {
  ...holders.eastvaleAcademy,
  organisation: '900008',
  person: 'P-28819',
  recordedBy: 'Centre manager',
})

/** Jodie: excluded for good, then nine months of a part-time place. */
export const jodie: AgencySeed['records'] = {
  person: [
    academy('2023-09-05', {
      upn: 'H992500312102',
      family: 'Merrick',
      given: 'Jodie',
      dateOfBirth: '2012-09-03',
      sex: 'F',
      homeLanguage: 'en',
      ethnicity: 'WBRI',
    }),
  ],
  enrolments: [
    academy('2023-09-05', {
      ...schools.eastvaleAcademy,
      from: '2023-09-05',
      to: '2025-01-20',
      endReason: 'Permanently excluded',
    }),
    centre('2025-01-28', {
      urn: '900008',
      school: 'Eastvale Tuition Centre',
      phase: 'ALTERNATIVE',
      contact: 'Safeguarding lead, 01632 960108',
      from: '2025-01-28',
      to: '2025-10-24',
      endReason: 'Place ended',
    }),
    academy('2025-11-03', { ...schools.eastvaleAcademy, from: '2025-11-03' }),
  ],
  attendance: [
    centre('2025-10-24T15:00', {
      school: 'Eastvale Tuition Centre',
      from: '2025-01-28',
      to: '2025-10-24',
      possible: 130,
      attended: 71,
      codes: [
        { code: '/', count: 71 },
        { code: 'C2', count: 30 },
        { code: 'N', count: 29 },
      ],
    }),
  ],
  absences: [
    centre('2025-05-06', { date: '2025-05-06', session: 'AM', code: 'N' }),
    centre('2025-09-30', { date: '2025-09-30', session: 'AM', code: 'N' }),
  ],
  suspensions: [academy('2025-01-20', { kind: 'PERM', from: '2025-01-20', sessions: 0, reasons: ['DA', 'PA'] })],
  concerns: [
    academy('2024-11-19T12:30', {
      category: 'ONLINE_CONTACT',
      text: 'Meets people from an app after school',
      action: 'Told the mother',
    }),
    centre('2025-06-12T12:30', {
      category: 'LEVEL',
      text: 'Centre thinks the plan is too low; said so by telephone',
      action: 'Told social care; nothing written',
    }),
  ],
}
