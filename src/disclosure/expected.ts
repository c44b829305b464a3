import type { AgencyName } from '../foundation/agencies.ts'
import { expectedHolders, type Holder, isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind, type Registry } from '../foundation/registry.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import type { HolderGap, SourceAnswer } from '../sources/source.ts'

/**
 * Where this caller may be told that the child lives, and who answers for the child: from whoever serves there,
 * something is expected. From the decision alone, never from a record, so that it is the same whatever a holder has.
 *
 * @param lead what this caller may have of the agency that leads, which says both.
 */
export function placesTold(
  { responsibleLa, areaLa }: Pick<ChildFacts, 'responsibleLa' | 'areaLa'>,
  lead: Grant,
): ReadonlySet<string> {
  const isTold = (lead.headline & bitOf('SOCIAL_CARE')) !== 0 && lead.places !== 'NONE'
  return new Set(isTold ? [responsibleLa, areaLa].filter((la) => la !== null) : [])
}

/** Named holders of a kind from whom something is expected. */
export const expectedOf = (registry: Registry, kind: AgencyName, places: ReadonlySet<string>): readonly Holder[] =>
  expectedHolders(holdersOfKind(registry, kind), places).filter((holder) => !isWholeKind(holder))

/** The answer with whom it lacks besides: expected, and not connected. */
export function withExpected(answer: SourceAnswer, expected: readonly Holder[]): SourceAnswer {
  const missing = expected.filter(({ binding }) => binding === null)
  if (missing.length === 0) return answer
  const gaps: readonly HolderGap[] = [
    ...(answer.gaps ?? []),
    ...missing.map((holder): HolderGap => ({ holder, state: 'NOT_CONNECTED' })),
  ]
  return { ...answer, gaps }
}
