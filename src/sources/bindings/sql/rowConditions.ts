import type { Grant, RowsGrant } from '../../../policy/grant.ts'
import { bitOf } from '../../../policy/labels.ts'
import type { ListLayout, SourceLayout } from '../../layout.ts'

/** What a statement is given with each execution. */
export type Parameter = 'persons' | 'asOf' | 'labels' | 'ownLabels' | 'held' | 'ownHeld' | 'organisation' | 'services'

/** Names a parameter in the statement's text. */
export type Parameterised = (name: Parameter, type: string) => string

/** Parameters by whose rows they are about. */
const parametersOf = {
  others: { labels: 'labels', held: 'held' },
  own: { labels: 'ownLabels', held: 'ownHeld' },
} as const satisfies Record<string, Readonly<Record<string, Parameter>>>

/**
 * Which rows pass: those of the caller's own organisation by one part of the grant, those of others by the other. The text follows from the grant's masks alone, never from what is held back of one child, so that the
 * statement of a child with a hidden hold is the statement of one without.
 */
export function conditions(layout: SourceLayout, list: ListLayout, grant: Grant, parameter: Parameterised): string {
  const { common } = list
  const rows = [
    `${quoted(common.person)} = any(${parameter('persons', 'text[]')})`,
    `${quoted(common.recordedAt)} <= ${parameter('asOf', 'timestamptz')}`,
    ...(grant.own === null
      ? passing(list, grant, 'others', parameter)
      : [`(${byHolder(list, grant, grant.own, parameter).join(' or ')})`]),
  ]
  const parent = parentOf(layout, list)
  if (parent)
    rows.push(
      `${quoted(common.parent)} in (select ${quoted(parent.common.id)} from ${parent.relation} where ${conditions(layout, parent, grant, parameter)})`,
    )
  return rows.join(' and ')
}

/** Whether the caller's own organisation holds the row. One that does not say who holds it is another's. */
export const isOwn = (list: ListLayout, parameter: Parameterised): string =>
  `${quoted(list.common.organisation)} = ${parameter('organisation', 'text')}`

function byHolder(list: ListLayout, others: RowsGrant, own: RowsGrant, parameter: Parameterised): readonly string[] {
  const ownRow = isOwn(list, parameter)
  return [
    ...(isOpen(own, list) ? [`${ownRow} and ${passing(list, own, 'own', parameter).join(' and ')}`] : []),
    ...(isOpen(others, list)
      ? [`(${ownRow}) is not true and ${passing(list, others, 'others', parameter).join(' and ')}`]
      : []),
  ]
}

/** Which rows of one kind of holder pass. */
function passing(
  list: ListLayout,
  grant: RowsGrant,
  whose: keyof typeof parametersOf,
  parameter: Parameterised,
): readonly string[] {
  const { common, contract, columns, type } = list
  const { labels, held } = parametersOf[whose]
  const rows = [
    labelsWithin(
      isCoarsened(list, grant) ? `array_remove(${quoted(common.labels)}, ${protectedPlace})` : quoted(common.labels),
      parameter(labels, 'text[]'),
    ),
    `${quoted(common.id)} <> all(${parameter(held, 'text[]')})`,
  ]
  // One by one: to look into a list costs several times what a comparison costs.
  if (!grant.rows.ncnd) rows.push(`${quoted(common.handling)} <> 'NCND'`)
  if (!grant.rows.conditions) rows.push(`${quoted(common.handling)} <> 'CONDITIONS'`)
  if (!grant.rows.notRelevant) rows.push(`${quoted(common.relevance)} <> 'NOT_RELEVANT'`)
  if (!grant.rows.undecided) rows.push(`${quoted(common.relevance)} <> 'UNDECIDED'`)
  const owner = contract.ownedBy && columns.get(contract.ownedBy)
  if (owner && (grant.content & type.bit) === 0)
    rows.push(`${quoted(owner.column)} = any(${parameter('services', 'text[]')})`)
  return rows
}

/** Whether records of a list may be read under this part of a grant, by their type's own label. */
export const isOpen = (grant: RowsGrant, { type }: Pick<ListLayout, 'type'>): boolean =>
  ((type.level === 'HEADLINE' ? grant.headline : grant.content) & type.bit) !== 0

/** Most rows carry no label of their own, which costs far less to see than to compare lists. */
const labelsWithin = (carried: string, allowed: string): string =>
  `(cardinality(${carried}) = 0 or ${carried} <@ ${allowed})`

export const protectedPlace = "'ADDRESS_PROTECTED'"

/**
 * Whether protected places of this list are read as their area: by one who may know that there is an address and not
 * where. Only lists that say the area in their headline; a protected row of any other list stays out. The place itself
 * never leaves the database.
 */
export const isCoarsened = (list: ListLayout, grant: Pick<RowsGrant, 'redact'>): boolean =>
  (grant.redact & bitOf('ADDRESS_PROTECTED')) !== 0 && list.columns.get('la')?.label.level === 'HEADLINE'

/** A nested list is read under records that may be read themselves; the one it stands under must be open. */
export const parentOf = (layout: SourceLayout, list: ListLayout): ListLayout | undefined =>
  list.contract.parent && layout.lists.get(list.contract.parent.list)

export const quoted = (name: string): string => `"${name}"`
