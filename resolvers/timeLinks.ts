import { firstOf } from '../src/childView/listBounds.ts'
import { type InTime, inTime, inTimeNeeds, type TimeLinkKind } from '../src/childView/timeLinks.ts'
import { joined } from '../src/disclosure/requestContext.ts'

interface Links {
  readonly kinds?: readonly TimeLinkKind[] | null
  readonly first?: number | null
}

/** Field of `Child` in `schema/timeLinks.graphql`, and its links, cut to what was asked. */
export const resolvers = {
  Child: {
    inTime: joined(inTimeNeeds, (child, answers, _args, { contracts }) =>
      inTime(answers, { grants: child.grants, contracts }, child.asOf),
    ),
  },
  InTime: {
    links: ({ links }: InTime, { kinds, first }: Links) =>
      links?.filter(({ kind }) => kinds?.includes(kind) ?? true).slice(0, firstOf(first, 100)) ?? null,
  },
}
