import {
  communication,
  communicationNeeds,
  dateOfBirthNeeds,
  expectedDate,
  expectedDateNeeds,
  identifierNeeds,
  identifiers,
  nameNeeds,
  names,
  personField,
  sexNeeds,
} from '../src/childView/identity.ts'
import { involvementNeeds, involvements } from '../src/childView/involvements.ts'
import { sourceNeeds, sourceReports } from '../src/childView/sources.ts'
import { status, statusNeeds } from '../src/childView/status.ts'
import { withheldFromChild } from '../src/childView/withheld.ts'
import { type AuthorisedChild, joined, type RequestContext } from '../src/disclosure/context.ts'
import { placesTold } from '../src/disclosure/expected.ts'
import { leadAgency } from '../src/foundation/agencies.ts'

/** Fields of `Child` in `schema/child.graphql`: identity, banner, sources. `id` and `asOf` are the open child's own. */
export const resolvers = {
  Child: {
    purpose: (_child: AuthorisedChild, _args: unknown, context: RequestContext) => context.caller.purpose,
    auditId: (_child: AuthorisedChild, _args: unknown, context: RequestContext) => context.auditId,
    withheld: (child: AuthorisedChild, _args: unknown, context: RequestContext) =>
      withheldFromChild(child.grants, context.contracts),
    names: joined(nameNeeds, (_child, answers, _args, { contracts }) => names(answers, contracts)),
    dateOfBirth: joined(dateOfBirthNeeds, (_child, answers) => personField(answers, 'dateOfBirth')),
    expectedDate: joined(expectedDateNeeds, (_child, answers) => expectedDate(answers)),
    sex: joined(sexNeeds, (_child, answers) => personField(answers, 'sex')),
    identifiers: joined(identifierNeeds, (_child, answers, _args, { contracts }) => identifiers(answers, contracts)),
    communication: joined(communicationNeeds, (_child, answers) => communication(answers)),
    status: joined(statusNeeds, (child, answers, _args, { contracts, registry, caller }) => {
      const keepsCase = caller.la !== null && caller.la === child.facts.responsibleLa
      return status(answers, { grants: child.grants, contracts }, registry, child.asOf, keepsCase)
    }),
    sources: joined(sourceNeeds, (child, answers, _args, { contracts, registry }) =>
      sourceReports(answers, child.grants, contracts, {
        registry,
        places: placesTold(child.facts, child.grants[leadAgency]),
      }),
    ),
    involvements: joined(
      involvementNeeds,
      (child, answers, args: { readonly openOnly?: boolean | null }, { contracts, registry }) =>
        involvements(answers, contracts, registry, child.asOf, args.openOnly ?? true),
    ),
  },
}
