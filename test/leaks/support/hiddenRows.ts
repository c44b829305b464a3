import gatewaySeed from '../../../seeds/gateway.ts'
import { type AgencyName, agencies } from '../../../src/foundation/agencies.ts'
import type { Label } from '../../../src/policy/labels.ts'
import { tablesOf } from '../../../src/sources/layoutTables.ts'
import type { ListLayout, SourceLayout } from '../../../src/sources/sourceLayout.ts'
import type { TestGateway } from '../../support/gateway.ts'

/** How a row is hidden. */
export interface Hiding {
  readonly handling?: 'NCND' | 'CONDITIONS'
  readonly relevance?: 'NOT_RELEVANT'
  readonly label?: Label
  /** When the agency recorded it. */
  readonly recordedAt: string
}

/** Ids of hidden rows hold this mark; nothing else does. */
export const mark = '~hidden'

type Stored = Record<string, unknown>

type Persons = Readonly<Partial<Record<AgencyName, readonly string[]>>>

/**
 * Writes hidden rows about some children into every list of every agency: copies of real rows, so that they would
 * count, sort, supersede and change case status if anything looked at them; ids that stand before, between and after
 * the visible ones.
 */
export async function hideRows(
  gateway: TestGateway,
  children: readonly Persons[],
  hiding: Hiding,
  into: (list: ListLayout, agency: AgencyName) => boolean = () => true,
): Promise<number> {
  const { knex } = gateway.opened.setting.opening.store
  const visible = await visibleRows(gateway)
  let written = 0
  const inserts: string[] = []
  const values: string[] = []
  for (const agency of agencies) {
    const layout = gateway.opened.catalogue.model.layouts[agency]
    const persons = children.flatMap((child) => child[agency] ?? [])
    for (const list of [...layout.lists.values()].filter((each) => into(each, agency))) {
      const table = tableOf(layout, list)
      const rows = persons.flatMap((person) => hiddenIn(layout, list, visible.get(table) ?? [], person, hiding))
      if (rows.length === 0) continue
      written += rows.length
      inserts.push(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ?::jsonb)`)
      values.push(JSON.stringify(rows))
    }
  }
  // One statement for all tables: worlds come and go by the dozen.
  if (inserts.length > 0) await knex.raw(together(inserts), values)
  return written
}

/** Several statements that write, as one. */
const together = (statements: readonly string[]): string =>
  `with ${statements.map((statement, index) => `w${index} as (${statement})`).join(',\n')} select 1`

const tableOf = (layout: SourceLayout, list: ListLayout): string => `"${layout.schema}"."${list.table}"`

const visibleOf = new WeakMap<TestGateway, Promise<ReadonlyMap<string, readonly Stored[]>>>()

/** What stands in every table, by table and in the order of ids; read once, since only hidden rows come and go. */
function visibleRows(gateway: TestGateway): Promise<ReadonlyMap<string, readonly Stored[]>> {
  const known = visibleOf.get(gateway) ?? readVisible(gateway)
  visibleOf.set(gateway, known)
  return known
}

async function readVisible(gateway: TestGateway): Promise<ReadonlyMap<string, readonly Stored[]>> {
  const { knex } = gateway.opened.setting.opening.store
  const tables = agencies.flatMap((agency) => {
    const layout = gateway.opened.catalogue.model.layouts[agency]
    return [...layout.lists.values()].map((list) => ({ name: tableOf(layout, list), id: list.common.id }))
  })
  const found: { rows: { name: string; record: Stored | string }[] } = await knex.raw(
    `${tables
      .map(
        ({ name, id }) =>
          `select '${name}' as name, row_to_json(t)::text as record, "${id}" as id from ${name} t where "${id}" not like '%${mark}%'`,
      )
      .join(' union all ')} order by 1, 3`,
  )
  const rows = new Map<string, Stored[]>()
  for (const { name, record } of found.rows)
    rows.set(name, [...(rows.get(name) ?? []), typeof record === 'string' ? JSON.parse(record) : record])
  return rows
}

/** Whose person it is in the story cases. */
export const holderOf = (person: string): string | undefined =>
  gatewaySeed.links.find((link) => link.person === person)?.holder

/** Hidden rows about one person in one list: copies of the person's own, or of others' where they have none. */
function hiddenIn(
  layout: SourceLayout,
  list: ListLayout,
  visible: readonly Stored[],
  person: string,
  hiding: Hiding,
): readonly Stored[] {
  const { common } = list
  const isOwn = (row: Stored): boolean => row[common.person] === person
  const models = [...visible.filter(isOwn), ...visible.filter((row) => !isOwn(row))].slice(0, 3)
  const hidden = (models.length > 0 ? models : [bareRow(layout, list)]).map((model, index): Stored => {
    const id = String(model[common.id] ?? 'none')
    const own = isOwn(model)
    return {
      ...model,
      [common.id]: own && index === 0 ? `${id}${mark}` : `!${index}${person}${id}${mark}`,
      [common.person]: person,
      // Somebody else's row becomes one of a holder that knows this person: it is hidden by its marks, and by nothing
      // else.
      ...(own ? {} : { [common.organisation]: holderOf(person) ?? model[common.organisation] ?? null }),
      [common.recordedAt]: hiding.recordedAt,
      ...(own && index === 0 ? { [common.supersedes]: id } : {}),
      [common.handling]: hiding.handling ?? 'NONE',
      [common.relevance]: hiding.relevance ?? 'RELEVANT',
      [common.labels]: hiding.label && hiding.label !== list.type.label ? [hiding.label] : [],
    }
  })
  return list.contract.parent ? [...hidden, ...underHidden(layout, list, hidden)] : hidden
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

/** Tables of the gateway in which a world may write, with the column that bears the mark. */
const registers = [
  ['hold', 'id'],
  ['consent', 'id'],
  ['link', 'person_id'],
  ['person_record', 'local_id'],
  ['transfer', 'id'],
  ['relationship', 'id'],
  ['break_glass', 'id'],
  ['break_glass_notice', 'id'],
  ['review', 'id'],
  ['obligation', 'id'],
  ['access_notice', 'leaf_id'],
  ['message', 'id'],
] as const

/** Takes every hidden row out again. */
export async function unhideRows(gateway: TestGateway): Promise<void> {
  const { knex } = gateway.opened.setting.opening.store
  const marked = (table: string, column: string) => `delete from ${table} where "${column}" like '%${mark}%'`
  const ofAgencies = agencies.flatMap((agency) => {
    const layout = gateway.opened.catalogue.model.layouts[agency]
    return [...layout.lists.values()].map((list) => marked(tableOf(layout, list), list.common.id))
  })
  await knex.raw(
    together([
      ...ofAgencies,
      ...registers.map(([table, column]) => marked(`gateway.${table}`, column)),
      `delete from gateway.person_key where record in (select id from gateway.person_record where local_id like '%${mark}%')`,
      `delete from gateway.identifier where value = '${formerNhsNumber}'`,
    ]),
  )
}

/** A number that is valid and that no child of the demonstration has. */
export const formerNhsNumber = '9991034595'
