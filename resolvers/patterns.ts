import { joined } from '../src/disclosure/context.ts'
import { attendanceAndRestraint, attendanceNeeds } from '../src/picture/attendances.ts'
import { contactNeeds, contactPattern } from '../src/picture/contacts.ts'
import { meetingGapNeeds, meetingGaps } from '../src/picture/meetingGaps.ts'
import { type MissingPattern, missingNeeds, missingPattern } from '../src/picture/missing.ts'
import { firstOf } from '../src/picture/page.ts'
import { readsContent } from '../src/picture/readable.ts'
import { type RestraintPattern, restraintNeeds, restraintPattern } from '../src/picture/restraint.ts'

interface First {
  readonly first?: number | null
}

/** Fields of `Child` in `schema/patterns.graphql`, and the lists of the patterns, cut to what was asked. */
export const resolvers = {
  Child: {
    missing: joined(missingNeeds, (child, answers, _args, { contracts }) =>
      missingPattern(answers, contracts, child.asOf, readsContent(child.grants.socialCare, 'SOCIAL_CARE')),
    ),
    restrictivePractice: joined(restraintNeeds, (_child, answers, _args, { contracts }) =>
      restraintPattern(answers, contracts),
    ),
    contactsAndReferrals: joined(contactNeeds, (child, answers, args: { readonly withinDays?: number | null }) =>
      contactPattern(answers, child.asOf, args.withinDays ?? null),
    ),
    meetingGaps: joined(meetingGapNeeds, (_child, answers, _args, { contracts, registry }) =>
      meetingGaps(answers, contracts, registry),
    ),
    attendanceAndRestraint: joined(attendanceNeeds, (_child, answers, _args, { contracts }) =>
      attendanceAndRestraint(answers, contracts),
    ),
  },
  MissingPattern: {
    episodes: (pattern: MissingPattern, { first }: First) => pattern.episodes.slice(0, firstOf(first, 100)),
  },
  RestrictivePracticePattern: {
    incidents: (pattern: RestraintPattern, { first }: First) => pattern.incidents.slice(0, firstOf(first, 100)),
  },
}
