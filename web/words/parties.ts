import type { Registry } from '../../src/foundation/registry.ts'
import { inWords } from './codes.ts'

/** An authority, a force or a holder by its code; an organisation of an authority by the authority's name. */
export const partyName = ({ authorities, forces, holders }: Registry, code: string): string => {
  const [area = ''] = code.split('-')
  const known =
    authorities.get(code) ??
    forces.get(code) ??
    [...holders.values()].find(({ organisation }) => organisation === code) ??
    authorities.get(area)
  return known ? `${known.name} (${code})` : code
}

/** Whose a duty is: `organisation:LA2-CSC`, `agency:HEALTH`, `governance:LA2`. */
export const ownerName = (registry: Registry, owner: string): string => {
  const [kind = '', code = ''] = owner.split(':')
  if (kind === 'agency') return inWords(code)
  const name = partyName(registry, code || owner)
  return kind === 'governance' ? `Information governance of ${name}` : name
}
