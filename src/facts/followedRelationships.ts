import type { AgencyName } from '../foundation/agencies.ts'
import { isWholeKind } from '../foundation/holder.ts'
import type { Registry } from '../foundation/registry.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import { openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { type RequiredFields, requiredByContracts } from '../records/requiredFields.ts'
import type { RelationshipRule, Row, SourceContract, Value } from '../sources/contract.ts'
import type { RelationshipKind } from './gatewayFacts.ts'

/** An organisation that has to do with a child by a current record of its own. */
export interface FollowedRelationship {
  readonly organisation: string
  readonly kind: RelationshipKind
}

const fieldsOf = ({ begins = 'from', ends = 'to', status }: RelationshipRule): readonly string[] => [
  ...['eventAt', begins, ends, holderField, 'provenance.supersedes'],
  ...(status === undefined ? [] : [status]),
]

/** What relationships follow from, of the kinds whose contract names such lists. */
export const followedNeeds = (contracts: Readonly<Record<AgencyName, SourceContract>>): RequiredFields =>
  requiredByContracts(
    Object.fromEntries(
      Object.entries(contracts).flatMap(([kind, { lists }]) => {
        const named = Object.entries(lists).flatMap(([list, { relationship }]) =>
          relationship ? [[list, fieldsOf(relationship)] as const] : [],
        )
        return named.length === 0 ? [] : [[kind, Object.fromEntries(named)]]
      }),
    ),
  )

/**
 * Who has to do with a child on a day by records that are open then: an enrolment, a registration, an episode, an
 * allocation, a placement. It ends with the record; nobody writes it down, and no other organisation's record gives it.
 */
export const followedFrom = (
  lists: Readonly<Record<string, readonly Row[]>>,
  contract: SourceContract,
  day: string,
): readonly FollowedRelationship[] =>
  Object.entries(contract.lists).flatMap(([list, { relationship }]) => {
    if (!relationship) return []
    const { kind, begins = 'from', ends = 'to', status } = relationship
    return uncorrected((lists[list] ?? []) as readonly FollowedRow[]).flatMap((row) => {
      const organisation = textOf(row, holderField)
      const isOver = status !== undefined && row[status] === 'CLOSED'
      const isOpen = !isOver && openOn(day, textOf(row, begins, 'eventAt'), textOf(row, ends))
      return organisation !== null && isOpen ? [{ organisation, kind }] : []
    })
  })

/** As `followedNeeds` reads it. */
type FollowedRow = Row & { readonly 'provenance.supersedes': Value }

/** Kinds of which a relationship may follow for an organisation, and the ids of its own holders there. */
export function ownHolders(
  { holders }: Pick<Registry, 'holders'>,
  contracts: Readonly<Record<AgencyName, SourceContract>>,
  organisation: string,
): ReadonlyMap<AgencyName, ReadonlySet<string>> {
  const own = new Map<AgencyName, Set<string>>()
  for (const holder of holders.values()) {
    const { id, kind, binding } = holder
    if (isWholeKind(holder) || holder.organisation !== organisation || binding === null) continue
    if (!Object.values(contracts[kind].lists).some(({ relationship }) => relationship)) continue
    own.set(kind, (own.get(kind) ?? new Set()).add(id))
  }
  return own
}
