import { Refusal } from '../../src/foundation/errors.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import type { Agreement } from '../../src/registers/agreements.ts'
import { found, type GovernanceContext, signature } from './governanceAccess.ts'
import { governing } from './governingAuthority.ts'

interface Proposed {
  readonly organisation: string
  readonly title: string
  readonly document: string
  readonly from: string
  readonly to?: string | null
  readonly purposes?: readonly string[] | null
  readonly parties: readonly string[]
}

/** Sharing agreements, as governance of their parties enters and confirms them. */
export const resolvers = {
  Query: {
    agreements: async (_: unknown, __: unknown, context: GovernanceContext) => {
      const authority = governing(context, 'agreements')
      return context.governance.agreements.ofSides([...sidesOf(authority, context)])
    },
  },
  Mutation: {
    proposeAgreement: async (_: unknown, { input }: { readonly input: Proposed }, context: GovernanceContext) => {
      const authority = governing(context, 'proposeAgreement')
      const { governance, clock } = context
      const { to = null, purposes = null } = input
      const agreement = { ...input, to, purposes, labels: null, by: signature(context) }
      // Whoever is no party has no document to read it from.
      if (!isParty(agreement, authority, context))
        throw new Refusal('FORBIDDEN', { extensions: { reason: 'ORGANISATION_NOT_PERMITTED' } })
      return governance.agreements.byId(await governance.agreements.propose(agreement, authority, clock.now()))
    },
    confirmAgreement: async (_: unknown, { id }: { readonly id: string }, context: GovernanceContext) => {
      const authority = governing(context, 'confirmAgreement')
      const { governance, clock } = context
      const agreement = ofParty(await governance.agreements.byId(id), authority, context)
      // Nobody opens a child by their own word: the side that entered it does not confirm it.
      if (agreement.proposedBy === authority)
        throw new Refusal('FORBIDDEN', { extensions: { reason: 'OWN_ORGANISATION' } })
      if (!(await governance.agreements.confirm(id, signature(context), clock.now()))) throw new Refusal('CONFLICT')
      return governance.agreements.byId(id)
    },
    endAgreement: async (_: unknown, { id }: { readonly id: string }, context: GovernanceContext) => {
      const authority = governing(context, 'endAgreement')
      const { governance, clock } = context
      ofParty(await governance.agreements.byId(id), authority, context)
      const yesterday = ukDay(new Date(clock.today().getTime() - 86_400_000))
      await governance.agreements.end(id, yesterday, signature(context), clock.now())
      return governance.agreements.byId(id)
    },
  },
  SharingAgreement: {
    purposes: ({ purposes }: Agreement) => purposes ?? [],
    parties: ({ parties }: Agreement) => parties ?? [],
    enteredBy: ({ by }: Agreement) => by,
    inForce: ({ confirmedBy, from, to }: Agreement, _: unknown, { clock }: GovernanceContext) => {
      const today = ukDay(clock.today())
      return confirmedBy !== null && from <= today && (to === null || to >= today)
    },
  },
}

type Sides = Pick<Agreement, 'organisation' | 'parties'>

/** The caller's own organisation, and those of an authority's area. */
const sidesOf = (la: string, { registry, caller }: GovernanceContext): ReadonlySet<string> =>
  new Set([
    caller.organisation,
    ...[...registry.holders.values()].flatMap((one) =>
      one.la === la && one.organisation !== null ? [one.organisation] : [],
    ),
  ])

/** Whether one of them stands on either side. */
const isParty = ({ organisation, parties }: Sides, la: string, context: GovernanceContext): boolean => {
  const sides = sidesOf(la, context)
  return [organisation, ...(parties ?? [])].some((code) => sides.has(code))
}

/** Others' agreements are answered as none. */
const ofParty = (agreement: Agreement | null, la: string, context: GovernanceContext): Agreement => {
  const one = found(agreement)
  return found(isParty(one, la, context) ? one : null)
}
