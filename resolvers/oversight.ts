import type { GraphQLResolveInfo } from 'graphql'
import type { DisclosureRequest } from '../src/disclosure/disclosureRequest.ts'
import { demandQuestion } from '../src/oversight/asking.ts'
import { pagesOf } from '../src/oversight/candidates.ts'
import { isPlacedIn, placedChildren } from '../src/oversight/placed.ts'
import {
  type WorklistArguments,
  type WorklistContext,
  type WorklistEntry,
  worklist,
} from '../src/oversight/worklist.ts'

/** What the resolvers of questions over many children need of a request. */
export type OversightContext = WorklistContext & Pick<DisclosureRequest, 'factsOf' | 'openChild' | 'inTurn'>

/** Questions over many children: who may ask stands in `src/policy/oversight.ts`. */
export const resolvers = {
  Query: {
    placedIn: async (
      _: unknown,
      { la, after }: { readonly la: string; readonly after?: string | null },
      context: OversightContext,
      info: GraphQLResolveInfo,
    ) => {
      demandQuestion(context, 'PLACED_IN')
      const children = await placedChildren({
        candidates: pagesOf((last) => context.candidates.inAreas([la], last), after ?? ''),
        factsOf: context.factsOf,
        isPlaced: isPlacedIn(la),
        open: (id) => context.openChild(id, null, info),
      })
      return children.map(context.inTurn)
    },
    worklist: (_: unknown, asked: WorklistArguments, context: OversightContext) => worklist(asked, context),
  },
  WorklistEntry: {
    child: ({ childId }: WorklistEntry, _: unknown, context: OversightContext, info: GraphQLResolveInfo) =>
      context.openChild(childId, null, info),
  },
}
