import { type CaseStatus, keepingLists } from '../facts/caseStatus.ts'
import { leadAgency } from '../foundation/agencies.ts'
import { holdersOfKind, type Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import { isWhollyOpen } from './listsMayBeRead.ts'
import { asUnprotected, isAllRead, isEveryRowThere } from './listsWereRead.ts'
import type { Ground } from './whyCountIncomplete.ts'

export interface Keeper {
  /** See `keepsCase`. */
  readonly keepsCase: boolean
  /** While social care cannot be reached, what it last said; null where it answered, or never did. */
  readonly lastKnown: { readonly responsibleLa: string | null; readonly areaLa: string | null } | null
}

/**
 * Whether a caller works for the service that keeps the case: children's social care of the authority that is
 * responsible for the child. Another service of that authority, as youth justice or a home, has rows of its own beside
 * and is told of no plan by them.
 */
export const keepsCase = (
  { responsibleLa }: Pick<ChildFacts, 'responsibleLa'>,
  { la, organisation }: Pick<Caller, 'la' | 'organisation'>,
  registry: Registry,
): boolean => la !== null && la === responsibleLa && !isOtherService(organisation, registry)

const isOtherService = (organisation: string, registry: Registry): boolean => {
  const held = holdersOfKind(registry, leadAgency).filter((holder) => holder.organisation === organisation)
  return held.length > 0 && held.every(({ service }) => service !== 'CHILDRENS_SOCIAL_CARE')
}

/** What of a child's facts the banner of one caller rests on. */
export function keeperOf(
  facts: Pick<ChildFacts, 'responsibleLa' | 'asLastKnown'>,
  caller: Pick<Caller, 'la' | 'organisation'>,
  registry: Registry,
  isOfToday: boolean,
): Keeper {
  return { keepsCase: keepsCase(facts, caller, registry), lastKnown: (isOfToday && facts.asLastKnown) || null }
}

/** The fields by which each list says which of its records counts. */
const deciding = {
  legalStatuses: ['code', 'from', 'to'],
  plans: ['level', 'from', 'to'],
  s47Enquiries: ['startedOn', 'endedOn'],
  referrals: ['noFurtherAction', 'closedOn'],
  involvements: ['kind', 'from', 'to'],
  placements: ['la', 'from', 'to'],
  addresses: ['la', 'from', 'to'],
  person: [],
} as const satisfies Readonly<Record<(typeof keepingLists)[number], readonly string[]>>

/** What a caller is told of the authorities of a child. */
export interface ToldAuthorities {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  /** As the record of where the child lives names it; null where it names none. */
  readonly areaForce: string | null
  /** Whether any of it is what was last known: else who is away would tell whom it knows. */
  readonly isAsLastKnown: boolean
}

/**
 * Whatever is said of a child by its authorities, in its own view or on a list of many, rests on these. One of several
 * lists decides, and in it the latest record: whoever does not read all of each that could have decided is not told,
 * since the latest that they read need not be the latest.
 *
 * @param caseStatus what follows from the rows that this caller may read, and from nothing else.
 */
export function toldAuthorities(
  caseStatus: CaseStatus,
  ground: Ground,
  { keepsCase: isKeeper, lastKnown }: Keeper,
): ToldAuthorities {
  const { socialCare: grant } = ground.grants
  const asRead = isKeeper ? grantOfSomeRow(grant) : grant
  const readAs: Ground = { ...ground, grants: { ...ground.grants, socialCare: asRead } }
  const readsAll = (lists: readonly (keyof typeof deciding)[], of: Ground): boolean =>
    isAllRead({ socialCare: Object.fromEntries(lists.map((list) => [list, deciding[list]])) }, of)
  const opensAll = (lists: readonly (keyof typeof deciding)[]): boolean =>
    isWhollyOpen({ socialCare: Object.fromEntries(lists.map((list) => [list, deciding[list]])) }, asUnprotected(readAs))
  // What was last known is told to whom it would be told if social care answered, and to nobody else.
  const isAway = lastKnown !== null && permits(asRead, bitOf('SOCIAL_CARE'), 'HEADLINE')
  const said = isAway && opensAll(keepingLists) ? lastKnown : null
  const { hasOneKeeper, isPlaced, keeperIn } = caseStatus
  const isHomeLastKnown = isAway && grant.places !== 'NONE' && opensAll(['placements', 'addresses'])
  const isHomeRead = !isHomeLastKnown && readsAll(isPlaced ? ['placements'] : ['placements', 'addresses'], readAs)
  // A protected place says nothing of who keeps the case.
  const isKeeperRead =
    readsAll(keepingLists.slice(0, keeperIn), asUnprotected(readAs)) ||
    // A value that cannot be read may be what decides: which authority's record it stands in is known.
    (hasOneKeeper && isEveryRowThere({ socialCare: deciding }, asUnprotected(readAs)))
  return {
    responsibleLa: said?.responsibleLa ?? (isKeeperRead ? caseStatus.responsibleLa : null),
    areaLa: isHomeLastKnown ? lastKnown.areaLa : isHomeRead ? caseStatus.areaLa : null,
    areaForce: isHomeRead ? caseStatus.areaForce : null,
    isAsLastKnown: (said?.responsibleLa ?? (isHomeLastKnown ? lastKnown.areaLa : null)) !== null,
  }
}
