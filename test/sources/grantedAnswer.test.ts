import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { SqlSource } from '../../src/sources/bindings/sql/source.ts'
import type { ColumnKind } from '../../src/sources/columnLayout.ts'
import { commonFields } from '../../src/sources/commonRowFields.ts'
import type { Value } from '../../src/sources/contract.ts'
import { grantedAnswer } from '../../src/sources/grantedAnswer.ts'
import type { HeldRecord } from '../../src/sources/heldRecord.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import type { FieldSelection } from '../../src/sources/source.ts'
import type { ListLayout, SourceLayout } from '../../src/sources/sourceLayout.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import type { Database } from '../../src/store/database.ts'
import { modelOf } from '../federation/support/agency.ts'
import { type Made, type MadeRow, madeFor, parentIn } from '../policy/support/admission.ts'
import { testDatabases } from '../support/postgres.ts'
import { sized } from '../support/sample.ts'

const never = new AbortController().signal
const layouts = new Map<AgencyName, SourceLayout>()

beforeAll(async () => {
  const modules = await loadAgencies()
  for (const agency of agencies) layouts.set(agency, modelOf(modules[agency].contract, modules[agency].computed).layout)
})

async function makeTables(database: Database, layout: SourceLayout): Promise<void> {
  const tables = tablesOf(layout)
  await migrateAgency(database, tables)
  for (const { schema, table, columns, primaryKey } of tables)
    for (const { name, notNull } of columns)
      if (notNull && !primaryKey.includes(name))
        await database.knex.raw(`alter table "${schema}"."${table}" alter column "${name}" drop not null`)
}

/** Few values of each kind, so that the same person is named twice. Some are refused by their type. */
const values: Readonly<Record<ColumnKind, readonly Value[]>> = {
  text: ['Ash Grove', 'LA2', '', 'Rowan', null],
  integer: [0, 7, null],
  number: [0.5, null],
  boolean: [true, false, null],
  date: ['2026-03-02', '2024-02-29', null],
  instant: ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.5Z', null],
  list: [['Rowan', 'Hazel'], [], null],
  objects: [[{ code: 'A', count: 1 }], null],
}
const times = ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.25Z', '2026-03-02T08:59:59Z', null]
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T

const heldOf = (run: number, row: MadeRow, made: Made): HeldRecord => {
  const parent = parentIn(row, made)
  const at = Number(row.id)
  const { contract, columns, naming, owner } = row.list
  const own = [...columns.values()].map(({ field, column, kind }, nth) => {
    const named = naming.indexOf(column)
    if (named >= 0) return [field, row.named[named] ?? null] as const
    return [field, column === owner ? row.owner : pick(values[kind], at * 7 + nth)] as const
  })
  return {
    list: row.list.list,
    id: `${run}.${row.id}`,
    person: row.person === null ? null : `${run}.${row.person}`,
    parent: contract.parent ? (parent === null ? null : parent === 'MISSING' ? parent : `${run}.${parent.id}`) : null,
    common: {
      eventAt: pick(times, at),
      recordedAt: row.recordedAt,
      recordedBy: pick(['Dr Hazel', null], at),
      service: pick(['HEALTH_GP', 'HEALTH_SARC', 'PROBATION', 'POLICE', 'NO_SERVICE'], at),
      la: pick(['LA2', 'LA5', null], at),
      force: pick([null, 'F1'], at),
      organisation: row.organisation,
      evidence: pick(['FACT', 'ALLEGATION'], at),
      supersedes: pick([null, `${run}.0`], at),
    },
    labels: row.labels as HeldRecord['labels'],
    handling: row.handling,
    relevance: row.relevance,
    isUnclassified: false,
    fields: Object.fromEntries(own),
  }
}

async function write(database: Database, layout: SourceLayout, lists: ReadonlySet<ListLayout>, held: HeldRecord[]) {
  for (const { list, table, common, columns, contract } of lists) {
    const rows = held
      .filter((record) => record.list === list)
      .map((record) => ({
        [common.id]: record.id,
        [common.person]: record.person,
        ...(contract.parent ? { [common.parent]: record.parent } : {}),
        ...Object.fromEntries(Object.entries(record.common).map(([name, of]) => [common[name as 'la'], of])),
        [common.labels]: record.labels,
        [common.handling]: record.handling,
        [common.relevance]: record.relevance,
        ...Object.fromEntries([...columns.values()].map(({ field, column }) => [column, record.fields[field] ?? null])),
      }))
    const name = `"${layout.schema}"."${table}"`
    await database.knex.raw(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ?::jsonb)`, [
      JSON.stringify(rows),
    ])
  }
}

const thirdParty = bitOf('THIRD_PARTY')

/** Grants that also redact: names become pseudonyms for the one, and stay for the other. */
const asAsked = (run: number, grant: Grant, nth: number): Grant => {
  const redacts = <Part extends { content: number; redact: number; heldRecords: readonly string[] }>(part: Part) => ({
    ...part,
    heldRecords: part.heldRecords.map((id) => `${run}.${id}`),
    ...(nth % 2 === 0 ? { content: part.content & ~thirdParty, redact: part.redact | thirdParty } : {}),
  })
  return {
    ...redacts(grant),
    own: grant.own && redacts(grant.own),
    persons: grant.persons.map((person) => `${run}.${person}`),
    keeper: pick([null, 'LA2'], nth),
  }
}

testDatabases('records that are read whole are answered as the statement answers them', ({ open }) => {
  it.each(agencies)('%s', async (agency) => {
    const { database } = await open()
    const layout = layouts.get(agency)
    if (!layout) throw new Error(agency)
    await makeTables(database, layout)
    const source = new SqlSource(layout, database)
    let run = 0
    let read = 0
    await fc.assert(
      fc.asyncProperty(madeFor(layout, agency), async (made) => {
        run += 1
        const held = made.rows.map((row) => heldOf(run, row, made))
        const lists = new Set(made.rows.map(({ list }) => list))
        await write(database, layout, lists, held)
        const selection: FieldSelection = {
          lists: new Map([...lists].map(({ list, columns }) => [list, new Set([...columns.keys(), ...commonFields])])),
          holdings: true,
        }
        for (const [nth, made_] of made.grants.entries()) {
          const grant = asAsked(run, made_, nth)
          const stated = (await source.fetch([grant], selection, never)).get('C')
          const answered = grantedAnswer(layout, grant, selection, held)
          for (const { list } of lists) {
            const rows = stated?.records.rows(list) ?? []
            read += rows.length
            expect(answered.records.rows(list)).toEqual(rows)
          }
          expect(answered.holdings).toEqual(stated?.holdings)
          expect(answered.records.ids()).toEqual(stated?.records.ids())
        }
      }),
      { numRuns: sized(10, 25), seed: 2027 },
    )
    expect(read).toBeGreaterThan(sized(8, 25))
  })
})
