import { contactNeeds, contactPattern } from '../src/childView/contactPattern.ts'
import type { ListPart } from '../src/childView/listFilter.ts'
import { readsContent } from '../src/childView/mayReadContent.ts'
import { meetingGapNeeds, meetingGaps } from '../src/childView/meetingGaps.ts'
import { missingPatternNeeds } from '../src/childView/missingEpisodeFields.ts'
import { episodesPart, type MissingPattern, missingPattern } from '../src/childView/missingEpisodes.ts'
import { dateOfBirthNeeds, personField } from '../src/childView/namesAndIdentifiers.ts'
import { incidentsPart, type RestraintPattern, restraintNeeds, restraintPattern } from '../src/childView/restraint.ts'
import { attendanceAndRestraint, attendanceNeeds } from '../src/childView/unscheduledAttendanceAndRestraint.ts'
import { joined } from '../src/disclosure/requestContext.ts'
import { mergeNeeds } from '../src/records/mergeNeeds.ts'

/** A pattern with what the age at each incident is told from. */
type Aged = RestraintPattern & { readonly bornOn: string | null }

/** The age is fetched for whoever asks for it. */
const agedNeeds = mergeNeeds(restraintNeeds, dateOfBirthNeeds)

/** Fields of `Child` in `schema/patterns.graphql`, and the lists of the patterns, cut to what was asked. */
export const resolvers = {
  Child: {
    missing: joined(missingPatternNeeds, (child, answers, _args, { contracts }) =>
      missingPattern(
        answers,
        { grants: child.grants, contracts },
        child.asOf,
        readsContent(child.grants.socialCare, 'SOCIAL_CARE'),
      ),
    ),
    restrictivePractice: joined(
      (_contracts, selects): typeof agedNeeds =>
        // What is not asked for is not fetched: then nothing of it is there to be read.
        selects('incidents.age') ? agedNeeds : (restraintNeeds as unknown as typeof agedNeeds),
      (child, answers, _args, { contracts }): Aged => ({
        ...restraintPattern(answers, { grants: child.grants, contracts }),
        bornOn: personField(answers, 'dateOfBirth'),
      }),
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
    episodes: (pattern: MissingPattern, part: ListPart) => episodesPart(pattern, part),
  },
  RestrictivePracticePattern: {
    incidents: (pattern: Aged, part: ListPart) => incidentsPart(pattern, pattern.bornOn, part),
  },
}
