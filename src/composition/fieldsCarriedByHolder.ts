import type { Holder } from '../foundation/holder.ts'
import { madeOnce } from '../foundation/madeOnce.ts'
import type { HolderStates } from '../registers/holderStates.ts'
import { carriedByFormats } from '../sources/bindings/files/formats/listsOfReturns.ts'
import { carriedByMapping } from '../sources/bindings/sql/mapping/carriedByMapping.ts'
import type { CarriedLists } from '../sources/carriedLists.ts'
import type { Catalogue } from './catalogue.ts'

const ofMapping = madeOnce(carriedByMapping)

/**
 * What a holder's records can say at all: by the mapping of its tables, or by the formats of its files; null where that
 * is everything, or nobody here knows.
 */
export const carriedIn =
  ({ mappings, holderMappings }: Pick<Catalogue, 'mappings' | 'holderMappings'>, states: () => HolderStates) =>
  ({ id, kind, binding }: Holder): CarriedLists | null => {
    if (binding?.type === 'files') return carriedByFormats(states().formats.get(id) ?? new Set())
    if (binding?.type !== 'sql') return null
    const mapping = holderMappings.get(id) ?? (binding.database === undefined ? mappings[kind] : undefined)
    return mapping ? ofMapping(mapping) : null
  }
