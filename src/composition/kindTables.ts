import type { AgencyName } from '../foundation/agencies.ts'
import type { Config } from '../foundation/config.ts'
import type { Holder } from '../foundation/holder.ts'
import type { Mapping } from '../sources/bindings/sql/mapping/mapping.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { type BoundHolders, boundHolders, isOfKind } from './boundHolders.ts'
import type { Catalogue } from './catalogue.ts'

/**
 * Tables of one kind in one database that this process reads: what is migrated, checked, seeded and indexed by itself.
 */
export interface Place {
  /** The kind's name, or that with the database's: `police south`. */
  readonly id: string
  readonly kind: AgencyName
  readonly holders: readonly [Holder, ...Holder[]]
  readonly layout: SourceLayout
  readonly mapping: Mapping | undefined
  /** Address of a database of its own; null: the gateway's, or an embedded one. */
  readonly url: string | null
}

/** @throws StartupError as `boundHolders` does. */
export const placesOf = (config: Config, catalogue: Catalogue): readonly Place[] =>
  boundHolders(catalogue.registry, config).flatMap((bound) => placeOf(bound, config, catalogue) ?? [])

/** Null where no tables are read here. */
export function placeOf(bound: BoundHolders, config: Config, catalogue: Catalogue): Place | null {
  const { id, kind, binding, holders } = bound
  if (binding.type !== 'sql') return null
  if (isOfKind(bound)) {
    const { subgraphUrl, databaseUrl } = config.agencies[kind]
    if (subgraphUrl !== null) return null
    const { model, mappings } = catalogue
    return { id, kind, holders, layout: model.layouts[kind], mapping: mappings[kind], url: databaseUrl }
  }
  const mapping = catalogue.holderMappings.get(holders[0].id)
  return { id, kind, holders, layout: catalogue.model.layoutWith(kind, mapping), mapping, url: bound.url }
}
