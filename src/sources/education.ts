import { spokenLanguage } from '../foundation/codeInWords.ts'
import { attendanceCodes } from './attendanceCodes.ts'
import { decoded } from './codeWords.ts'
import { concernTagsOf } from './concernTags.ts'
import type { Row, SourceContract } from './contract.ts'
import { coded, sentence } from './narration.ts'
import { isAbove } from './partAboveWhole.ts'

/** A language by its name; as long as it is not known, no sentence names it. */
const inLanguage = (tag: unknown): string | null => (typeof tag === 'string' && tag !== '' ? spokenLanguage(tag) : null)

const isKnown = (value: unknown): boolean => value !== null && value !== undefined

const attendedOf = ({ attended, possible }: Row): string =>
  isKnown(attended) && isKnown(possible) && !isAbove(attended, possible)
    ? sentence`: ${attended} of ${possible} sessions`
    : ''

const forSessions = ({ sessions }: Row): string =>
  isKnown(sessions) ? sentence` for ${sessions} ${Number(sessions) === 1 ? 'session' : 'sessions'}` : ''

/** Where schools and education services keep what they hold. */
export const contract: SourceContract = {
  name: 'education',
  title: 'Education',
  agency: 'EDUCATION',
  home: 'EDUCATION',
  system: 'school-information-system',
  speakers: { EDUCATION: ['EDUCATION'] },
  beforeRelease:
    'Ask whether it would cause serious harm to anyone (DPA 2018 Sch 3 Part 4). Read free text for other people.',
  lists: {
    person: { transferred: true, identifiers: { upn: 'UPN' } },
    enrolments: {
      relationship: { kind: 'ON_ROLL' },
      transferred: true,
      involvement: { kind: 'ENROLMENT', service: ['school', 'urn'] },
      chronology: {
        fields: ['school', 'phase', 'endReason'],
        tell: (row) => ({ headline: sentence`On roll at ${row.school}`, action: sentence`${row.endReason}` }),
      },
    },
    attendance: {
      transferred: true,
      parts: { attended: 'possible' },
      chronology: {
        fields: ['school', 'possible', 'attended'],
        tell: (row) => ({
          headline: sentence`Attendance at ${row.school}${attendedOf(row)}`,
        }),
      },
    },
    absences: { kinds: attendanceCodes },
    suspensions: {
      transferred: true,
      chronology: {
        fields: ['kind', 'sessions', 'reasons'],
        tell: (row) => ({
          headline: row.kind === 'PERM' ? 'Permanently excluded' : `Suspended${forSessions(row)}`,
          action: sentence`${decoded('exclusionReason', row.reasons)}`,
        }),
      },
    },
    basicNeedsSupport: {
      transferred: true,
      chronology: {
        fields: ['kind', 'note'],
        tell: (row) => ({
          headline: sentence`School gave support: ${coded(row.kind)}`,
          action: sentence`${row.note}`,
          positive: true,
          concernTags: concernTagsOf(row.kind),
        }),
      },
    },
    concerns: {
      transferred: true,
      chronology: {
        fields: ['category', 'text', 'action'],
        tell: (row) => ({
          headline: sentence`School concern: ${coded(row.category)}`,
          impactOnChild: sentence`${row.text}`,
          action: sentence`${row.action}`,
          concernTags: concernTagsOf(row.category, row.text),
        }),
      },
    },
    penaltyNotices: {
      chronology: {
        fields: ['paid', 'reasonExplored'],
        tell: (row) => ({
          headline: sentence`Penalty notice for absence${row.paid === true ? ', paid' : row.paid === false ? ', not paid' : ''}`,
          action: row.reasonExplored ? sentence`${row.reasonExplored}` : 'reason for the absence not known',
        }),
      },
    },
    specialNeeds: {
      transferred: true,
      chronology: {
        fields: ['need', 'provision'],
        tell: (row) => ({
          headline: sentence`Special educational need: ${decoded('schoolNeed', row.need)}, ${decoded('schoolProvision', row.provision)}`,
        }),
      },
    },
    protectionFiles: {
      transferred: true,
      chronology: {
        fields: ['sentOn', 'receiptOn'],
        tell: (row) => ({
          headline: row.sentOn ? sentence`Child protection file sent ${row.sentOn}` : 'Child protection file not sent',
          action: row.receiptOn ? sentence`receipt ${row.receiptOn}` : 'no receipt',
        }),
      },
    },
    letters: {
      chronology: {
        fields: ['kind', 'language', 'interpreter'],
        tell: (row) => ({
          headline: sentence`School ${row.kind === 'MEETING' ? 'meeting' : 'letter'} in ${inLanguage(row.language)}`,
        }),
      },
    },
    travel: {
      chronology: {
        fields: ['destination', 'returnOn'],
        tell: (row) => ({ headline: sentence`Travel known to school: ${row.destination}, return ${row.returnOn}` }),
      },
    },
    restraints: {
      transferred: true,
      chronology: {
        fields: ['technique', 'ground'],
        tell: (row) => ({
          headline: sentence`Restraint in school: ${coded(row.technique)}${row.ground ? ', on the ground' : ''}`,
        }),
      },
    },
    onlineIdentifiers: {},
    referralsMade: {
      transferred: true,
      chronology: {
        fields: ['concerns', 'sentTo'],
        tell: (row) => ({ headline: sentence`School referred to ${row.sentTo}: ${coded(row.concerns)}` }),
      },
    },
  },
}
