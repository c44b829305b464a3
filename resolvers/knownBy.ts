import { hazardMatrix, hazardNeeds } from '../src/childView/hazardMatrix.ts'
import { earlierOf } from '../src/childView/knownAtDate.ts'
import { holderNamed, knownBy, knownByNeeds } from '../src/childView/knownBy.ts'
import { joined } from '../src/disclosure/requestContext.ts'

interface AsOf {
  readonly asOf?: string | null
}

/** Fields of `Child` in `schema/knownBy.graphql`. */
export const resolvers = {
  Child: {
    hazards: joined(hazardNeeds, (child, answers, { asOf }: AsOf, { contracts }) =>
      hazardMatrix(answers, { grants: child.grants, contracts }, earlierOf(asOf, child.asOf)),
    ),
    knownBy: joined(
      knownByNeeds,
      (child, answers, { holder, asOf }: AsOf & { readonly holder: string }, { contracts, registry }) =>
        knownBy(
          answers,
          { grants: child.grants, contracts },
          holderNamed(registry, holder),
          earlierOf(asOf, child.asOf),
        ),
    ),
  },
}
