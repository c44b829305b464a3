import { keeperOf } from '../src/childView/authoritiesAsDisclosed.ts'
import { type Status, status, statusNeeds } from '../src/childView/banner.ts'
import { involvementNeeds, involvements, involvementsPart, toldInvolvements } from '../src/childView/involvements.ts'
import type { ListPart } from '../src/childView/listFilter.ts'
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
} from '../src/childView/namesAndIdentifiers.ts'
import { sourceNeeds, sourceReports } from '../src/childView/sourceReports.ts'
import { type WithheldCategory, withheldFromChild } from '../src/childView/withheld.ts'
import { type AuthorisedChild, joined, type RequestContext } from '../src/disclosure/requestContext.ts'
import type { AgencyName } from '../src/foundation/agencies.ts'
import type { AnswersTo } from '../src/records/agencyAnswers.ts'
import { dayOf } from '../src/records/currentRows.ts'
import { ukDay } from '../src/records/dayAndAge.ts'
import type { GovernanceContext } from './governance/governanceAccess.ts'
import type { GovernanceServices } from './governance/services.ts'

/** The banner of an open child for its reader. */
export const bannerOf = (
  child: AuthorisedChild,
  answers: AnswersTo<typeof statusNeeds>,
  { contracts, registry, caller, clock }: RequestContext,
): Status => {
  const keeper = keeperOf(child.facts, caller, registry, dayOf(child.asOf) === ukDay(clock.today()))
  return status(answers, { grants: child.grants, contracts }, registry, child.asOf, keeper)
}

/** Fields of `Child` in `schema/child.graphql`: identity, banner, sources. `id` and `asOf` are the open child's own. */
export const resolvers = {
  WithheldCategory: {
    purposes: ({ elsewhere }: WithheldCategory) => elsewhere().purposes,
    roles: ({ elsewhere }: WithheldCategory) => elsewhere().roles,
  },
  Child: {
    purpose: (_child: AuthorisedChild, _args: unknown, context: RequestContext) => context.caller.purpose,
    auditId: (_child: AuthorisedChild, _args: unknown, context: RequestContext) => context.auditId,
    withheld: (child: AuthorisedChild, _args: unknown, context: RequestContext) => {
      // The request is the one that opened the child, so it carries the services of governance.
      const { governance, contracts } = context as GovernanceContext
      const found = new Map<AgencyName, ReturnType<GovernanceServices['elsewhere']>>()
      return withheldFromChild(child.grants, contracts, (agency, { category, level }) => {
        const known = found.get(agency) ?? governance.elsewhere(child.facts, agency)
        found.set(agency, known)
        return known({ label: category, level })
      })
    },
    names: joined(nameNeeds, (_child, answers, _args, { contracts }) => names(answers, contracts)),
    dateOfBirth: joined(dateOfBirthNeeds, (_child, answers) => personField(answers, 'dateOfBirth')),
    expectedDate: joined(expectedDateNeeds, (_child, answers) => expectedDate(answers)),
    sex: joined(sexNeeds, (_child, answers) => personField(answers, 'sex')),
    identifiers: joined(identifierNeeds, (_child, answers, _args, { contracts }) => identifiers(answers, contracts)),
    communication: joined(communicationNeeds, (_child, answers) => communication(answers)),
    status: joined(statusNeeds, (child, answers, _args, context) => bannerOf(child, answers, context)),
    sources: joined(sourceNeeds, (child, answers, _args, { contracts, registry }) =>
      sourceReports(answers, child.grants, contracts, registry),
    ),
    involvements: joined(
      involvementNeeds,
      (child, answers, args: ListPart & { readonly openOnly?: boolean | null }, { contracts, registry }) => {
        const known = involvements(answers, contracts, registry, child.asOf, args.openOnly ?? true)
        const told = toldInvolvements(known, { grants: child.grants, contracts, answers })
        return told && involvementsPart(told, args, contracts)
      },
    ),
  },
}
