import { within } from './codeWords.ts'

/**
 * Attendance and absence codes of the School Attendance (Pupil Registration) (England) Regulations 2024, in force from
 * 19 August 2024, in words.
 */
const meanings: Readonly<Record<string, string>> = {
  '/': 'Present in the morning',
  '\\': 'Present in the afternoon',
  L: 'Late, before the register closed',
  K: 'At provision arranged by the authority',
  V: 'On an educational visit',
  P: 'At a sporting activity',
  W: 'At work experience',
  B: 'At another approved activity',
  D: 'At another school where also registered',
  C1: 'Leave for a performance or employment abroad',
  M: 'Leave for a medical or dental appointment',
  J1: 'Leave for an interview',
  S: 'Study leave',
  X: 'Not of compulsory school age and not required to attend',
  C2: 'Part-time timetable',
  C: 'Leave in exceptional circumstances',
  T: 'Travelling for the occupation of a parent',
  R: 'Religious observance',
  I: 'Illness',
  E: 'Suspended or excluded, with no other provision',
  Q: 'The authority’s travel arrangements were lacking',
  Y1: 'Transport normally provided was not available',
  Y2: 'Widespread disruption to travel',
  Y3: 'Part of the premises closed',
  Y4: 'The whole school closed unexpectedly',
  Y5: 'In criminal justice detention',
  Y6: 'Public health guidance or law',
  Y7: 'Another unavoidable cause',
  G: 'Holiday that the school did not grant',
  N: 'Reason not yet established',
  O: 'Absent without authorisation, other reason',
  U: 'Late, after the register closed',
  Z: 'Not yet on roll',
  '#': 'Planned closure',
}

/** Every code of the set. */
export const attendanceCodes: readonly string[] = Object.keys(meanings)

/** Codes of a session at which the child was present or learnt elsewhere, or which the school did not hold for it. */
const notAbsent: ReadonlySet<string> = new Set(['/', '\\', ...'LKVPWBDXZ#'])

/** Whether a session with this code is one that the child was not at. A code that is not known may be one. */
export const isAbsent = (code: string): boolean => !notAbsent.has(code)

const unauthorised: ReadonlySet<string> = new Set(['G', 'N', 'O', 'U'])

/** What a code says; null for one that is not of the regulations: it stands as it was recorded. */
export const attendanceMeaning = (code: string): string | null =>
  Object.hasOwn(meanings, code) ? (meanings[code] ?? null) : null

/** Whether the absence was not authorised; null where the code is not of the regulations. */
export const isUnauthorised = (code: string): boolean | null =>
  Object.hasOwn(meanings, code) ? unauthorised.has(code) : null

/** `late, before the register closed (L)`, within a sentence; a code that is not of the regulations as it is. */
export const decodedAttendance = (code: string): string => {
  const meaning = attendanceMeaning(code)
  return meaning === null ? code : `${within(meaning)} (${code})`
}
