import type { Holder } from './holder.ts'
import type { Registry } from './registry.ts'

/** Whom to ring: the office and, where somebody is named for it, who answers when it is closed. */
export const contactInWords = (office: string | null, outOfHours: string | undefined): string | null =>
  office === null || outOfHours === undefined ? office : `${office}; out of hours: ${outOfHours}`

/** Whom to ring of an authority, a force or a holder, by its code; null where nobody is named. */
export const contactOfParty = (registry: Registry, party: string): string | null => {
  const area = registry.authorities.get(party) ?? registry.forces.get(party)
  const holder = [...registry.holders.values()].find(
    (each) => each.organisation === party || (registry.authorities.has(party) && isFrontDoorOf(each, party)),
  )
  return contactInWords(area?.contact ?? holder?.contact?.office ?? null, holder?.contact?.outOfHours)
}

const isFrontDoorOf = ({ la, service }: Holder, authority: string): boolean =>
  service === 'CHILDRENS_SOCIAL_CARE' && la === authority
