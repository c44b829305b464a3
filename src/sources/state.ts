import type { Grant } from '../policy/grant.ts'
import type { SourceContract } from './contract.ts'
import type { SourceAnswer } from './source.ts'

/**
 * What one agency could say, from what this caller may read and from the grant alone. It never looks at links or hidden
 * records, so a child of whom everything is hidden and a child of whom nothing is held give the same state.
 */
export function stateOf(answer: SourceAnswer, grant: Grant): string {
  if (answer.state !== 'ANSWERED') return answer.state
  const readable = answer.holdings.reduce((sum, holding) => sum + holding.count, 0)
  if (readable > 0) return grant.withheld.length > 0 ? 'PARTIAL' : 'COMPLETE'
  return grant.withheld.length > 0 ? 'WITHHELD' : 'NOTHING_HELD'
}

/** A withheld label as the schema tells it. */
export interface WithheldView {
  readonly reason: string
  readonly category: string
  readonly level: string
  readonly controller: string
  readonly contact: string
  readonly requestable: boolean
}

/** What a grant withholds and may tell, with whom to ask. `only` limits it to some labels, for a single record. */
export const withheldView = (grant: Grant, contract: SourceContract, only?: ReadonlySet<string>): WithheldView[] =>
  grant.withheld
    .filter((item) => !only || only.has(item.label))
    .map((item) => ({
      reason: item.reason,
      category: item.label,
      level: item.level,
      controller: contract.agency,
      contact: contract.contact,
      requestable: item.requestable,
    }))
