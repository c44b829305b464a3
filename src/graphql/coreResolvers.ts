import type { IResolvers } from '@graphql-tools/utils'
import { resolvers as alerts } from '../../resolvers/alerts.ts'
import { resolvers as associations } from '../../resolvers/associations.ts'
import { resolvers as audit } from '../../resolvers/audit.ts'
import { resolvers as child } from '../../resolvers/child.ts'
import { resolvers as chronology } from '../../resolvers/chronology.ts'
import { resolvers as activity } from '../../resolvers/engagementAndOrders.ts'
import { resolvers as exchange } from '../../resolvers/exchange.ts'
import { resolvers as family } from '../../resolvers/family.ts'
import { resolvers as accessLog } from '../../resolvers/governance/accessLog.ts'
import { resolvers as agreements } from '../../resolvers/governance/agreements.ts'
import { resolvers as assurance } from '../../resolvers/governance/assurance.ts'
import { resolvers as breakGlass } from '../../resolvers/governance/breakGlass.ts'
import { resolvers as cases } from '../../resolvers/governance/cases.ts'
import { resolvers as decisions } from '../../resolvers/governance/decisions.ts'
import { resolvers as holds } from '../../resolvers/governance/holds.ts'
import { resolvers as duties } from '../../resolvers/governance/obligations.ts'
import { resolvers as governance } from '../../resolvers/governance/registers.ts'
import { resolvers as retention } from '../../resolvers/governance/retention.ts'
import { resolvers as whatMayBeSeen } from '../../resolvers/governance/whatMayBeSeen.ts'
import { resolvers as history } from '../../resolvers/history.ts'
import { resolvers as holders } from '../../resolvers/holders.ts'
import { resolvers as identity } from '../../resolvers/identity.ts'
import { resolvers as identityReview } from '../../resolvers/identityReview.ts'
import { resolvers as known } from '../../resolvers/knownBy.ts'
import { resolvers as levels } from '../../resolvers/levels.ts'
import { resolvers as oversight } from '../../resolvers/oversight.ts'
import { resolvers as patterns } from '../../resolvers/patterns.ts'
import { queryResolvers } from '../../resolvers/query.ts'
import { resolvers as timing } from '../../resolvers/timeLinks.ts'
import { resolvers as transfer } from '../../resolvers/transfer.ts'

/** Resolvers of everything that is not an agency's own: the core subgraph, and the gateway's part of the whole. */
export const coreResolvers = (scalars: IResolvers): IResolvers[] => [
  scalars,
  queryResolvers,
  child,
  chronology,
  patterns,
  family,
  known,
  history,
  levels,
  timing,
  activity,
  associations,
  alerts,
  oversight,
  transfer,
  exchange,
  governance,
  accessLog,
  whatMayBeSeen,
  assurance,
  holders,
  holds,
  decisions,
  agreements,
  cases,
  retention,
  breakGlass,
  duties,
  identity,
  identityReview,
  audit,
]

/** Resolvers of several files as one map, type by type. */
export const mergeByType = (parts: readonly IResolvers[]): IResolvers => {
  const merged: Record<string, unknown> = {}
  for (const part of parts)
    for (const [type, fields] of Object.entries(part)) {
      const known = merged[type]
      merged[type] = isFields(known) && isFields(fields) ? { ...known, ...fields } : fields
    }
  // Each member came from a map of resolvers.
  return merged as IResolvers
}

/** A map of fields, not a scalar's own type. */
const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
