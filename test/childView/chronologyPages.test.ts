import { beforeAll, expect, it } from 'vitest'
import { type AgencySeed, fieldOf } from '../../seeds/seedRecord.ts'
import {
  type ChronologyArguments,
  type ChronologyPage,
  chronology,
  chronologyNeeds,
  chronologyPage,
} from '../../src/childView/chronology.ts'
import { cursorOf } from '../../src/childView/chronologyCursor.ts'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import { planOfNeeds } from '../../src/disclosure/needsPlan.ts'
import { type AgencyName, agencies, eachAgency } from '../../src/foundation/agencies.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { maskOf } from '../../src/policy/labels.ts'
import type { Answers } from '../../src/records/agencyAnswers.ts'
import { SqlSource } from '../../src/sources/bindings/sql/source.ts'
import { writeRecords } from '../../src/sources/bindings/sql/writeRecords.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import { noRecords } from '../../src/sources/plainRecords.ts'
import type { SourceAnswer } from '../../src/sources/source.ts'
import { pageOfAgency } from '../../src/sources/timePage.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { randomFrom } from '../leaks/support/random.ts'
import { testDatabases } from '../support/postgres.ts'
import { sized } from '../support/sample.ts'
import { grantsOf } from './fixtures.ts'

const { model } = await loadCatalogue({ demonstration: false, registryFile: null })
const { contracts, layouts } = model
const plan = planOfNeeds(
  chronologyNeeds(contracts, () => true),
  model,
)
/** Whose tables are made here; the others answer that they hold nothing. */
const kept = ['police', 'education'] as const satisfies readonly AgencyName[]

const nothing: SourceAnswer = { state: 'ANSWERED', records: noRecords([]), holdings: [] }
const never = new AbortController().signal

const headlines = maskOf(['SOCIAL_CARE', 'EDUCATION', 'HEALTH_GENERAL', 'POLICE_RECORD', 'INVOLVEMENT'])
const grants: readonly Partial<Grant>[] = [
  {},
  { headline: headlines, content: maskOf(['EDUCATION']), names: 'KNOWN', places: 'NONE' },
  { asOf: '2026-03-01T00:00:00Z', heldRecords: ['H-003', 'H-070'] },
  { headline: 0, content: 0 },
]

/** Moments that are hard to put in order: equal to the millisecond, none, of no year that is written. */
const hostileRows = `insert into police.police_event (record_id, person_id, event_at, recorded_at, held_by_service, evidence_type)
  select id, 'hostile', at::timestamptz, recorded::timestamptz, service, 'FACT' from (
    select 'H-' || lpad(n::text, 3, '0') as id,
      (array['2026-01-05 10:00:00.0015', '2026-01-05 10:00:00.0012', '2026-01-05 10:00:00.001', '2026-01-05 10:00:00',
        null, '1969-12-31 23:59:59.9995', 'infinity', '0044-03-15 BC', '12026-01-01', '0050-06-01', '2026-06-30 23:30:00'])[n % 11 + 1] as at,
      (array['2026-02-01 00:00:00.0009', '2026-02-01 00:00:00.0001', '2026-02-01', '0001-01-01 BC', '-infinity'])[n % 5 + 1] as recorded,
      (array['POLICE', null, 'NO_SUCH_SERVICE'])[n % 3 + 1] as service
    from generate_series(1, 110) as n
    union all select unnest(array['H-é', 'H-\uFF5E', 'H-😀', 'H-Z', 'H-z', 'H-']), '2026-01-05 10:00:00', '2026-02-01', 'POLICE'
  ) as made`

testDatabases('a page of the chronology', (engine) => {
  let database: Database
  let rowsRead = 0
  let last: Statement | undefined
  const persons: Partial<Record<AgencyName, readonly string[]>> = {}
  const sources: Partial<Record<AgencyName, SqlSource>> = {}

  beforeAll(async () => {
    ;({ database } = await engine.open())
    for (const agency of kept) {
      const { default: seed }: { default: AgencySeed } = await import(`../../seeds/${agency}.ts`)
      await migrateAgency(database, tablesOf(layouts[agency]))
      await writeRecords(database.knex, layouts[agency], seed.records, (record, field) => fieldOf(record, field))
      persons[agency] = [...new Set(Object.values(seed.records).flatMap((rows) => rows.map(({ person }) => person)))]
    }
    await database.knex.raw('alter table police.police_event alter column held_by_service drop not null')
    await database.knex.raw(hostileRows)
    const counted: Database = {
      ...database,
      rows: (statement, signal) => database.rows(statement, signal),
      wireRows: async (statement, signal) => {
        const rows = await database.wireRows(statement, signal)
        rowsRead += rows.length
        last = statement
        return rows
      },
    }
    for (const agency of kept) sources[agency] = new SqlSource(layouts[agency], counted)
  })

  /** What every agency says to these grants: everything, or the pages of these arguments alone. */
  async function answersTo(
    grants: Readonly<Record<AgencyName, Grant>>,
    pages: readonly ChronologyArguments[] | null,
  ): Promise<Answers> {
    const answers = await Promise.all(
      agencies.map(async (agency) => {
        const { selection } = plan[agency]
        const page = (asked: ChronologyArguments) => pageOfAgency(chronologyPage(asked), contracts[agency].agency)
        const asked = pages ? { ...selection, pages: pages.map(page), counted: true } : selection
        return (await sources[agency]?.fetch([grants[agency]], asked, never))?.get('C04')
      }),
    )
    return eachAgency((agency) => {
      const answer = answers[agencies.indexOf(agency)]
      if (!answer || pages === null) return answer ?? nothing
      return { ...nothing, paged: answer }
    })
  }

  const told = ({ events, pageInfo, total, unavailable }: ChronologyPage) => ({
    events: events?.map(({ cursor, eventAt, headline, id, provenance }) => ({
      cursor,
      eventAt,
      headline,
      id,
      provenance,
    })),
    ...{ pageInfo, total, unavailable },
  })

  it('is what is cut from every event, whatever is asked and permitted', async () => {
    const random = randomFrom(25)
    const some = (agency: AgencyName) => random.some(persons[agency] ?? [], 1 + random.below(6))
    const days = ['0001-01-01', '1969-12-31', '2025-06-01', '2026-01-05', '2026-02-01', '2026-07-01', '9999-12-31']
    let cut = 0
    for (let turn = 0; turn < sized(30, 600); turn += 1) {
      const of = eachAgency((agency) => ({
        ...random.pick(grants),
        persons: agency === 'police' && random.oneIn(2) ? ['hostile', ...some(agency)] : some(agency),
      }))
      const granted = grantsOf(of)
      const whole = await answersTo(granted, null)
      const every = chronology(whole, granted, contracts, { first: 200 }).events ?? []
      const from = random.oneIn(2) ? null : random.pick(days)
      const asked = (): ChronologyArguments => ({
        first: 1 + random.below(random.oneIn(3) ? 200 : 8),
        from,
        to: random.oneIn(2) ? null : random.pick(days),
        agencies: random.oneIn(2) ? null : random.pick([['POLICE'], ['HEALTH_GP', 'EDUCATION'], ['HEALTH'], []]),
        after: every.length === 0 || random.oneIn(3) ? null : random.pick(every).cursor,
      })
      const pages = Array.from({ length: 1 + random.below(3) }, asked)
      const paged = await answersTo(granted, pages)
      for (const page of pages) {
        const expected = told(chronology(whole, granted, contracts, page))
        expect(told(chronology(paged, granted, contracts, page)), JSON.stringify([of, page])).toEqual(expected)
        if (expected.pageInfo.hasNextPage) cut += 1
      }
    }
    expect(cut).toBeGreaterThan(5)
  })

  it.each([
    [1e300, 0, 'police:a'],
    [-1e300, 1e300, ''],
    [1_767_607_200_000.5, 0, 'police:a'],
    [1_767_607_200_000, 0.5, 'police:a'],
    [-0.5, -0.5, 'police:a'],
    [1_767_607_200_000, 1_769_904_000_000, 'police:H-\0b'],
    [1_767_607_200_000, 1_769_904_000_000, 'police:H-\uD800'],
    [1_767_607_200_000, 1_769_904_000_000, `police:H-"'\\,{}`],
  ])('goes on from a cursor that was made up: %s %s %j', async (at, recorded, id) => {
    const granted = grantsOf({ police: { persons: ['hostile'] } })
    const whole = await answersTo(granted, null)
    const page = { first: 40, after: cursorOf([at, recorded, id]) }
    const expected = told(chronology(whole, granted, contracts, page))
    expect(told(chronology(await answersTo(granted, [page]), granted, contracts, page))).toEqual(expected)
  })

  it('reads of each list one row more than it gives, however many events there are', async () => {
    await database.knex.raw(`insert into police.police_event (record_id, person_id, event_at, recorded_at, held_by_service, kind)
      select 'L-' || n, 'logged', timestamptz '2020-01-01Z' + n * interval '1 hour', '2026-01-01', 'POLICE', 'WELFARE_CHECK'
      from generate_series(1, 20000) as n`)
    await database.knex.raw('analyze police.police_event')
    const granted = grantsOf({ police: { persons: ['logged'] } })
    const lists = plan.police.selection.lists.size
    for (const page of [{ first: 50 }, { first: 1, from: '2021-06-01' }, { first: 200, to: '2021-06-01' }]) {
      rowsRead = 0
      const { events, pageInfo, total } = chronology(await answersTo(granted, [page]), granted, contracts, page)
      expect(events).toHaveLength(page.first)
      expect(rowsRead).toBeLessThanOrEqual(lists * (page.first + 1))
      expect(total).toBeGreaterThan(7000)
      const next = { ...page, after: pageInfo.endCursor }
      rowsRead = 0
      const after = chronology(await answersTo(granted, [next]), granted, contracts, next)
      expect(after.events?.[0]?.id).toBe(`police:L-${Number(events?.at(-1)?.id.split('-')[1]) + 1}`)
      expect(rowsRead).toBeLessThanOrEqual(lists * (page.first + 1))
      expect(after.total).toBe(total)
      if (!last) throw new Error('Nothing was read.')
      const text = `explain (analyze, costs off, timing off) ${last.text}`
      const lines = (await database.rows({ ...last, name: 'explained', text })).flat().join('\n')
      const scanned = /police_event_in_time on police_event .*actual rows=(\d+)/.exec(lines)?.[1]
      // One more than is given, and the next, which shows that no other stands at that moment.
      expect(Number(scanned)).toBeLessThanOrEqual(page.first + 2)
    }
  })

  it('reads stretches that follow on each other as one, and by themselves where one would hold too much', async () => {
    const granted = grantsOf({ police: { persons: ['logged'] } })
    const days = ['2020-02-01', '2020-02-02', '2020-02-03', '2020-02-04']
    const pagesRead = (): readonly unknown[] => {
      const text = last?.values?.find((value) => typeof value === 'string' && value.startsWith('[{"wv_page"'))
      return typeof text === 'string' ? JSON.parse(text) : []
    }
    for (const [first, read] of [
      [30, 1],
      [5, 4],
    ] as const) {
      const pages = days.map((day) => ({ first, from: day, to: day }))
      const answers = await answersTo(granted, pages)
      expect(pagesRead()).toHaveLength(read)
      for (const page of pages) {
        const { events, total } = chronology(answers, granted, contracts, page)
        expect([events?.length, total]).toEqual([Math.min(first, 24), 24])
      }
    }
  })
})
