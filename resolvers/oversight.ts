import type { GraphQLResolveInfo } from 'graphql'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import type { AuthorisedChild } from '../src/disclosure/requestContext.ts'
import { pagesOf } from '../src/oversight/candidateChildren.ts'
import { caseAudit } from '../src/oversight/caseAudit.ts'
import { type DataQualityContext, dataQuality } from '../src/oversight/dataQuality.ts'
import { escalations, type MessagesContext } from '../src/oversight/escalations.ts'
import { type ForumArguments, forumListings } from '../src/oversight/forumListings.ts'
import { type LearningActionsArguments, learningActions } from '../src/oversight/learningActions.ts'
import { type MissingNoticesArguments, missingNotices } from '../src/oversight/missingNotices.ts'
import { demandQuestion } from '../src/oversight/oversightQuestion.ts'
import { isPlacedIn, isPlacedOut, placedAfter, placedChildren } from '../src/oversight/placedChildren.ts'
import { type ProfileArguments, type ProfileAsking, problemProfile } from '../src/oversight/problemProfile.ts'
import type { GivenAlert, WaitingContext } from '../src/oversight/waitingAlerts.ts'
import { type WorklistArguments, worklist } from '../src/oversight/worklist.ts'
import { possibleDuplicates } from './identityReview.ts'

/** What the resolvers of questions over many children need of a request. */
export type OversightContext = WaitingContext &
  MessagesContext &
  DataQualityContext &
  Pick<DisclosureRequest, 'openChild' | 'inTurn' | 'readForNeeds'>

type Reviewing = Parameters<typeof possibleDuplicates>[0]

/** The child of an entry, with all that is selected of it: opened like one that was asked for. */
const childOf = (
  { childId }: Pick<GivenAlert, 'childId'>,
  _: unknown,
  context: OversightContext,
  info: GraphQLResolveInfo,
) => context.openChild(childId, null, info)

interface Placed {
  readonly la: string
  readonly after?: string | null
}

interface AskedPlaced {
  readonly after: string | null | undefined
  readonly from: (last: string) => Promise<readonly string[]>
  readonly isPlaced: ReturnType<typeof isPlacedIn>
}

async function placed(
  { after, from, isPlaced }: AskedPlaced,
  context: OversightContext,
  info: GraphQLResolveInfo,
): Promise<readonly Promise<AuthorisedChild>[]> {
  const candidates = pagesOf(from, await placedAfter(after, context))
  const open = (id: string) => context.openChild(id, null, info)
  const { caller, contracts, evaluate, registry } = context
  return (await placedChildren({ candidates, evaluate, caller, contracts, registry, isPlaced, open })).map(
    context.inTurn,
  )
}

/** Questions over many children: who may ask stands in `src/policy/mayAskOversight.ts`. */
export const resolvers = {
  Query: {
    placedOut: (_: unknown, { la, after }: Placed, context: OversightContext, info: GraphQLResolveInfo) => {
      demandQuestion(context, 'PLACED_OUT')
      const from = (last: string) => context.candidates.ofAuthority(la, last)
      return placed({ after, from, isPlaced: isPlacedOut(la) }, context, info)
    },
    placedIn: (_: unknown, { la, after }: Placed, context: OversightContext, info: GraphQLResolveInfo) => {
      demandQuestion(context, 'PLACED_IN')
      const from = (last: string) => context.candidates.inAreas([la], last)
      return placed({ after, from, isPlaced: isPlacedIn(la) }, context, info)
    },
    worklist: (_: unknown, asked: WorklistArguments, context: OversightContext) => worklist(asked, context),
    caseAudit: (_: unknown, { caseIds }: { readonly caseIds: readonly string[] }, context: OversightContext) =>
      caseAudit(caseIds, context),
    problemProfile: (_: unknown, asked: ProfileArguments, context: ProfileAsking) => problemProfile(asked, context),
    missingNotices: (_: unknown, asked: MissingNoticesArguments, context: OversightContext) =>
      missingNotices(asked, context),
    forumListings: (_: unknown, asked: ForumArguments, context: OversightContext) => forumListings(asked, context),
    dataQuality: (_: unknown, _asked: unknown, context: OversightContext) => dataQuality(context),
    escalations: (_: unknown, _asked: unknown, context: OversightContext) => escalations(context),
    learningActions: (_: unknown, asked: LearningActionsArguments, context: OversightContext) =>
      learningActions(asked, context),
  },
  Worklist: {
    possibleDuplicates: (_: unknown, _asked: unknown, context: Reviewing) => possibleDuplicates(context),
  },
  AuditedCase: { child: childOf },
  WorklistEntry: { child: childOf },
  ForumEntry: { child: childOf },
  MissingNoticeEntry: { child: childOf },
}
