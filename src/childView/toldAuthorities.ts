import type { CaseStatus } from '../facts/caseStatus.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { permits } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { grantOfSomeRow } from '../policy/ownRowGrants.ts'
import type { Ground } from './countCompleteness.ts'

export interface Keeper {
  /** See `keepsCase`. */
  readonly keepsCase: boolean
  /** While social care cannot be reached, what it last said; null where it answered, or never did. */
  readonly lastKnown: { readonly responsibleLa: string | null; readonly areaLa: string | null } | null
}

/** Whether a caller works for the authority that is responsible for the child. */
export const keepsCase = ({ responsibleLa }: Pick<ChildFacts, 'responsibleLa'>, { la }: Pick<Caller, 'la'>): boolean =>
  la !== null && la === responsibleLa

/** What of a child's facts the banner of one caller rests on. */
export function keeperOf(
  facts: Pick<ChildFacts, 'responsibleLa' | 'asLastKnown'>,
  caller: Pick<Caller, 'la'>,
  isOfToday: boolean,
): Keeper {
  return { keepsCase: keepsCase(facts, caller), lastKnown: (isOfToday && facts.asLastKnown) || null }
}

/** What a caller is told of the authorities of a child. */
export interface ToldAuthorities {
  readonly responsibleLa: string | null
  readonly areaLa: string | null
}

/**
 * Whatever is said of a child by its authorities, in its own view or on a list of many, rests on these.
 *
 * @param caseStatus what follows from the rows that this caller may read, and from nothing else.
 */
export function toldAuthorities(
  caseStatus: CaseStatus,
  { socialCare: grant }: Pick<Ground['grants'], 'socialCare'>,
  { keepsCase: isKeeper, lastKnown }: Keeper,
): ToldAuthorities {
  const mayRead = permits(isKeeper ? grantOfSomeRow(grant) : grant, bitOf('SOCIAL_CARE'), 'HEADLINE')
  const knowsKeeper = mayRead || grant.callerType !== 'SOCIAL_CARE'
  const said = mayRead ? lastKnown : null
  return {
    responsibleLa: knowsKeeper ? (said?.responsibleLa ?? caseStatus.responsibleLa) : null,
    areaLa: said && grant.places !== 'NONE' ? said.areaLa : caseStatus.areaLa,
  }
}
