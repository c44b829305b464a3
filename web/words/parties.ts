import type { Registry } from '../../src/foundation/registry.ts'

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
