import type { Caller } from './caller.ts'
import type { ChildFacts } from './facts.ts'
import { type Pack, rulesOf } from './pack.ts'
import { pathOfPurpose } from './vocabulary.ts'

type Reach = 'RELATIONSHIP' | 'COURT_ORDER' | 'BREAK_GLASS' | 'EMERGENCY' | 'NONE'

/**
 * Why a caller may know of a child at all. `NONE`: the child is answered as unknown, so that nobody learns from the
 * gateway which children are known to services. Closed purposes reach nobody here.
 */
export function reachOf(
  caller: Pick<Caller, 'purpose'>,
  facts: Pick<ChildFacts, 'relationship' | 'breakGlass' | 'orders'>,
  pack: Pick<Pack, 'rules'>,
): Reach {
  const path = pathOfPurpose[caller.purpose]
  if (path === 'CLOSED') return 'NONE'
  if (facts.relationship !== 'NONE') return 'RELATIONSHIP'
  // To say that a court ordered it opens no child: the order does, once it is on record for this organisation.
  if (path === 'COURT' && (!rulesOf(pack).courtOrderIsRecorded || (facts.orders?.length ?? 0) > 0)) return 'COURT_ORDER'
  if (facts.breakGlass) return 'BREAK_GLASS'
  return caller.purpose === 'EMERGENCY' ? 'EMERGENCY' : 'NONE'
}
