import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, isObjectType, isUnionType, parse } from 'graphql'
import type { AuthorisedChild, RequestContext } from '../disclosure/requestContext.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Holder } from '../foundation/holder.ts'
import { checkArguments } from '../graphql/checkedArguments.ts'
import { type GrantSigner, signGrant } from './grantToken.ts'
import { grantsByHolder } from './holderGrants.ts'
import { type Resolvers, withResolvers } from './subgraphResolvers.ts'
import { grantField } from './subgraphSdl.ts'

export interface CoreSchemaOptions {
  /** From `coreSubgraphSdl`. */
  readonly sdl: string
  /**
   * Resolvers of the gateway's own types and of the scalars: `Query`, `Mutation`, `Child` without the agencies' fields.
   */
  readonly resolvers: Resolvers
  readonly signer: GrantSigner
  /** Who alone may present the grants: the router. */
  readonly sender: string
  /** Who holds records of an agency, as the registry has them. */
  readonly holdersOf: (agency: AgencyName) => readonly Holder[]
  /** Opens a child for the caller of the request, or null when they may not know of one. */
  readonly open: (id: string, context: RequestContext) => Promise<AuthorisedChild | null>
}

/**
 * The gateway's own subgraph, for a router. The decision is made here, when the child is opened, and leaves as one
 * grant for each holder; so the audit entry of this answer is the record of what was permitted.
 */
export const coreSchema = ({ sdl, resolvers, signer, sender, holdersOf, open }: CoreSchemaOptions): GraphQLSchema => {
  const schema = checkArguments(withResolvers(buildSubgraphSchema(parse(sdl)), resolvers))
  const child = schema.getType('Child')
  const entity = schema.getType('_Entity')
  const entities = schema.getQueryType()?.getFields()['_entities']
  if (!entities || !isObjectType(child) || !isUnionType(entity))
    throw new TypeError('The core has no Child that can be referred to.')
  for (const agency of agencies) {
    const field = child.getFields()[grantField(agency)]
    if (!field) throw new TypeError(`The core has no ${grantField(agency)}.`)
    field.resolve = ({ grants }: AuthorisedChild) =>
      Promise.all(
        grantsByHolder(grants[agency], holdersOf(agency)).map(({ holder, grant }) =>
          signGrant(grant, sender, signer, holder),
        ),
      )
  }
  // The core has one entity, and an authorised child is passed on as it is.
  entity.resolveType = () => child.name
  entities.resolve = (_, { representations }: { representations?: unknown }, context: RequestContext) =>
    openAll(representations, (id) => open(id, context))
  return schema
}

/** As the request to the public schema would be: by id alone, with the caller's own rights. */
const openAll = (
  representations: unknown,
  open: (id: string) => Promise<AuthorisedChild | null>,
): Promise<unknown[]> => {
  if (!Array.isArray(representations) || representations.length > 100) {
    throw new Refusal('OPERATION_TOO_LARGE', { detail: 'too many representations' })
  }
  return Promise.all(
    representations.map(async (each: unknown) => {
      const given = typeof each === 'object' && each !== null ? each : {}
      if (
        !('__typename' in given) ||
        given.__typename !== 'Child' ||
        !('id' in given) ||
        typeof given.id !== 'string'
      ) {
        return new Refusal('BAD_INPUT', { detail: 'a representation that is not of a Child' })
      }
      return open(given.id)
    }),
  )
}
