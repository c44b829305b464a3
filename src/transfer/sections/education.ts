import { partyName } from '../../foundation/partyName.ts'
import type { AttendancePeriodRow, EnrolmentRow } from '../../records/generated.ts'
import { decodedAttendance } from '../../sources/attendanceCodes.ts'
import { decoded } from '../../sources/codeWords.ts'
import { percentageOf } from '../../sources/partAboveWhole.ts'
import type { SectionInput } from '../carriedRows.ts'
import { ofSchoolAge, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

/** T7. The child protection file goes from school to school on its own way: a sent file without a receipt is chased. */
export const education = section({
  code: 'T7',
  title: 'Education',
  mandatory: ofSchoolAge,
  suppliers: ['EDUCATION'],
  needs: {
    education: {
      enrolments: ['urn', 'school', 'phase', 'contact', 'from', 'to'],
      attendance: ['school', 'from', 'to', 'possible', 'attended', 'codes'],
      suspensions: ['kind', 'from', 'sessions', 'reasons'],
      basicNeedsSupport: ['kind'],
      concerns: ['category', 'action'],
      specialNeeds: ['need', 'provision', 'maintainedBy', 'from', 'to'],
      protectionFiles: ['fromUrn', 'toUrn', 'sentOn', 'receiptOn'],
      restraints: ['technique', 'ground'],
    },
  },
  fill: (input) => {
    const school = { agency: 'education' } as const
    const enrolled = (row: Pick<EnrolmentRow, 'school' | 'urn' | 'from' | 'to' | 'contact'>): string | null =>
      phrase(
        field(row, 'school'),
        after('URN', field(row, 'urn')),
        period(day(row, 'from'), day(row, 'to')),
        after('safeguarding lead', field(row, 'contact')),
      )
    return [
      ...ask(input, {
        ...school,
        label: 'School now',
        list: 'enrolments',
        pick: (row) => !row.to,
        none: 'On no roll that education knows of.',
        expected: true,
        tell: enrolled,
      }),
      ...ask(input, {
        ...school,
        label: 'Earlier schools',
        list: 'enrolments',
        pick: (row) => Boolean(row.to),
        none: 'None is recorded.',
        tell: enrolled,
      }),
      ...ask(input, {
        ...school,
        label: 'Child protection file',
        list: 'protectionFiles',
        none: 'Nobody has recorded that the file was sent or received.',
        expected: true,
        tell: (row) =>
          phrase(
            after('from', schoolName(input, row.fromUrn)),
            after('to', schoolName(input, row.toUrn)),
            after('sent', day(row, 'sentOn')) ?? 'not sent',
            after('receipt', day(row, 'receiptOn')) ?? 'no receipt: chase it',
          ),
      }),
      ...ask(input, {
        ...school,
        label: 'Attendance',
        list: 'attendance',
        latest: 6,
        none: 'No attendance is recorded.',
        tell: (row) =>
          phrase(field(row, 'school'), period(day(row, 'from'), day(row, 'to')), percentage(row), sessionsByCode(row)),
      }),
      ...ask(input, {
        ...school,
        label: 'Suspensions and exclusions',
        list: 'suspensions',
        none: 'None.',
        tell: (row) =>
          phrase(
            decoded('exclusion', row.kind),
            day(row, 'from'),
            after('sessions', field(row, 'sessions')),
            after('reasons:', decoded('exclusionReason', row.reasons)),
          ),
      }),
      ...ask(input, {
        ...school,
        label: 'Special needs and plans',
        list: 'specialNeeds',
        none: 'None is recorded.',
        tell: (row) =>
          phrase(
            decoded('schoolNeed', row.need),
            decoded('schoolProvision', row.provision),
            after('maintained by', field(row, 'maintainedBy')),
          ),
      }),
      ...ask(input, {
        ...school,
        label: 'Support with basic needs',
        list: 'basicNeedsSupport',
        none: 'None is recorded.',
        tell: (row) => plain(field(row, 'kind')),
      }),
      ...ask(input, {
        ...school,
        label: 'Concerns logged',
        list: 'concerns',
        none: 'None is recorded.',
        tell: (row) => phrase(day(row, 'eventAt'), plain(field(row, 'category')), field(row, 'action')),
      }),
      ...ask(input, {
        ...school,
        label: 'Restraint in school',
        list: 'restraints',
        none: 'None is recorded.',
        tell: (row) =>
          phrase(day(row, 'eventAt'), plain(field(row, 'technique')), row.ground === true && 'on the ground'),
      }),
    ]
  },
})

/** A school by its name, with its number beside it. */
const schoolName = ({ registry }: SectionInput, urn: string | null | undefined): string | null =>
  urn ? partyName(registry, urn) : null

const sessionsByCode = ({ codes }: Pick<AttendancePeriodRow, 'codes'>): string | null =>
  codes?.map(({ code, count }) => `${decodedAttendance(String(code))} ${count}`).join('; ') || null

const percentage = (row: Pick<AttendancePeriodRow, 'possible' | 'attended'>): string | null => {
  const share = percentageOf(row.attended, row.possible)
  return share === null ? null : `${share.toFixed(1)} %`
}
