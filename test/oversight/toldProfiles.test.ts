import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { hiddenInPeriod, type Table } from '../../src/oversight/suppression.ts'
import { type CountedQuarter, ToldProfiles } from '../../src/oversight/toldProfiles.ts'
import type { AgencySource } from '../../src/sources/source.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let isAway = false
beforeAll(async () => {
  const wrapSource = (agency: string, source: AgencySource): AgencySource =>
    agency !== 'police'
      ? source
      : {
          agency,
          fetch: (...asked) => (isAway ? Promise.reject(new Error('connection refused')) : source.fetch(...asked)),
          health: () => source.health(),
          close: () => source.close(),
        }
  gateway = await startTestGateway({ POLICY_PACK: 'england-2026-11' }, { wrapSource })
})
afterAll(() => gateway?.close())

interface Profile {
  readonly children: number | null
  readonly suppressed: boolean
  readonly byArea: readonly { readonly children: number | null; readonly suppressed: boolean }[]
  readonly completeness: string
  readonly firstToldAt: string | null
  readonly changedSinceTold: boolean
}
const profile = async (theme: string, from: string, to: string, persona = 'team-manager'): Promise<Profile> => {
  const { data, errors } = await gateway.ask(
    persona,
    `{ problemProfile(la: "LA2", theme: ${theme}, period: { from: "${from}", to: "${to}" }) {
      children suppressed byArea { area children suppressed } completeness firstToldAt changedSinceTold } }`,
    { purpose: 'PRACTICE_REVIEW' },
  )
  expect(errors).toEqual([])
  return data?.['problemProfile'] as unknown as Profile
}
const database = () => gateway.opened.setting.opening.store

/** Reports that nobody has on record any more, as though they had been handed in otherwise. */
const changeHistory = () => database().knex.raw('delete from police.missing_report where event_at >= ?', ['2026-07-01'])

describe('a profile', () => {
  it('has no numbers while a holder is away, and is told when it is back', async () => {
    isAway = true
    const away = await profile('MISSING', '2026-Q2', '2026-Q2')
    expect(away).toMatchObject({ children: null, suppressed: false, completeness: 'UNAVAILABLE', firstToldAt: null })
    expect(away.byArea.filter(({ children }) => children !== null)).toEqual([])
    isAway = false
    expect(await profile('MISSING', '2026-Q2', '2026-Q2')).toMatchObject({ completeness: 'WHOLE' })
  })

  it('stays what it was once it was told, whatever becomes of the records', async () => {
    const before = await profile('MISSING', '2026-Q3', '2026-Q3')
    expect(before).toMatchObject({ changedSinceTold: false, firstToldAt: expect.stringMatching(/Z$/) })
    await changeHistory()
    expect(await profile('MISSING', '2026-Q3', '2026-Q3')).toEqual(before)
  })

  it('is kept back whole where one of its quarters was told from other records, and nothing of it is kept', async () => {
    const later = await profile('MISSING', '2026-Q1', '2026-Q3')
    expect(later).toMatchObject({ children: null, suppressed: true, changedSinceTold: true, firstToldAt: null })
    expect(later.byArea.filter(({ children, suppressed }) => children !== null || !suppressed)).toEqual([])
    // The first quarter was never told: what was kept back has not fixed it.
    expect(await profile('MISSING', '2026-Q1', '2026-Q1')).toMatchObject({ changedSinceTold: false })
    expect(await profile('MISSING', '2026-Q1', '2026-Q2')).toMatchObject({ changedSinceTold: false })
  })

  it('binds nobody who may count other things', async () => {
    expect(await profile('MISSING', '2026-Q3', '2026-Q3', 'head-of-service')).toMatchObject({ changedSinceTold: false })
  })

  it('is the same for one who is barred from a child: it is told of all, and tells nobody of a bar', async () => {
    const before = await profile('MISSING', '2025-Q4', '2025-Q4')
    const subject = personas.find(({ id }) => id === 'team-manager')?.subject ?? ''
    for (const child of ['C04', 'C05', 'C01']) {
      const { errors } = await gateway.ask(
        'head-of-service',
        `mutation { recordBar(input: { childId: "${child}" subject: "${subject}" kind: RELATIVE reason: "Kin" }) { id } }`,
      )
      expect(errors).toEqual([])
    }
    expect((await gateway.ask('team-manager', '{ child(id: "C04") { id } }')).data?.['child'] ?? null).toBeNull()
    expect(await profile('MISSING', '2025-Q4', '2025-Q4')).toEqual(before)
    expect(await profile('MISSING', '2025-Q3', '2025-Q4')).toMatchObject({ changedSinceTold: false })
  })

  it('stands in the log with the same digest each time', async () => {
    const rows = await database().rows({
      name: 'told_digests',
      text: `select distinct told ->> 'digest' from gateway.told_profile where theme = 'MISSING'
        and reader like '% TEAM_MANAGER' and from_quarter = '2026-Q3' and to_quarter = '2026-Q3'`,
      values: [],
    })
    expect(rows[0]?.[0]).toMatch(/^[0-9a-f]{64}$/)
    const entries = await database().rows({
      name: 'told_entries',
      text: `select leaf.seq::text from gateway.audit_leaf leaf left join gateway.audit_payload kept on kept.seq = leaf.seq
        where leaf.leaf::text || coalesce(kept.payload::text, '') like '%' || $1::text || '%'`,
      values: [rows[0]?.[0]],
    })
    expect(entries).toHaveLength(2)
  })
})

describe('all profiles that are told', () => {
  const quarters = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']
  const areas = ['A', 'B', 'C']
  type World = readonly (readonly (string | null)[])[]

  /** Pseudo-random numbers below one, the same each time. */
  const seeded = (state: number) => () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const table = (world: World, from: number, to: number): Table => {
    const lived = world.map((child) => child.slice(from, to + 1).filter((area) => area !== null))
    const last = lived.flatMap((each) => each.at(-1) ?? [])
    return {
      total: last.length,
      areas: new Map(areas.map((area) => [area, last.filter((each) => each === area).length])),
      moved: new Set(lived.flatMap((each) => (new Set(each).size > 1 ? each : []))),
    }
  }
  const countedIn = (world: World): readonly CountedQuarter[] =>
    quarters.map((quarter, at) => ({ quarter, counted: world.map((child) => child[at] ?? '').join() }))
  const toldOf = (world: World, from: number, to: number) => {
    const hidden = hiddenInPeriod(to - from, (first, last) => table(world, from + first, from + last))
    const { total, areas: cells } = table(world, from, to)
    return {
      total: hidden.total ? null : total,
      areas: [...cells].map(([area, count]) => [area, hidden.areas.has(area) ? null : count]),
    }
  }

  it('are those of one population, in whatever order records are handed in between', async () => {
    const profiles = new ToldProfiles(database())
    const random = seeded(7)
    let [told, keptBack] = [0, 0]
    for (let round = 0; round < 12; round += 1) {
      const live = (): string | null => (random() < 0.5 ? null : (areas[Math.floor(random() * areas.length)] ?? null))
      let world: World = Array.from({ length: 24 }, () => quarters.map(live))
      /** Of each quarter the population of which something was told. */
      const fixed: (World | null)[] = quarters.map(() => null)
      for (let step = 0; step < 12; step += 1) {
        const from = Math.floor(random() * quarters.length)
        const to = from + Math.floor(random() * (quarters.length - from))
        const key = {
          la: 'LA2',
          theme: `ROUND ${round}`,
          reader: 'x',
          from: quarters[from] ?? '',
          to: quarters[to] ?? '',
        }
        const [now, digests] = [toldOf(world, from, to), countedIn(world).slice(from, to + 1)]
        const before = await profiles.of<typeof now>(key)
        const answer = before ?? (await profiles.keep(key, digests, now, new Date('2026-01-01T00:00:00Z')))
        if (answer === null) keptBack += 1
        else {
          told += 1
          for (let at = from; at <= to; at += 1) fixed[at] ??= world
          const population = world.map((_, child) =>
            quarters.map((__, at) => (fixed[at] ?? world)[child]?.[at] ?? null),
          )
          expect(answer.profile).toEqual(toldOf(population, from, to))
        }
        // Now and then records of one quarter are handed in.
        const late = random() < 0.3 ? Math.floor(random() * quarters.length) : -1
        world = world.map((child) => child.map((area, at) => (at === late && random() < 0.2 ? live() : area)))
      }
    }
    expect(told).toBeGreaterThan(60)
    expect(keptBack).toBeGreaterThan(10)
  })
})
