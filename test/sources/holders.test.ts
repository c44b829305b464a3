import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Holder } from '../../src/foundation/holder.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Grant, HolderGrant } from '../../src/policy/grant.ts'
import { maskOf } from '../../src/policy/labels.ts'
import { SqlSource } from '../../src/sources/bindings/sql/source.ts'
import { writeRecords } from '../../src/sources/bindings/sql/writeRecords.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import { mergedRecords } from '../../src/sources/mergedRecords.ts'
import { narrowTo } from '../../src/sources/narrowToHolders.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import { serving } from '../../src/sources/servedHolders.ts'
import type { FieldSelection } from '../../src/sources/source.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import type { Database } from '../../src/store/database.ts'
import { modelOf } from '../federation/support/agency.ts'
import { grantFor } from '../federation/support/gateway.ts'
import { openNewEmbedded } from '../support/postgres.ts'

const holderOf = (id: string, organisation: string | null = id): Holder => ({
  ...{ id, organisation, name: id, kind: 'police', service: 'POLICE', areas: [], la: null, contact: null },
  ...{ timeZone: 'Europe/London', freshnessHours: null, binding: { type: 'sql' } },
})
const ids = ['F1', 'F2', 'F3', 'F4'] as const
const never = new AbortController().signal

describe('a decision that is asked of some holders', () => {
  const linked = fc.array(fc.tuple(fc.constantFrom('7', '8', '9'), fc.constantFrom('', ...ids)), { maxLength: 8 })
  const parts = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: ids.length, maxLength: ids.length })
  const heldBack = fc.subarray([...ids])

  it('goes to each of its holders once, and to no other, whoever holds what back', () => {
    fc.assert(
      fc.property(linked, parts, heldBack, (links, of, apartOf) => {
        const base = grantFor('police', 'C04', {
          persons: links.map(([person]) => person),
          holders: links.map(([, holder]) => holder),
        })
        const apart = apartOf.map((heldBackBy): HolderGrant => ({ ...base, headline: 0, content: 0, heldBackBy }))
        const grant: Grant = apart.length > 0 ? { ...base, apart } : base
        const asked = [0, 1, 2].flatMap((part) => {
          const holders = ids.filter((_, at) => of[at] === part).map((id) => holderOf(id))
          return holders.length === 0 ? [] : narrowTo(holders, grant).map((each) => ({ holders, ...each }))
        })
        for (const { holders, grant: narrow, apart: one } of asked) {
          const [only] = holders
          const own = holders.length === 1 && only ? narrow.persons.map(() => only.id) : narrow.holders
          for (const [at, person] of narrow.persons.entries()) {
            const holder = own?.[at] ?? ''
            // It is linked so, or by a link that names no holder.
            expect(links.some(([known, by]) => known === person && (by === holder || by === ''))).toBe(true)
            // Each holder's persons under the decision about that holder.
            if (holder !== '') expect(apartOf.some((id) => id === holder)).toBe(one !== null)
            if (one !== null && holder !== '') expect(one.heldBackBy).toBe(holder)
          }
        }
        // Nobody who is linked is left out.
        for (const [person, by] of links.filter(([, holder]) => holder !== ''))
          expect(
            asked.some(
              ({ holders, grant: narrow }) =>
                holders.some(({ id }) => id === by) &&
                narrow.persons.some(
                  (each, at) => each === person && (holders.length === 1 || narrow.holders?.[at] === by),
                ),
            ),
          ).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('is passed on as it is where nothing is to be told apart', () => {
    const grant = grantFor('police', 'C04')
    expect(narrowTo([holderOf('police', null)], grant)).toEqual([{ grant, apart: null }])
    expect(narrowTo([holderOf('police', null)], grant)[0]?.grant).toBe(grant)
  })
})

describe('two holders in one database who gave one id to two people', () => {
  let database: Database
  let source: SqlSource
  const selection: FieldSelection = { lists: new Map([['crimes', new Set(['offence'])]]), holdings: true }
  const crime = (organisation: string, id: string, offence: string) => ({
    ...{ id, person: '7', eventAt: '2026-01-01T00:00:00Z', recordedAt: '2026-01-01T00:00:00Z' },
    ...{ service: 'POLICE', organisation, offence },
  })
  const open = {
    headline: maskOf(['POLICE_RECORD']),
    content: maskOf(['POLICE_RECORD']),
    heldRecords: [],
    rows: { ncnd: true, conditions: true, undecided: true, notRelevant: true },
  } as const

  beforeAll(async () => {
    database = await openNewEmbedded()
    const { contract, computed } = (await loadAgencies()).police
    const { layout } = modelOf(contract, computed)
    await migrateAgency(database, tablesOf(layout))
    // Ids are a holder's own, and its own alone; a table of ours holds one of each.
    await database.knex.raw('alter table police.crime drop constraint crime_pkey')
    const crimes = [
      crime('F1', 'r1', 'Theft'),
      crime('F4', 'r1', 'Arson'),
      crime('F4', 'r2', 'Affray'),
      crime('F9', 'r3', 'Of nobody who is named'),
    ]
    await writeRecords(database.knex, layout, { crimes }, (row, field) => (row as Record<string, unknown>)[field])
    source = new SqlSource(layout, database, null, undefined, serving('police', [holderOf('F1'), holderOf('F4')]))
  })
  afterAll(() => database.close())

  const offences = async (...grants: readonly Grant[]): Promise<Record<string, readonly string[]>> => {
    const answers = await source.fetch(grants, selection, never)
    return Object.fromEntries(
      [...answers].map(([child, { records }]) => [
        child,
        records.rows('crimes').map((row) => `${row.id} ${String(row['offence'])}`),
      ]),
    )
  }
  const of = (child: string, holder: string, changes: Partial<Grant> = {}): Grant =>
    grantFor('police', child, { ...open, persons: ['7'], holders: [holder], ...changes })

  it('are read apart, in one fetch for both', async () => {
    expect(await offences(of('A', 'F1'), of('B', 'F4'))).toEqual({
      A: ['F1:r1 Theft'],
      B: ['F4:r1 Arson', 'F4:r2 Affray'],
    })
  })

  it('are counted apart', async () => {
    const answers = await source.fetch([of('B', 'F4')], { lists: new Map(), holdings: true }, never)
    expect(answers.get('B')?.holdings).toMatchObject([{ list: 'crimes', holder: 'F4', count: 2 }])
  })

  it('hold back their own record, and not the other’s of that id', async () => {
    const held = { heldRecords: ['r1'], heldBy: ['F4'] }
    expect(await offences(of('A', 'F1', held), of('B', 'F4', held))).toEqual({
      A: ['F1:r1 Theft'],
      B: ['F4:r2 Affray'],
    })
    const [narrow] = narrowTo([holderOf('F1')], of('A', 'F1', held))
    expect(narrow?.grant.heldRecords).toEqual([])
  })

  it('say no holder in an id where that would say where the child is', async () => {
    expect(await offences(of('B', 'F4', { places: 'NONE' }))).toEqual({ B: ['police:r1 Arson', 'police:r2 Affray'] })
  })

  it('are all read through a link from before, which names none', async () => {
    const named = await offences(of('A', ''))
    expect(named['A']).toHaveLength(4)
  })
})

describe('records of several bindings', () => {
  const row = (id: string, eventAt: string | null) => ({ id, person: '7', eventAt })

  it('are one list in order of time, then id, those without a time last', () => {
    const one = plainRecords({ crimes: [row('F1:b', '2026-01-02T00:00:00Z'), row('F1:z', null)] })
    const other = plainRecords({ crimes: [row('F4:a', '2026-01-01T00:00:00Z'), row('F4:a2', '2026-01-02T00:00:00Z')] })
    const merged = mergedRecords([
      { records: one, apart: null },
      { records: other, apart: null },
    ])
    expect(merged.rows('crimes').map(({ id }) => id)).toEqual(['F4:a', 'F1:b', 'F4:a2', 'F1:z'])
    expect(merged.ids().count).toBe(4)
  })

  it('are passed on as they are where there is one', () => {
    const records = plainRecords({ crimes: [row('F1:b', null)] })
    expect(mergedRecords([{ records, apart: null }])).toBe(records)
  })
})
