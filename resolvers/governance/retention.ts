import { Refusal } from '../../src/foundation/errors.ts'
import type { LegalHold, RetentionRule } from '../../src/registers/retention.ts'
import { neededReason } from '../../src/registers/validateRegisterEntries.ts'
import { organisationsOf } from '../../src/subjectAccess/controllerOrganisations.ts'
import { found, type GovernanceContext } from './governanceAccess.ts'
import { governing, isColleague, person, shownPerson } from './governingAuthority.ts'

interface Proposal {
  readonly register: string
  readonly keepDays: number
  readonly basis: string
}

/**
 * How long registers are kept, agreed by two authorities, and what keeps them from being erased. The registers hold
 * entries of every authority: governance of each sees the schedule and stops it for the entries of its own controller.
 * Nobody keeps another's for longer than was agreed, and none lifts another's hold.
 */
export const resolvers = {
  Query: {
    retentionRules: (_: unknown, __: unknown, context: GovernanceContext) => {
      governing(context, 'retentionRules')
      return context.governance.retention.rules()
    },
    legalHolds: (_: unknown, __: unknown, context: GovernanceContext) => {
      governing(context, 'legalHolds')
      return context.governance.retention.holds()
    },
  },
  Mutation: {
    proposeRetention: async (_: unknown, { input }: { readonly input: Proposal }, context: GovernanceContext) => {
      governing(context, 'proposeRetention')
      const { clock, governance } = context
      const rule = { ...input, basis: neededReason(input.basis), proposedBy: person(context) }
      return ruleOf(await governance.retention.propose(rule, clock.now()), context)
    },
    approveRetention: async (_: unknown, { id }: { readonly id: string }, context: GovernanceContext) => {
      governing(context, 'approveRetention')
      // The registers hold entries of every authority: none sets alone how long they are kept.
      if (isColleague((await ruleOf(id, context)).proposedBy, context))
        throw new Refusal('CONFLICT', { message: 'Governance of another authority approves a rule of yours.' })
      await context.governance.retention.approve(id, person(context), context.clock.now())
      return ruleOf(id, context)
    },
    placeLegalHold: async (
      _: unknown,
      { register, reason }: { readonly register: string; readonly reason: string },
      context: GovernanceContext,
    ) => {
      governing(context, 'placeLegalHold')
      const organisations = organisationsOf(context.caller, context.registry)
      const hold = { register, reason: neededReason(reason), by: person(context), organisations }
      return holdOf(await context.governance.retention.place(hold, context.clock.now()), context)
    },
    endLegalHold: async (_: unknown, { id }: { readonly id: string }, context: GovernanceContext) => {
      governing(context, 'endLegalHold')
      const { placedBy } = await holdOf(id, context)
      // Another authority's inquiry is not theirs to judge; they know of the hold, but cannot end it.
      if (!isColleague(placedBy, context)) found(null)
      await context.governance.retention.end(id, person(context), context.clock.now())
      return holdOf(id, context)
    },
  },
  RetentionRule: {
    proposedBy: ({ proposedBy }: RetentionRule) => shownPerson(proposedBy),
    approvedBy: ({ approvedBy }: RetentionRule) => shownPerson(approvedBy),
  },
  LegalHold: {
    // That one stands, and for how long, is everybody's; an inquiry of one authority is not another's to read of.
    reason: (hold: LegalHold, _: unknown, context: GovernanceContext) => (concerns(hold, context) ? hold.reason : null),
    placedBy: (hold: LegalHold, _: unknown, context: GovernanceContext) =>
      concerns(hold, context) ? shownPerson(hold.placedBy) : null,
    keepsEverybodys: ({ organisations }: LegalHold) => organisations === null,
    organisations: (hold: LegalHold, _: unknown, context: GovernanceContext) =>
      concerns(hold, context) ? hold.organisations : null,
  },
}

/** An operator's keeps everybody's entries; an authority's its own. */
const concerns = ({ placedBy, organisations }: LegalHold, context: GovernanceContext): boolean =>
  organisations === null || isColleague(placedBy, context)

const ruleOf = async (id: string, { governance }: GovernanceContext): Promise<RetentionRule> =>
  found((await governance.retention.rules()).find((each) => each.id === id) ?? null)

const holdOf = async (id: string, { governance }: GovernanceContext): Promise<LegalHold> =>
  found((await governance.retention.holds()).find((each) => each.id === id) ?? null)
