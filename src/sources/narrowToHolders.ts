import type { Holder } from '../foundation/holder.ts'
import type { Grant, HeldHeadlines, HolderGrant, RowsGrant } from '../policy/grant.ts'

/** A grant about the records of some holders, and which decision it is of. */
export interface NarrowedGrant {
  readonly grant: Grant
  /** The decision of a holder that holds back more than the others; null: the common one. */
  readonly apart: HolderGrant | null
  /** Single records of which alone it is about: those whose content is held back and whose headline is not. */
  readonly headlines?: HeldHeadlines
}

/**
 * What of a decision is asked of the holders of one binding: with their persons alone, and of those that stand apart by
 * what they hold back, each its own. The common part is there even where it is about nobody: a holder without a link
 * must cost what one costs whose every record is hidden.
 */
export function narrowTo(holders: readonly Holder[], grant: Grant): readonly NarrowedGrant[] {
  if (!grant.headlines) return byHolder(holders, grant)
  const { headlines, ...decided } = grant
  const ofHeadlines = withHoldersOf(headlines.grant, holders, holders)
  return [...byHolder(holders, decided), { grant: ofHeadlines, apart: null, headlines }]
}

function byHolder(holders: readonly Holder[], grant: Grant): readonly NarrowedGrant[] {
  if (!grant.apart) return [{ grant: withHoldersOf(grant, holders, holders), apart: null }]
  const { apart, ...common } = grant
  const others = holders.filter(({ organisation }) => !apart.some(({ heldBackBy }) => heldBackBy === organisation))
  return [
    { grant: withHoldersOf(common, others, holders), apart: null },
    ...apart.flatMap((one) => {
      const theirs = holders.filter(({ organisation }) => organisation === one.heldBackBy)
      const { heldBackBy: _heldBackBy, ...decided } = one
      return theirs.length === 0 ? [] : [{ grant: withHoldersOf(decided, theirs, holders), apart: one }]
    }),
  ]
}

/** @param bound all holders of the binding: where there is one, nothing is to be told apart. */
function withHoldersOf(grant: Grant, holders: readonly Holder[], bound: readonly Holder[]): Grant {
  const { holders: of, persons } = grant
  const isWhole = bound.some(({ organisation }) => organisation === null)
  if (isWhole) return of === undefined ? grant : withoutHolders(grant, persons)
  const ids = new Set(holders.map(({ id }) => id))
  if (bound.length === 1) {
    const theirs = persons.filter((_, place) => (of?.[place] ?? '') === '' || ids.has(of?.[place] ?? ''))
    return heldBackFrom(withoutHolders(grant, ids.size === 0 ? [] : theirs), bound[0]?.organisation ?? '')
  }
  const isAll = holders.length === bound.length
  if (isAll && (of === undefined || of.every((id) => id === '' || ids.has(id)))) return grant
  const linked = persons.flatMap((person, place): (readonly [string, string])[] => {
    const id = of?.[place] ?? ''
    // A link that names no holder stands for each of them, so that those who stand apart can be left out.
    if (id === '') return isAll ? [[person, '']] : holders.map((holder) => [person, holder.id])
    return ids.has(id) ? [[person, id]] : []
  })
  return { ...grant, persons: linked.map(([person]) => person), holders: linked.map(([, id]) => id) }
}

const withoutHolders = ({ holders: _holders, ...grant }: Grant, persons: readonly string[]): Grant => ({
  ...grant,
  persons,
})

/** Of one holder, what it or nobody known holds back: another's record may have the same id. */
function heldBackFrom(grant: Grant, organisation: string): Grant {
  const rows = <Rows extends RowsGrant>(part: Rows): Rows => {
    const { heldBy, heldRecords } = part
    if (!heldBy) return part
    return { ...part, heldRecords: heldRecords.filter((_, at) => heldBy[at] === '' || heldBy[at] === organisation) }
  }
  return { ...rows(grant), own: grant.own && rows(grant.own) }
}
