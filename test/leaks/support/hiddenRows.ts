import { type AgencyName, agencies } from '../../../src/agencies.ts'
import type { Label } from '../../../src/policy/labels.ts'
import type { ListLayout, SourceLayout } from '../../../src/sources/layout.ts'
import { tablesOf } from '../../../src/sources/layout.ts'
import type { TestGateway } from '../../support/gateway.ts'

/** How a row is hidden. */
export interface Hiding {
  readonly handling?: 'NCND'
  readonly relevance?: 'NOT_RELEVANT'
  readonly label?: Label
  /** When the agency recorded it. */
  readonly recordedAt: string
}

/** Ids of hidden rows hold this mark; nothing else does. */
export const mark = '~hidden'

type Stored = Record<string, unknown>

/**
 * Writes hidden rows about some children into every list of every agency: copies of real rows, so that they would count, sort,
 * supersede and change standing if anything looked at them; ids that stand before, between and after the visible ones.
 */
export async function hideRows(
  gateway: TestGateway,
  persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>,
  hiding: Hiding,
): Promise<number> {
  let written = 0
  for (const agency of agencies) {
    const layout = gateway.opened.blueprint.model.layouts[agency]
    for (const person of persons[agency] ?? [])
      for (const list of layout.lists.values()) written += await hideInList(gateway, layout, list, person, hiding)
  }
  return written
}

async function hideInList(
  gateway: TestGateway,
  layout: SourceLayout,
  list: ListLayout,
  person: string,
  hiding: Hiding,
): Promise<number> {
  const { knex } = gateway.opened.setting.opening.store
  const { common } = list
  const table = `"${layout.schema}"."${list.table}"`
  const found: { rows: { record: Stored | string }[] } = await knex.raw(
    `select row_to_json(t)::text as record from ${table} t where "${common.id}" not like ? order by ("${common.person}" = ?) desc, "${common.id}" limit 3`,
    [`%${mark}%`, person],
  )
  const models = found.rows.map(({ record }): Stored => (typeof record === 'string' ? JSON.parse(record) : record))
  const hidden = (models.length > 0 ? models : [bareRow(layout, list)]).map((model, index): Stored => {
    const id = String(model[common.id] ?? 'none')
    const own = model[common.person] === person
    return {
      ...model,
      [common.id]: own && index === 0 ? `${id}${mark}` : `!${index}${person}${id}${mark}`,
      [common.person]: person,
      [common.recordedAt]: hiding.recordedAt,
      ...(own && index === 0 ? { [common.supersedes]: id } : {}),
      [common.handling]: hiding.handling ?? 'NONE',
      [common.relevance]: hiding.relevance ?? 'RELEVANT',
      [common.labels]: hiding.label && hiding.label !== list.type.label ? [hiding.label] : [],
    }
  })
  const nested = list.contract.parent
  const rows = nested ? [...hidden, ...underHidden(layout, list, hidden)] : hidden
  await knex.raw(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ?::jsonb)`, [
    JSON.stringify(rows),
  ])
  return rows.length
}

/** A nested row that bears no mark of its own: it is hidden because the record above it is. */
const underHidden = (layout: SourceLayout, list: ListLayout, hidden: readonly Stored[]): Stored[] => {
  const parent = layout.lists.get(list.contract.parent?.list ?? '')
  if (!parent) return []
  return hidden.map((row, index) => ({
    ...row,
    [list.common.id]: `?${index}${String(row[list.common.id])}`,
    [list.common.parent]: `${String(row[list.common.parent])}${mark}`,
    [list.common.supersedes]: null,
    [list.common.handling]: 'NONE',
    [list.common.relevance]: 'RELEVANT',
    [list.common.labels]: [],
  }))
}

/** Where no row of a list is to be copied, the least that its table demands. */
const bareRow = (layout: SourceLayout, list: ListLayout): Stored => {
  const columns = tablesOf(layout).find(({ table }) => table === list.table)?.columns ?? []
  const needed = columns.filter(({ notNull, type }) => notNull && type === 'text').map(({ name }) => [name, 'NONE'])
  return { ...Object.fromEntries(needed), [list.common.evidence]: 'FACT', [list.common.service]: 'HEALTH' }
}

/** Takes every hidden row out again. */
export async function unhideRows(gateway: TestGateway): Promise<void> {
  const { knex } = gateway.opened.setting.opening.store
  for (const agency of agencies) {
    const layout = gateway.opened.blueprint.model.layouts[agency]
    for (const { table, common } of layout.lists.values())
      await knex.raw(`delete from "${layout.schema}"."${table}" where "${common.id}" like ?`, [`%${mark}%`])
  }
  for (const table of ['hold', 'consent']) await knex.raw(`delete from gateway.${table} where id like ?`, [`%${mark}%`])
  await knex.raw('delete from gateway.link where person_id like ?', [`%${mark}%`])
  await knex.raw('delete from gateway.identifier where value = ?', [formerNhsNumber])
}

/** A number that is valid and that no child of the demonstration has. */
export const formerNhsNumber = '9991034595'
