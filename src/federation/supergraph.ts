import { composeServices } from '@theguild/federation-composition'
import { Kind, parse } from 'graphql'
import { grantField } from './subgraphSdl.ts'

export interface Supergraph {
  /** For a router: which subgraph gives which field. */
  readonly supergraphSdl: string
  /** What a client may ask. No grant is in it. */
  readonly publicSdl: string
}

export type Composition = Supergraph | { readonly problems: readonly string[] }

/**
 * Composes the subgraphs into what any federation router runs. Pure: nothing is fetched from the addresses.
 *
 * @param sdls by subgraph: `core` and each agency.
 * @param urls where the router finds each subgraph.
 */
export const composeSupergraph = (
  sdls: Readonly<Record<string, string>>,
  urls: Readonly<Record<string, string>>,
): Composition => {
  const without = Object.keys(sdls).filter((name) => !urls[name])
  if (without.length > 0) return { problems: without.map((name) => `The subgraph ${name} has no address.`) }
  const result = composeServices(
    Object.entries(sdls).map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: urls[name] ?? '' })),
  )
  if (result.errors) return { problems: result.errors.map((error) => error.message) }
  const exposed = exposedGrants(result.publicSdl, Object.keys(sdls))
  if (exposed.length > 0)
    return { problems: exposed.map((field) => `Child.${field} must not be in the public schema.`) }
  return { supergraphSdl: result.supergraphSdl, publicSdl: result.publicSdl }
}

/**
 * A grant that a client could read would be a bearer credential handed out: composition that lets it through is
 * refused.
 */
const exposedGrants = (publicSdl: string, names: readonly string[]): string[] => {
  const grants = new Set(names.map(grantField))
  return parse(publicSdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Child'
      ? (definition.fields ?? []).map((field) => field.name.value).filter((name) => grants.has(name))
      : [],
  )
}
