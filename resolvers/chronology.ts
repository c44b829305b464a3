import { joined } from '../src/context.ts'
import { type ChronologyArguments, chronology, chronologyNeeds } from '../src/picture/chronology.ts'
import { refuseWithheldFilter } from '../src/picture/filter.ts'
import type { Request } from '../src/request.ts'

/** Fields of `Child` in `schema/chronology.graphql`. */
export const resolvers = {
  Child: {
    chronology: joined(
      chronologyNeeds,
      (child, answers, args: ChronologyArguments, { contracts, layouts }: Request) => {
        refuseWithheldFilter(args.agencies, child.grants, layouts)
        return chronology(answers, child.grants, contracts, args)
      },
    ),
  },
}
