import { coarsens, opensRows } from '../../../policy/admits.ts'
import type { Grant, RowsGrant } from '../../../policy/grant.ts'
import { servicesBeside, undisclosedServices } from '../../../policy/revealingServices.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'

/** What a statement is given with each execution. */
export type Parameter =
  | 'persons'
  | 'keys'
  | 'anyones'
  | 'asOf'
  | 'labels'
  | 'ownLabels'
  | 'held'
  | 'ownHeld'
  | 'organisation'
  | 'services'
  | 'keeper'
  | 'pages'

/** Names a parameter in the statement's text. */
export type Parameterised = (name: Parameter, type: string) => string

/** Parameters by whose rows they are about. */
const parametersOf = {
  others: { labels: 'labels', held: 'held' },
  own: { labels: 'ownLabels', held: 'ownHeld' },
} as const satisfies Record<string, Readonly<Record<string, Parameter>>>

/**
 * Which rows pass, clause by clause as `rowClauses` of `src/policy/admits.ts` says without a database: a clause is
 * changed in both or in neither, and a test over generated rows and grants holds the two equal. Rows of the caller's
 * own organisation pass by one part of the grant, those of others by the other. The protected place itself never leaves
 * the database.
 *
 * The text follows from the grant's masks alone, never from what is held back of one child, so that the statement of a
 * child with a hidden hold is the statement of one without.
 */
export const conditions = (
  layout: SourceLayout,
  list: ListLayout,
  grant: Grant,
  parameter: Parameterised,
  isKeyed = false,
): string => conditionsOf(`any(${parameter('persons', 'text[]')})`, layout, list, grant, parameter, isKeyed)

/** @param whose of whom: one person, or any of several. */
export function conditionsOf(
  whose: string,
  layout: SourceLayout,
  list: ListLayout,
  grant: Grant,
  parameter: Parameterised,
  isKeyed: boolean,
): string {
  const { common } = list
  const rows = [
    `${quoted(common.person)} = ${whose}`,
    // Another holder may have given the same id to somebody else. The person alone is in the index.
    ...(isKeyed
      ? [
          `(${quoted(common.person)} = any(${parameter('anyones', 'text[]')}) or ${ofHolder(common, common.person)} = any(${parameter('keys', 'text[]')}))`,
        ]
      : []),
    `${quoted(common.recordedAt)} <= ${parameter('asOf', 'timestamptz')}`,
    // Which row of a record it is, not whether it may be read: the record is one whoever asks.
    ...(list.replacedAt === undefined
      ? []
      : [`(${quoted(list.replacedAt)} <= ${parameter('asOf', 'timestamptz')}) is not true`]),
    ...(grant.own === null
      ? passing(list, grant, 'others', parameter, isKeyed)
      : [`(${byHolder(list, grant, grant.own, parameter, isKeyed).join(' or ')})`]),
  ]
  const parent = parentOf(layout, list)
  if (parent)
    rows.push(
      `${quoted(common.parent)} in (select ${quoted(parent.common.id)} from ${parent.relation} where ${conditions(layout, parent, grant, parameter, isKeyed)})`,
    )
  return rows.join(' and ')
}

/** Whether the caller's own organisation holds the row. One that does not say who holds it is another's. */
export const isOwn = (list: ListLayout, parameter: Parameterised): string =>
  `${quoted(list.common.organisation)} = ${parameter('organisation', 'text')}`

/** As `ofOrganisation` joins them. */
const ofHolder = ({ organisation }: ListLayout['common'], name: string): string =>
  `${quoted(organisation)} || ' ' || ${quoted(name)}`

function byHolder(
  list: ListLayout,
  others: RowsGrant,
  own: RowsGrant,
  parameter: Parameterised,
  isKeyed: boolean,
): readonly string[] {
  const ownRow = isOwn(list, parameter)
  return [
    ...(opensRows(own, list) ? [`${ownRow} and ${passing(list, own, 'own', parameter, isKeyed).join(' and ')}`] : []),
    ...(opensRows(others, list)
      ? [`(${ownRow}) is not true and ${passing(list, others, 'others', parameter, isKeyed).join(' and ')}`]
      : []),
  ]
}

/** Which rows of one kind of holder pass. */
function passing(
  list: ListLayout,
  grant: RowsGrant,
  whose: keyof typeof parametersOf,
  parameter: Parameterised,
  isKeyed: boolean,
): readonly string[] {
  const { about, common, naming, owner, type } = list
  const { labels, held } = parametersOf[whose]
  const rows = [
    labelsWithin(
      coarsens(grant, list) ? `array_remove(${quoted(common.labels)}, ${protectedPlace})` : quoted(common.labels),
      parameter(labels, 'text[]'),
    ),
    heldOut(common, parameter(held, 'text[]'), isKeyed),
  ]
  // One by one: to look into a list costs several times what a comparison costs.
  if (!grant.rows.ncnd) rows.push(`${quoted(common.handling)} <> 'NCND'`)
  if (!grant.rows.conditions) rows.push(`${quoted(common.handling)} <> 'CONDITIONS'`)
  if (!grant.rows.notRelevant) rows.push(`${quoted(common.relevance)} <> 'NOT_RELEVANT'`)
  if (!grant.rows.undecided) rows.push(`${quoted(common.relevance)} <> 'UNDECIDED'`)
  if (owner !== null && (grant.content & type.bit) === 0) {
    rows.push(`${quoted(owner)} = any(${parameter('services', 'text[]')})`)
    if (whose === 'others') rows.push(`${quoted(owner)} is distinct from ${quoted(common.service)}`)
  }
  const patterns = whose === 'others' ? undisclosedServices(about, grant.headline) : []
  if (patterns.length > 0) rows.push(...naming.map((column) => namesNone(column, patterns, common.service)))
  return rows
}

/** Mostly nothing is held back: to join each row's holder with its id for that costs more than to see it. */
function heldOut(common: ListLayout['common'], held: string, isKeyed: boolean): string {
  const id = `${quoted(common.id)} <> all(${held})`
  if (!isKeyed) return id
  return `(cardinality(${held}) = 0 or ${id} and coalesce(${ofHolder(common, common.id)}, '') <> all(${held}))`
}

/**
 * Of a column that no service of these patterns is named there. A row names its own service by a code, and most codes
 * are seen to be of none at a hundredth of what a pattern costs.
 */
function namesNone(column: string, patterns: readonly string[], service: string): string {
  const none = `(${quoted(column)} ~* '${patterns.join('|')}') is not true`
  return column === service
    ? `(${quoted(column)} = any('{${servicesBeside(patterns).join(',')}}'::text[]) or ${none})`
    : none
}

/** Most rows carry no label of their own, which costs far less to see than to compare lists. */
const labelsWithin = (carried: string, allowed: string): string =>
  `(cardinality(${carried}) = 0 or ${carried} <@ ${allowed})`

export const protectedPlace = "'ADDRESS_PROTECTED'"

/** A nested list is read under records that may be read themselves; the one it stands under must be open. */
export const parentOf = (layout: SourceLayout, list: ListLayout): ListLayout | undefined =>
  list.contract.parent && layout.lists.get(list.contract.parent.list)

export const quoted = (name: string): string => `"${name}"`
