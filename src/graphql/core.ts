import type { IResolvers } from '@graphql-tools/utils'
import { resolvers as child } from '../../resolvers/child.ts'
import { resolvers as chronology } from '../../resolvers/chronology.ts'
import { resolvers as governance } from '../../resolvers/governance.ts'
import { resolvers as patterns } from '../../resolvers/patterns.ts'
import { queryResolvers } from '../../resolvers/query.ts'
import { resolvers as transfer } from '../../resolvers/transfer.ts'

/** Resolvers of everything that is not an agency's own: the core subgraph, and the gateway's part of the whole. */
export const coreResolvers = (scalars: IResolvers): IResolvers[] => [scalars, queryResolvers, child, chronology, patterns, transfer, governance]
