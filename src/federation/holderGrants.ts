import { type Holder, isWholeKind } from '../foundation/holder.ts'
import { type Grant, type HolderGrant, type RowsGrant, withoutApart } from '../policy/grant.ts'
import { narrowTo } from '../sources/narrowToHolders.ts'

/** What may be had of one holder; holder null: of whoever serves the kind. */
export interface GrantOfHolder {
  readonly holder: string | null
  readonly grant: Grant
}

/**
 * One decision, as grants that leave the gateway: for each holder that knows the child its own, with its own persons
 * and what it alone holds back. Where holders are not told apart, or none knows the child, one for the kind.
 */
export function grantsByHolder(grant: Grant, holders: readonly Holder[]): readonly GrantOfHolder[] {
  const linked = new Set(grant.holders ?? [])
  const named = holders.filter(({ id }) => linked.has(id))
  const isApart = !holders.some(isWholeKind) && named.length > 0 && named.length === linked.size
  if (!isApart) return [{ holder: null, grant: withoutApart(grant) }]
  return named.flatMap((holder) => {
    // Whoever stands apart has nobody in the common part.
    const own = narrowTo([holder], grant).at(-1)
    return own ? [{ holder: holder.id, grant: own.grant }] : []
  })
}

/** The grants of one child as the one decision that they were: the inverse of `grantsByHolder`. */
export function decisionOfGrants(
  opened: readonly [GrantOfHolder, ...GrantOfHolder[]],
  holders: readonly Holder[],
): Grant {
  const [first] = opened
  if (opened.length === 1 && (first.holder === null || !holders.some(({ id }) => id === first.holder)))
    return first.grant
  const parts = opened.flatMap(({ holder: id, grant }) => {
    const holder = holders.find((each) => each.id === id)
    return holder ? [{ holder, grant }] : []
  })
  const common = withPersons(first.grant, parts)
  const apart = parts.flatMap(({ holder, grant }): HolderGrant[] =>
    decided(grant) === decided(first.grant)
      ? []
      : [{ ...withPersons(grant, parts), heldBackBy: holder.organisation ?? '' }],
  )
  return apart.length === 0 ? common : { ...common, apart }
}

interface Part {
  readonly holder: Holder
  readonly grant: Grant
}

/** A decision with the persons of all, and what each holds back of its own records. */
function withPersons(grant: Grant, parts: readonly Part[]): Grant {
  const held = (of: (grant: Grant) => RowsGrant | null) => {
    const records = parts.flatMap(({ holder, grant: own }) =>
      (of(own)?.heldRecords ?? []).map((id) => ({ id, by: holder.organisation ?? '' })),
    )
    return { heldRecords: records.map(({ id }) => id), heldBy: records.map(({ by }) => by) }
  }
  return {
    ...grant,
    ...held((each) => each),
    own: grant.own && { ...grant.own, ...held(({ own }) => own) },
    persons: parts.flatMap(({ grant: own }) => own.persons),
    holders: parts.flatMap(({ holder, grant: own }) => own.persons.map(() => holder.id)),
  }
}

/** What was decided, without of whom and of which records. */
const decided = ({ persons: _persons, heldRecords: _held, own, ...grant }: Grant): string =>
  JSON.stringify({ ...grant, own: own && { ...own, heldRecords: [] } })
