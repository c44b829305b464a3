import { addResolversToSchema } from '@graphql-tools/schema'
import { GraphQLScalarType, type GraphQLSchema } from 'graphql'

export type Resolvers = Parameters<typeof addResolversToSchema>[0]['resolvers']

/**
 * Adds resolvers to a subgraph. A subgraph has only the scalars that it uses; resolvers of anything else that it lacks
 * are a mistake.
 */
export const withResolvers = (schema: GraphQLSchema, resolvers: Resolvers): GraphQLSchema =>
  addResolversToSchema({
    schema,
    resolvers: Object.fromEntries(
      Object.entries(resolvers).filter(
        ([name, value]) => !(value instanceof GraphQLScalarType) || schema.getType(name),
      ),
    ),
  })
