import { levelNeeds, levels } from '../src/childView/levels.ts'
import { joined } from '../src/disclosure/context.ts'

/** Field of `Child` in `schema/levels.graphql`. */
export const resolvers = {
  Child: {
    levels: joined(levelNeeds, (child, answers, _args, { contracts }) =>
      levels(answers, { grants: child.grants, contracts }, child.asOf),
    ),
  },
}
