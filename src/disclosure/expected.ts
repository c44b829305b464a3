import type { AgencyName } from '../foundation/agencies.ts'
import { expectedHolders, type Holder, isWholeKind } from '../foundation/holder.ts'
import { holdersOfKind, type Registry } from '../foundation/registry.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { Grant } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import type { HolderStates } from '../registers/holderIndex.ts'
import type { AwayState, HolderGap, SourceAnswer } from '../sources/source.ts'

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

/** The answer with whom it lacks besides: expected, and not connected, never looked through, or not loaded for long. */
export function withExpected(
  answer: SourceAnswer,
  expected: readonly Holder[],
  { indexed, lastLoads }: HolderStates,
  now: Date,
): SourceAnswer {
  const away = new Set((answer.gaps ?? []).map(({ holder }) => holder.id))
  const stateOf = (holder: Holder): AwayState | null => {
    if (holder.binding === null) return 'NOT_CONNECTED'
    if (!indexed.has(holder.id)) return 'NOT_LOOKED_FOR'
    return isStale(holder, lastLoads.get(holder.id), now) ? 'STALE' : null
  }
  const lacking = expected.flatMap((holder): HolderGap[] => {
    const state = away.has(holder.id) ? null : stateOf(holder)
    return state === null ? [] : [{ holder, state }]
  })
  if (lacking.length === 0 && !answer.gaps) return answer
  // As the registry has them now.
  const known = new Map(expected.map((holder) => [holder.id, holder]))
  const gaps = (answer.gaps ?? []).map((gap) => ({ ...gap, holder: known.get(gap.holder.id) ?? gap.holder }))
  return { ...answer, gaps: [...gaps, ...lacking] }
}

/** By the binding's last load: only what is handed in grows old by itself. */
const isStale = ({ binding, freshnessHours }: Holder, loadedAt: Date | undefined, now: Date): boolean =>
  binding?.type === 'files' &&
  freshnessHours !== null &&
  (loadedAt === undefined || now.getTime() - loadedAt.getTime() > freshnessHours * 3_600_000)
