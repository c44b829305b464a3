import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLResolveInfo, type GraphQLSchema, parse } from 'graphql'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { type AgencyPlan, planOfRecord } from '../disclosure/needsPlan.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Holder } from '../foundation/holder.ts'
import { checkArguments } from '../graphql/checkedArguments.ts'
import { recordResolvers, recordView } from '../graphql/recordResolvers.ts'
import type { Classification } from '../policy/classify.ts'
import { enforce } from '../policy/enforce.ts'
import type { Grant } from '../policy/grant.ts'
import { materialise } from '../sources/addComputedFields.ts'
import type { ComputedFields } from '../sources/computedFields.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { verifyGrant } from './grantToken.ts'
import { decisionOfGrants } from './holderGrants.ts'
import type { RecordLoader } from './recordLoader.ts'
import { type Resolvers, withResolvers } from './subgraphResolvers.ts'
import { grantField } from './subgraphSdl.ts'

/** How an agency's rows become its schema's fields: from the same files, by the same code, as in one process. */
export interface AgencyModel {
  readonly layout: SourceLayout
  readonly classification: Classification
  readonly computed: ComputedFields
  readonly scalars: Resolvers
}

/** What one call to an agency's subgraph has. */
export interface AgencyCall {
  /** Who was proven to send it; null: nobody. */
  readonly sender: string | null
  readonly records: RecordLoader
  /** What each selection asks: the same for every child of the call. */
  readonly plans: WeakMap<object, AgencyPlan>
  /** Ids of the grants that were opened, for the agency's own record of what it released. */
  readonly opened: string[]
}

/** Whose grants an agency accepts. */
export interface AgencyEndpoint {
  readonly agency: AgencyName
  /** The one holder that is served; absent: the agency as a whole. */
  readonly holder?: string | undefined
  /** Of the agency as a whole, who holds its records, where they are told apart. */
  readonly holders?: readonly Holder[] | undefined
  /** The gateway, as its grants name it. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
}

/** As many as `Query.children` may be asked for. */
const mostRepresentations = 100

const representation = z.looseObject({ __typename: z.literal('Child'), id: z.string().min(1).max(100) })

interface GrantedChild {
  readonly __typename: 'Child'
  readonly id: string
  readonly grant: Grant
}

/**
 * The schema an agency serves. All grants of a call are opened before the first field is resolved, so that every child
 * that may be answered is in one fetch; a representation whose grant fails is an error in its own place.
 */
export const agencySchema = (sdl: string, endpoint: AgencyEndpoint, model: AgencyModel): GraphQLSchema => {
  const { layout, classification, computed, scalars } = model
  const bare = buildSubgraphSchema(parse(sdl))
  const record = async (
    { grant }: GrantedChild,
    _: unknown,
    { records, plans }: AgencyCall,
    info: GraphQLResolveInfo,
  ) => {
    const plan = plans.get(info.fieldNodes) ?? planOfRecord(info, layout, computed)
    plans.set(info.fieldNodes, plan)
    const answer = await records.load({ grant, selection: plan.selection })
    return recordView(layout, grant, materialise(answer, plan.computed, layout, computed, grant))
  }
  const schema = withResolvers(bare, {
    ...scalars,
    ...recordResolvers(layout, classification, computed),
    Child: { [endpoint.agency]: record },
  })
  checkArguments(enforce(schema, classification))
  const entities = schema.getQueryType()?.getFields()['_entities']
  if (!entities) throw new TypeError('The subgraph has no _entities.')
  entities.resolve = (_, { representations }: { representations?: unknown }, call: AgencyCall) =>
    openAll(representations, endpoint, call)
  return schema
}

const openAll = async (
  representations: unknown,
  endpoint: AgencyEndpoint,
  call: AgencyCall,
): Promise<(GrantedChild | Refusal)[]> => {
  if (!Array.isArray(representations) || representations.length > mostRepresentations) {
    throw new Refusal('OPERATION_TOO_LARGE', { detail: 'too many representations' })
  }
  return Promise.all(
    representations.map((each: unknown) =>
      openOne(each, endpoint, call).catch((error: unknown) => {
        if (error instanceof Refusal) return error
        throw error
      }),
    ),
  )
}

const openOne = async (given: unknown, endpoint: AgencyEndpoint, call: AgencyCall): Promise<GrantedChild> => {
  const child = representation.safeParse(given).data
  if (!child) throw new Refusal('BAD_INPUT', { detail: 'a representation that is not of a Child' })
  const { agency, holder, holders = [], issuer, keys, clock } = endpoint
  const expected = { agency, holder, holders: holders.map(({ id }) => id), childId: child.id, sender: call.sender }
  const [first, ...others] = await Promise.all(
    tokensIn(child[grantField(agency)], endpoint).map((token) =>
      verifyGrant(token, { ...expected, issuer, keys, now: clock.now() }),
    ),
  )
  if (!first) throw new Refusal('GRANT_REQUIRED')
  const opened = [first, ...others] as const
  if (new Set(opened.map((each) => each.holder)).size < opened.length)
    throw new Refusal('GRANT_REFUSED', { detail: 'two grants of one holder' })
  call.opened.push(...opened.map(({ tokenId }) => tokenId))
  return { __typename: 'Child', id: child.id, grant: decisionOfGrants([first, ...others], holders) }
}

/** One for whoever serves alone; else at most one for each holder. All of them are good, or none is opened. */
const tokensIn = (given: unknown, { holders = [] }: AgencyEndpoint): readonly unknown[] => {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw new Refusal('GRANT_REFUSED', { detail: 'no list' })
  if (given.length > Math.max(1, holders.length)) throw new Refusal('GRANT_REFUSED', { detail: 'more than there are' })
  return given
}
