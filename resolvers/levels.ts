import { levelNeeds, levels } from '../src/childView/levelsOfNeed.ts'
import { joined } from '../src/disclosure/requestContext.ts'

/** Field of `Child` in `schema/levels.graphql`. */
export const resolvers = {
  Child: {
    levels: joined(levelNeeds, (child, answers, _args, { contracts }) =>
      levels(answers, { grants: child.grants, contracts }, child.asOf),
    ),
  },
}
