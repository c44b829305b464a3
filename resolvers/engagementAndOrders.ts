import { adultWeekNeeds, adultWeeks } from '../src/childView/adultServiceWeeks.ts'
import { statusNeeds } from '../src/childView/banner.ts'
import { basicNeeds, basicNeedsNeeds } from '../src/childView/basicNeeds.ts'
import { type CareHistory, careHistory, careNeeds, periodsPart, placementsPart } from '../src/childView/careHistory.ts'
import { custodyNeeds, custodyOfCarers } from '../src/childView/carerCustody.ts'
import { counterparts } from '../src/childView/crossAreaCounterparts.ts'
import { type Engagement, engagement, engagementNeeds, missedPart } from '../src/childView/engagement.ts'
import { custodianNeeds, healthCustodian } from '../src/childView/healthCustodian.ts'
import { involvementOfKind } from '../src/childView/involvementPeriods.ts'
import { involvementNeeds, involvements } from '../src/childView/involvements.ts'
import { legal, legalNeeds } from '../src/childView/legalOrders.ts'
import type { ListPart } from '../src/childView/listFilter.ts'
import { readsContent } from '../src/childView/mayReadContent.ts'
import { missingPattern } from '../src/childView/missingEpisodes.ts'
import {
  type AttendancePicture,
  absencesPart,
  attendancePicture,
  attendancePictureNeeds,
} from '../src/childView/schoolAttendance.ts'
import { joined } from '../src/disclosure/requestContext.ts'
import type { Contracts } from '../src/records/agencyAnswers.ts'
import { mergeNeeds } from '../src/records/mergeNeeds.ts'
import { bannerOf } from './child.ts'

/** Areas are those of the banner. */
const counterpartNeeds = (contracts: Contracts) => mergeNeeds(statusNeeds, involvementNeeds(contracts))

/**
 * Fields of `Child` in `schema/engagementAndOrders.graphql`: what was offered, asked, ordered, and how the child lives.
 */
export const resolvers = {
  Child: {
    engagement: joined(engagementNeeds, ({ grants }, answers, part: ListPart, { contracts }) =>
      engagement(answers, { grants, contracts }, part),
    ),
    adultRequirements: joined(adultWeekNeeds, ({ grants }, answers, part: ListPart, { contracts }) =>
      adultWeeks(answers, { grants, contracts }, part),
    ),
    carerCustody: joined(custodyNeeds, ({ grants, asOf }, answers, part: ListPart, { contracts }) =>
      custodyOfCarers(answers, { grants, contracts }, asOf, part),
    ),
    legal: joined(legalNeeds, ({ grants, asOf }, answers, part: ListPart, { contracts }) =>
      legal(answers, { grants, contracts }, asOf, part),
    ),
    careHistory: joined(careNeeds, ({ grants, asOf }, answers, _args, { contracts }) =>
      careHistory(answers, { grants, contracts }, asOf),
    ),
    attendance: joined(attendancePictureNeeds, ({ grants, asOf }, answers, part: ListPart, { contracts }) =>
      attendancePicture(
        answers,
        { grants, contracts },
        {
          asOf,
          part,
          missing: missingPattern(answers, { grants, contracts }, asOf, readsContent(grants.socialCare, 'SOCIAL_CARE')),
        },
      ),
    ),
    involvement: joined(
      involvementNeeds,
      ({ grants, asOf }, answers, { kind }: Pick<ListPart, 'kind'>, { contracts, registry }) =>
        involvementOfKind(
          involvements(answers, contracts, registry, asOf, false),
          { answers, grants, contracts },
          asOf,
          kind ?? null,
        ),
    ),
    professionals: joined(counterpartNeeds, (child, answers, _args, context) => {
      const { contracts, registry } = context
      return counterparts(
        involvements(answers, contracts, registry, child.asOf, true),
        { answers, grants: child.grants, contracts },
        registry,
        bannerOf(child, answers, context),
      )
    }),
    healthCustodian: joined(custodianNeeds, ({ grants, asOf }, answers, _args, { contracts }) =>
      healthCustodian(answers, { grants, contracts }, asOf),
    ),
    basicNeedsSupport: joined(basicNeedsNeeds, ({ grants }, answers, part: ListPart, { contracts }) =>
      basicNeeds(answers, { grants, contracts }, part),
    ),
  },
  Engagement: {
    missedOffers: (picture: Engagement, part: ListPart) => missedPart(picture, part),
  },
  CareHistory: {
    placements: (history: CareHistory, part: ListPart) => placementsPart(history, part),
    periods: (history: CareHistory, part: ListPart) => periodsPart(history, part),
  },
  AttendancePicture: {
    absences: (picture: AttendancePicture, part: ListPart) => absencesPart(picture, part),
  },
}
