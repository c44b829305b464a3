import { buildSubgraphSchema } from '@apollo/subgraph'
import { addResolversToSchema } from '@graphql-tools/schema'
import { type GraphQLResolveInfo, type GraphQLSchema, parse } from 'graphql'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { AgencyName } from '../agencies.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import type { Grant } from '../policy/grant.ts'
import type { SourceAnswer, Want } from '../sources/source.ts'
import { type OpenedGrant, openGrant } from './grantToken.ts'
import type { RecordLoader } from './recordLoader.ts'
import { grantField } from './subgraphSdl.ts'

/** How an agency's rows become its schema's fields: the same resolvers as in one process. */
export interface AgencyResolvers {
  /** Resolvers of the agency's types, `PoliceRecord` and those below it, and of the scalars. None of `Child`. */
  readonly types: Resolvers
  /** The parent object of the record type, from which its resolvers read; they enforce the grant's bits again. */
  readonly record: (grant: Grant, answer: SourceAnswer) => unknown
  /** What the selection under `Child.<agency>` wants of the source. */
  readonly want: (info: GraphQLResolveInfo) => Want
}

export type Resolvers = Parameters<typeof addResolversToSchema>[0]['resolvers']

/** What one call to an agency's subgraph has. */
export interface AgencyCall {
  readonly authorization: string | undefined
  readonly records: RecordLoader
  /** Ids of the grants that were opened, for the agency's own record of what it released. */
  readonly opened: string[]
}

/** Whose grants an agency accepts. */
export interface AgencyDoor {
  readonly agency: AgencyName
  /** The gateway, as its grants name it. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
}

/** As many as `Query.children` may be asked for. */
const mostRepresentations = 100

const representation = z.looseObject({ __typename: z.literal('Child'), id: z.string().min(1).max(100) })

interface OpenedChild extends OpenedGrant {
  readonly __typename: 'Child'
  readonly id: string
}

/**
 * The schema an agency serves. All grants of a call are opened before the first field is resolved, so that every child
 * that may be answered is in one fetch; a representation whose grant fails is an error in its own place.
 */
export const agencySchema = (sdl: string, door: AgencyDoor, resolvers: AgencyResolvers): GraphQLSchema => {
  const schema = addResolversToSchema({
    schema: buildSubgraphSchema(parse(sdl)),
    resolvers: {
      ...resolvers.types,
      Child: {
        [door.agency]: async (child: OpenedChild, _: unknown, call: AgencyCall, info: GraphQLResolveInfo) =>
          resolvers.record(child.grant, await call.records.load({ grant: child.grant, want: resolvers.want(info) })),
      },
    },
  })
  const entities = schema.getQueryType()?.getFields()['_entities']
  if (!entities) throw new TypeError('The subgraph has no _entities.')
  entities.resolve = (_, { representations }: { representations?: unknown }, call: AgencyCall) =>
    openAll(representations, door, call)
  return schema
}

const openAll = async (
  representations: unknown,
  door: AgencyDoor,
  call: AgencyCall,
): Promise<(OpenedChild | Refusal)[]> => {
  if (!Array.isArray(representations) || representations.length > mostRepresentations) {
    throw new Refusal('OPERATION_TOO_LARGE', { detail: 'too many representations' })
  }
  return Promise.all(
    representations.map((each: unknown) =>
      openOne(each, door, call).catch((error: unknown) => {
        if (error instanceof Refusal) return error
        throw error
      }),
    ),
  )
}

const openOne = async (given: unknown, door: AgencyDoor, call: AgencyCall): Promise<OpenedChild> => {
  const child = representation.safeParse(given).data
  if (!child) throw new Refusal('BAD_INPUT', { detail: 'a representation that is not of a Child' })
  const opened = await openGrant(child[grantField(door.agency)], {
    agency: door.agency,
    childId: child.id,
    authorization: call.authorization,
    issuer: door.issuer,
    keys: door.keys,
    now: door.clock.now(),
  })
  call.opened.push(opened.tokenId)
  return { __typename: 'Child', id: child.id, ...opened }
}
