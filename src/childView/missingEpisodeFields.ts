import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { Reads } from './countCompleteness.ts'

const shared = ['eventAt', 'provenance.recordedAt', 'provenance.supersedes', 'kind', 'from', 'to', 'force'] as const

/** What one count of missing episodes rests on. */
export const missingNeeds = {
  police: {
    missingEpisodes: [
      ...shared,
      'provenance.force',
      'overnight',
      'grade',
      'safeAndWellCheck',
      'foundAt',
      'providerReference',
    ],
  },
  socialCare: {
    missing: [
      ...shared,
      'provenance.organisation',
      'reported',
      'policeReference',
      'loggedBy',
      'interviewOffered',
      'interviewAccepted',
      'interviewAt',
    ],
  },
  education: { absences: ['date', 'session', 'provenance.supersedes'] },
} as const satisfies RequiredFields

/** What the whole pattern rests on: whether every absent session is dated is told from what registers count. */
export const missingPatternNeeds = mergeNeeds(missingNeeds, {
  education: {
    attendance: ['eventAt', 'provenance.supersedes', 'from', 'to', 'possible', 'attended', 'codes'],
    absences: ['code'],
  },
} as const satisfies RequiredFields)

const policeHead = { missingEpisodes: [...shared, 'provenance.force'] } as const
const careHead = { missing: [...shared, 'provenance.organisation', 'reported', 'loggedBy'] } as const

/**
 * What each number reads. References between the records of one episode are not among it: without them episodes are
 * joined by time and force.
 */
export const missingReads = {
  total: { grounds: [{ police: policeHead, socialCare: careHead }] },
  reported: { grounds: [{ police: policeHead, socialCare: careHead }] },
  // A force's report refutes a log that says nobody was told.
  unreported: { grounds: [{ socialCare: careHead }], refutedBy: { police: policeHead } },
  overnight: {
    grounds: [{ police: { missingEpisodes: [...policeHead.missingEpisodes, 'overnight'] }, socialCare: careHead }],
  },
  absentSessionsDuring: {
    grounds: [{ education: { absences: ['date', 'session'] } }, { police: policeHead, socialCare: careHead }],
  },
} as const satisfies Readonly<Record<string, Reads>>

/** Whether an interview was offered, accepted and held, by anybody. */
export const interviewReads = {
  grounds: [{ socialCare: { missing: ['interviewOffered', 'interviewAccepted', 'interviewAt'] } }],
} as const satisfies Reads
