import { coarsens } from '../policy/admits.ts'
import type { Grant } from '../policy/grant.ts'
import type { ListLayout, SourceLayout } from './layout.ts'

/** What a statement is given with each execution. */
export type Parameter = 'persons' | 'asOf' | 'labels' | 'everyRow' | 'held' | 'organisation' | 'services'

/** Names a parameter in the statement's text. */
export type Parameterised = (name: Parameter, type: string) => string

/**
 * Which rows pass, clause by clause as `rowClauses` of `src/policy/admits.ts` says without a database: a clause is changed in
 * both or in neither, and a test over generated rows and grants holds the two equal. The protected place itself never leaves
 * the database.
 *
 * The text follows from the grant's masks alone, never from what is held back of one child, so that the
 * statement of a child with a hidden hold is the statement of one without.
 */
export function conditions(layout: SourceLayout, list: ListLayout, grant: Grant, parameter: Parameterised): string {
  const { common, owner, type } = list
  const rows = [
    `${quoted(common.person)} = any(${parameter('persons', 'text[]')})`,
    `${quoted(common.recordedAt)} <= ${parameter('asOf', 'timestamptz')}`,
    labelsWithin(
      coarsens(grant, list) ? `array_remove(${quoted(common.labels)}, ${protectedPlace})` : quoted(common.labels),
      parameter('labels', 'text[]'),
    ),
    `${quoted(common.id)} <> all(${parameter('held', 'text[]')})`,
  ]
  // One by one: to look into a list costs several times what a comparison costs.
  if (!grant.rows.ncnd) rows.push(`${quoted(common.handling)} <> 'NCND'`)
  if (!grant.rows.conditions) rows.push(`${quoted(common.handling)} <> 'CONDITIONS'`)
  if (!grant.rows.notRelevant) rows.push(`${quoted(common.relevance)} <> 'NOT_RELEVANT'`)
  if (!grant.rows.undecided) rows.push(`${quoted(common.relevance)} <> 'UNDECIDED'`)
  if (grant.own !== 0) rows.push(ofOwnOrganisation(list, grant, parameter))
  if (owner !== null && (grant.content & type.bit) === 0)
    rows.push(`${quoted(owner)} = any(${parameter('services', 'text[]')})`)
  const parent = parentOf(layout, list)
  if (parent)
    rows.push(
      `${quoted(common.parent)} in (select ${quoted(parent.common.id)} from "${layout.schema}"."${parent.table}" where ${conditions(layout, parent, grant, parameter)})`,
    )
  return rows.join(' and ')
}

/** Most rows carry no label of their own, which costs far less to see than to compare lists. */
const labelsWithin = (carried: string, allowed: string): string =>
  `(cardinality(${carried}) = 0 or ${carried} <@ ${allowed})`

/** A label that is read in own rows alone is one of the list's own, or one that the row itself carries. */
function ofOwnOrganisation(list: ListLayout, grant: Grant, parameter: Parameterised): string {
  const { organisation, labels } = list.common
  const own = `${quoted(organisation)} = ${parameter('organisation', 'text')}`
  if ((grant.own & list.type.bit) !== 0) return own
  return `(${own} or ${quoted(labels)} <@ ${parameter('everyRow', 'text[]')})`
}

export const protectedPlace = "'ADDRESS_PROTECTED'"

/** A nested list is read under records that may be read themselves; the one it stands under must be open. */
export const parentOf = (layout: SourceLayout, list: ListLayout): ListLayout | undefined =>
  list.contract.parent && layout.lists.get(list.contract.parent.list)

export const quoted = (name: string): string => `"${name}"`
