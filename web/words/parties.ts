import { partiesInWords, partyName } from '../../src/foundation/partyName.ts'
import type { Registry } from '../../src/foundation/registry.ts'
import { inWords } from './codes.ts'

/** Whose a duty is: `organisation:LA2-CSC`, `agency:HEALTH`, `governance:LA2`. */
export const ownerName = (registry: Registry, owner: string): string => {
  const [kind = '', code = ''] = owner.split(':')
  if (kind === 'agency') return inWords(code)
  const name = partyName(registry, code || owner)
  return kind === 'governance' ? `Information governance of ${name}` : name
}

/** Who wrote something into a register: `TEAM_MANAGER, LA2-CSC`; a name or a sentence stays as it was given. */
export const signedBy = (registry: Registry, who: string): string => {
  const [role = '', organisation] = who.split(', ')
  return organisation === undefined ? who : `${inWords(role)}, ${partiesInWords(registry, organisation)}`
}
