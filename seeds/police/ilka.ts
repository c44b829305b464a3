import { holders } from '../holders.ts'
import type { AgencySeed } from '../seedRecord.ts'
import { instant, recordId, writer } from '../seedRowWriter.ts'

const one = writer('police/ilka', { ...holders.force1, person: 'F1-N-69013', recordedBy: 'Missing desk' })
const missing = (from: string, to: string, overnight: boolean, grade: string, safeAndWellCheck: boolean) =>
  one(from, {
    kind: 'M',
    from: instant(from),
    to: instant(to),
    overnight,
    grade,
    safeAndWellCheck,
    foundAt: 'Returned by herself',
  })

/** The longest as it was recorded while it went on: the night on which she is missing can be asked about. */
const reportedMissing = one('2026-10-17T21:00', {
  id: recordId('police/ilka', 'reported missing'),
  kind: 'M',
  from: instant('2026-10-17T21:00'),
  grade: 'HIGH',
})

/** Ilka to Force 1: three episodes that lengthen, and a crime that social care saw four days late. */
export const ilka: AgencySeed['records'] = {
  person: [
    one('2026-09-11T12:30', {
      family: 'Venskute',
      given: 'Ilka',
      dateOfBirth: '2013-04-19',
      sex: '2',
      ethnicity: 'W9',
    }),
  ],
  missingEpisodes: [
    missing('2026-09-11T12:00', '2026-09-11T16:00', false, 'MEDIUM', true),
    missing('2026-09-25T08:00', '2026-09-25T17:00', false, 'MEDIUM', true),
    reportedMissing,
    { ...missing('2026-10-17T21:00', '2026-10-21T17:00', true, 'HIGH', false), supersedes: reportedMissing.id },
  ],
  crimes: [
    one('2026-10-20T15:00', {
      offence: 'Sexual assault',
      role: 'VICTIM',
      otherParty: 'Adult male, known',
      otherIsChild: false,
      outcome: 'Evidential difficulties',
      outcomeAt: '2026-11-10T12:00:00Z',
      sharedAt: '2026-10-24T15:00:00Z',
      evidence: 'ALLEGATION',
    }),
  ],
}
