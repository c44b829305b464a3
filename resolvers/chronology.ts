import { joined } from '../src/context.ts'
import { type ChronologyArguments, chronology, chronologyNeeds } from '../src/picture/chronology.ts'

/** Fields of `Child` in `schema/chronology.graphql`. */
export const resolvers = {
  Child: {
    chronology: joined(chronologyNeeds, (child, answers, args: ChronologyArguments, { contracts }) =>
      chronology(answers, child.grants, contracts, args),
    ),
  },
}
