import type { AgencyTable } from '../store/agencyTables.ts'
import { changeTable, type Watched } from '../store/changeVersions.ts'
import { momentSql } from './bindings/sql/momentSql.ts'
import type { ColumnKind } from './columnLayout.ts'
import { personKind, type SourceLayout } from './sourceLayout.ts'

/** PostgreSQL's types, as every relation of a list has them. */
export const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  integer: 'integer',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  list: 'text[]',
  objects: 'jsonb',
}

/** The tables of an agency that the gateway reads. */
export const tablesOf = (layout: SourceLayout): readonly AgencyTable[] => layout.foreign ?? ownTables(layout)

/** Each is indexed by person and time, the order in which its pages are read. */
const ownTables = (layout: SourceLayout): AgencyTable[] =>
  [...layout.lists.values()].map(({ table, columns, common, contract }) => ({
    schema: layout.schema,
    table,
    primaryKey: [common.id],
    indexes: [{ name: `${table.slice(0, 50)}_in_time`, columns: [common.person], inOrderOf: momentSql(common) }],
    columns: [
      { name: common.id, type: 'text', notNull: true },
      { name: common.person, type: 'text', notNull: true },
      ...(contract.parent ? [{ name: common.parent, type: 'text', notNull: true }] : []),
      { name: common.eventAt, type: 'timestamptz' },
      { name: common.recordedAt, type: 'timestamptz', notNull: true },
      { name: common.recordedBy, type: 'text' },
      { name: common.service, type: 'text', notNull: true },
      { name: common.la, type: 'text' },
      { name: common.force, type: 'text' },
      { name: common.organisation, type: 'text' },
      { name: common.evidence, type: 'text', notNull: true, default: "'FACT'" },
      { name: common.supersedes, type: 'text' },
      { name: common.labels, type: 'text[]', notNull: true, default: "'{}'" },
      { name: common.handling, type: 'text', notNull: true, default: "'NONE'" },
      { name: common.relevance, type: 'text', notNull: true, default: "'RELEVANT'" },
      ...[...columns.values()].map(({ column, kind }) => ({ name: column, type: sqlTypes[kind] })),
    ],
  }))

/** Lists of an agency whose changes are noted, and where. */
export interface WatchedLists {
  readonly notes: AgencyTable
  readonly tables: readonly Watched[]
}

/** Changes are noted by person, with the date from which a record is read. */
export const watchedLists = ({ schema, lists }: SourceLayout, names: readonly string[]): WatchedLists => ({
  notes: changeTable(schema, 'wholeview_change'),
  tables: names.flatMap((name) => {
    const list = lists.get(name)
    return list
      ? [{ table: list.table, kind: personKind, column: list.common.person, from: list.common.recordedAt }]
      : []
  }),
})
