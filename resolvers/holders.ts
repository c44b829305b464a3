import type { RequestContext } from '../src/disclosure/requestContext.ts'

/** How one holder of the registry stands. */
export interface HolderStanding {
  readonly id: string
  readonly state: 'ASKED' | 'UNAVAILABLE' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR' | 'STALE'
}

type HoldersContext = RequestContext & { readonly holderStandings: () => Promise<readonly HolderStanding[]> }

/** Holders of the registry, by how each stands now. Why one does not answer is for the operator's own eyes. */
export const resolvers = {
  Query: {
    holders: async (_: unknown, __: unknown, { holderStandings, note, registry }: HoldersContext) => {
      note('holders')
      const states = new Map((await holderStandings()).map(({ id, state }) => [id, state]))
      return [...registry.holders.values()].map(
        ({ areas, contact, freshnessHours, id, name, organisation, service }) => ({
          ...{ areas, id, name, organisation, service },
          state: states.get(id) ?? 'NOT_CONNECTED',
          freshnessHours: freshnessHours ?? null,
          office: contact?.office ?? null,
          outOfHours: contact?.outOfHours ?? null,
        }),
      )
    },
  },
}
