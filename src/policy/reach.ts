import type { Caller } from './caller.ts'
import type { ChildFacts } from './facts.ts'
import { pathOfPurpose } from './vocabulary.ts'

type Reach = 'RELATIONSHIP' | 'COURT_ORDER' | 'BREAK_GLASS' | 'EMERGENCY' | 'NONE'

/**
 * Why a caller may know of a child at all. `NONE`: the child is answered as unknown, so that nobody learns from the
 * gateway which children are known to services. Closed purposes reach nobody here.
 */
export function reachOf(
  caller: Pick<Caller, 'purpose'>,
  facts: Pick<ChildFacts, 'relationship' | 'breakGlass'>,
): Reach {
  const path = pathOfPurpose[caller.purpose]
  if (path === 'CLOSED') return 'NONE'
  if (facts.relationship !== 'NONE') return 'RELATIONSHIP'
  if (path === 'COURT') return 'COURT_ORDER'
  if (facts.breakGlass) return 'BREAK_GLASS'
  return caller.purpose === 'EMERGENCY' ? 'EMERGENCY' : 'NONE'
}
