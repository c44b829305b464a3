import { attendanceAndRestraint, attendanceNeeds } from '../src/childView/attendances.ts'
import { contactNeeds, contactPattern } from '../src/childView/contacts.ts'
import { meetingGapNeeds, meetingGaps } from '../src/childView/meetingGaps.ts'
import { type MissingPattern, missingNeeds, missingPattern } from '../src/childView/missing.ts'
import { firstOf } from '../src/childView/page.ts'
import { readsContent } from '../src/childView/readable.ts'
import { type RestraintPattern, restraintNeeds, restraintPattern } from '../src/childView/restraint.ts'
import { joined } from '../src/disclosure/context.ts'

interface First {
  readonly first?: number | null
}

/** Fields of `Child` in `schema/patterns.graphql`, and the lists of the patterns, cut to what was asked. */
export const resolvers = {
  Child: {
    missing: joined(missingNeeds, (child, answers, _args, { contracts }) =>
      missingPattern(
        answers,
        { grants: child.grants, contracts },
        child.asOf,
        readsContent(child.grants.socialCare, 'SOCIAL_CARE'),
      ),
    ),
    restrictivePractice: joined(restraintNeeds, (child, answers, _args, { contracts }) =>
      restraintPattern(answers, { grants: child.grants, contracts }),
    ),
    contactsAndReferrals: joined(
      contactNeeds,
      (child, answers, args: { readonly withinDays?: number | null }, { contracts }) =>
        contactPattern(answers, { grants: child.grants, contracts }, child.asOf, args.withinDays ?? null),
    ),
    meetingGaps: joined(meetingGapNeeds, (child, answers, _args, { contracts, registry }) =>
      meetingGaps(answers, { grants: child.grants, contracts }, registry),
    ),
    attendanceAndRestraint: joined(attendanceNeeds, (child, answers, _args, { contracts }) =>
      attendanceAndRestraint(answers, { grants: child.grants, contracts }),
    ),
  },
  MissingPattern: {
    episodes: (pattern: MissingPattern, { first }: First) => pattern.episodes?.slice(0, firstOf(first, 100)) ?? null,
  },
  RestrictivePracticePattern: {
    incidents: (pattern: RestraintPattern, { first }: First) =>
      pattern.incidents?.slice(0, firstOf(first, 100)) ?? null,
  },
}
