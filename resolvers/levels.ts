import { keepsCase } from '../src/childView/authoritiesAsDisclosed.ts'
import { levelNeeds, levels } from '../src/childView/levelsOfNeed.ts'
import { joined } from '../src/disclosure/requestContext.ts'

/** Field of `Child` in `schema/levels.graphql`. */
export const resolvers = {
  Child: {
    levels: joined(levelNeeds, (child, answers, _args, { contracts, caller, registry }) =>
      levels(answers, { grants: child.grants, contracts }, child.asOf, keepsCase(child.facts, caller, registry)),
    ),
  },
}
