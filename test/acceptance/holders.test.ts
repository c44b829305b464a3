import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { authorities, contacts, forces, holders } from '../../seeds/authoritiesAndForces.ts'
import { personas } from '../../seeds/personas.ts'
import { caseStatusFrom, caseStatusLists } from '../../src/facts/caseStatus.ts'
import { addressVariable, type Holder } from '../../src/foundation/holder.ts'
import type { AgencySource } from '../../src/sources/source.ts'
import { rowsOf } from '../seeds/records.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'
import { sampled } from '../support/sample.ts'
import { cases } from './support/people.ts'

type Fault = 'none' | 'stopped' | 'hung' | 'garbled' | 'wrong'

/** Holders that keep their records in a database of their own: two forces in two, two authorities in two. */
const apart: Readonly<Record<string, string>> = { F4: 'south', 'LA5-CSC': 'south', 'LA2-CSC': 'east' }
const named: readonly Holder[] = holders.map((holder) => {
  const database = apart[holder.id]
  return database === undefined ? holder : { ...holder, binding: { type: 'sql', database } }
})
const file = join(mkdtempSync(join(tmpdir(), 'holders-')), 'registry.json')
writeFileSync(file, JSON.stringify({ authorities, forces, contacts, holders: named }))

let away: string | null = null
let fault: Fault = 'none'
const failing: Readonly<Record<Exclude<Fault, 'none'>, AgencySource['fetch']>> = {
  stopped: () => Promise.reject(new Error('connection refused')),
  hung: () => new Promise(() => {}),
  garbled: () => Promise.reject(new SyntaxError('Unexpected token')),
  wrong: () => Promise.resolve(new Map()),
}
const wrapSource = (agency: string, source: AgencySource, of: readonly Holder[]): AgencySource => ({
  agency,
  fetch: (...asked) =>
    fault !== 'none' && of.some(({ id }) => id === away) ? failing[fault](...asked) : source.fetch(...asked),
  health: () => source.health(),
  close: () => source.close(),
})

const query = `{ child(id: "C04") {
  sources { agency state holders { holder organisation la force state recordCount contact } }
  missing {
    total { value completeness without { agency holder state contact } }
    reported { value completeness } byForce { force count { value completeness } } unavailable
  }
  police { state missingEpisodes { id provenance { force organisation sourceRecordId } } }
  socialCare { state placements { id provenance { organisation } } }
  chronology { unavailable }
} }`

interface HolderRow {
  readonly holder: string
  readonly state: string
  readonly recordCount: number | null
  readonly contact: string | null
}

/** Of these databases on the run's PostgreSQL; where there is none each is embedded in the data folder. */
const databases: TestDatabase[] = []
const addresses = async (): Promise<Record<string, string>> => {
  if (!hasPostgres()) return {}
  const made = await Promise.all(
    [...new Set(Object.values(apart))].map(async (name) => {
      const database = await createTestDatabase()
      databases.push(database)
      return [addressVariable(name), database.url] as const
    }),
  )
  return Object.fromEntries(made)
}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway(
    { REGISTRY_FILE: file, SOURCE_DEADLINE_MS: '1500', ...(await addresses()) },
    { wrapSource },
  )
})
afterEach(() => {
  away = null
  fault = 'none'
})
afterAll(async () => {
  await gateway.close()
  for (const database of databases) await database.drop()
})

const asked = async (persona = 'mash-analyst') => {
  const { data, errors, text } = await gateway.ask(persona, query)
  expect(errors, text).toEqual([])
  return data?.['child'] as unknown as {
    sources: { agency: string; state: string; holders: HolderRow[] }[]
    missing: {
      total: {
        value: number | null
        completeness: string
        without: { holder: string; state: string; contact: string }[]
      }
      reported: { value: number | null; completeness: string }
      byForce: { force: string; count: { value: number; completeness: string } }[]
      unavailable: string[]
    }
    police: { state: string; missingEpisodes: { id: string; provenance: { force: string } }[] }
    socialCare: { state: string; placements: { id: string; provenance: { organisation: string } }[] }
  }
}
const holdersOf = (child: Awaited<ReturnType<typeof asked>>, agency: string): ReadonlyMap<string, HolderRow> =>
  new Map(child.sources.find((each) => each.agency === agency)?.holders.map((each) => [each.holder, each]))

describe('holders in several databases', () => {
  it('answer as they do in one, each by name', async () => {
    const child = await asked()
    expect(child.missing.total).toMatchObject({ value: 50, completeness: 'WHOLE', without: [] })
    expect(child.missing.byForce).toMatchObject([
      { force: 'F1', count: { value: 39 } },
      { force: 'F4', count: { value: 6 } },
    ])
    const ids = child.police.missingEpisodes.map(({ id }) => id.split(':')[0])
    expect([ids.filter((id) => id === 'F1').length, ids.filter((id) => id === 'F4').length]).toEqual([39, 6])
    const police = holdersOf(child, 'POLICE')
    expect([...police.keys()]).toEqual(['F1', 'F4'])
    expect(police.get('F1')?.recordCount).toBeGreaterThan(39)
    expect(police.get('F4')).toMatchObject({ la: 'LA5', force: 'F4', contact: expect.stringContaining('01632 960024') })
    expect([...holdersOf(child, 'CHILDRENS_SOCIAL_CARE').keys()]).toEqual(
      expect.arrayContaining(['LA2-CSC', 'LA5-CSC', 'HOME-LA5']),
    )
  })

  it('come in order of time, whichever holder they are of', async () => {
    const { data } = await gateway.ask(
      'mash-analyst',
      '{ child(id: "C04") { police { missingEpisodes { eventAt } } } }',
    )
    const child = data?.['child'] as unknown as { police: { missingEpisodes: { eventAt: string }[] } } | undefined
    const times = child?.police.missingEpisodes.map(({ eventAt }) => eventAt) ?? []
    expect(times).toHaveLength(45)
    expect(times).toEqual([...times].sort())
  })
})

describe.each<Exclude<Fault, 'none'>>(['stopped', 'hung', 'garbled', 'wrong'])('a holder that is %s', (how) => {
  it('costs Force 4’s part and nothing of Force 1’s', async () => {
    away = 'F4'
    fault = how
    const child = await asked()
    expect(child.police.missingEpisodes).toHaveLength(39)
    expect(child.police.state).toBe('PARTIAL')
    // The home's own entries still tell of the six that it reported to Force 4.
    expect(child.missing.total).toMatchObject({ value: 50, completeness: 'AT_LEAST' })
    expect(child.missing.total.without).toEqual([
      { agency: 'POLICE', holder: 'F4', state: 'UNAVAILABLE', contact: expect.stringContaining('01632 960024') },
    ])
    expect(child.missing.byForce[0]).toEqual({ force: 'F1', count: { value: 39, completeness: 'AT_LEAST' } })
    expect(child.missing.unavailable).toEqual(['POLICE'])
    const police = holdersOf(child, 'POLICE')
    expect(police.get('F4')).toMatchObject({ state: 'UNAVAILABLE', recordCount: null })
    expect(police.get('F1')?.state).not.toBe('UNAVAILABLE')
  })

  it('costs LA5’s social care alone', async () => {
    away = 'LA5-CSC'
    fault = how
    const child = await asked()
    const care = holdersOf(child, 'CHILDRENS_SOCIAL_CARE')
    expect(care.get('LA5-CSC')).toMatchObject({ state: 'UNAVAILABLE', recordCount: null })
    expect(care.get('LA2-CSC')?.recordCount).toBeGreaterThan(0)
    expect(child.socialCare.placements.length).toBeGreaterThan(0)
    expect(child.missing.total.without.map(({ holder }) => holder)).toEqual(['LA5-CSC'])
    expect(child.police.missingEpisodes).toHaveLength(45)
  })
})

describe('the authority that keeps the case, when it is away', () => {
  it('costs its own part: both forces still come, and the count names it', async () => {
    away = 'LA2-CSC'
    fault = 'stopped'
    const child = await asked()
    const forces = child.police.missingEpisodes.map(({ provenance }) => provenance.force)
    expect([forces.filter((force) => force === 'F1').length, forces.length]).toEqual([39, 45])
    expect(child.missing.total.completeness).toBe('AT_LEAST')
    expect(child.missing.total.without.map(({ holder }) => holder)).toContain('LA2-CSC')
    expect(holdersOf(child, 'CHILDRENS_SOCIAL_CARE').get('LA2-CSC')).toMatchObject({ state: 'UNAVAILABLE' })
  })
})

describe('whom to ask', () => {
  it('is told out of hours too, and by label for what is withheld and may be told', async () => {
    const who =
      '{ child(id: "C04") { sources { agency withheld { category } holders { holder outOfHours contactsByLabel { label contact } } } } }'
    let named = 0
    for (const persona of ['mash-analyst', 'social-worker', 'school-dsl']) {
      const { data, errors } = await gateway.ask(persona, who)
      if (data?.['child'] == null) continue
      expect(errors).toEqual([])
      const { sources } = data['child'] as unknown as {
        sources: {
          agency: string
          withheld: { category: string | null }[]
          holders: {
            holder: string
            outOfHours: string | null
            contactsByLabel: { label: string; contact: string }[]
          }[]
        }[]
      }
      for (const { withheld, holders: told } of sources)
        for (const { holder, contactsByLabel } of told) {
          const own = holders.find(({ id }) => id === holder)?.contact?.byLabel ?? {}
          for (const { label, contact } of contactsByLabel) {
            expect(withheld.map(({ category }) => category)).toContain(label)
            expect(own[label]).toBe(contact)
            named += 1
          }
        }
      const force1 = sources.flatMap((each) => each.holders).find(({ holder }) => holder === 'F1')
      expect(force1?.outOfHours).toBe('Force 1 control room, 01632 960421')
    }
    expect(named).toBeGreaterThan(0)
  })
})

describe('what Force 4 holds back', () => {
  it('hides Force 4’s records alone', async () => {
    await gateway.opened.setting.opening.store.rows({
      name: 'hold-of-force-4',
      text: `insert into gateway.hold (id, child_id, kind, agency, organisation, label, reason, owner, review_on)
        values ('hold-f4', 'C04', 'DETRIMENT', 'police', 'F4', null, 'A live operation', 'DI, F4', '2027-01-01')`,
      values: [],
    })
    try {
      const child = await asked()
      expect(child.police.missingEpisodes.map(({ provenance }) => provenance.force)).toEqual(Array(39).fill('F1'))
      expect(child.missing.total.completeness).toBe('AT_LEAST')
      expect(child.missing.total.without).toEqual(
        expect.arrayContaining([expect.objectContaining({ agency: 'POLICE', holder: 'F4' })]),
      )
      expect(holdersOf(child, 'POLICE').get('F4')).toMatchObject({ state: 'WITHHELD', recordCount: null })
    } finally {
      await gateway.opened.setting.opening.store.rows({
        name: 'no-hold-of-force-4',
        text: "delete from gateway.hold where id = 'hold-f4'",
        values: [],
      })
    }
  })
})

describe('the level of a child', () => {
  const levels = `query ($ids: [ID!]!) { children(ids: $ids) { id
    status { level levelEvidence } levels { current currentEvidence indicators { aboveCurrent } } } }`
  interface Told {
    readonly id: string
    readonly status: { readonly level: string | null; readonly levelEvidence: string | null }
    readonly levels: {
      readonly current: string | null
      readonly currentEvidence: string | null
      readonly indicators: readonly { readonly aboveCurrent: boolean | null }[]
    }
  }
  const askers = [
    ...new Set(['mash-analyst', 'social-worker', 'receiving-officer', ...sampled(personas, 6).map(({ id }) => id)]),
  ]
  const held = Object.fromEntries(
    cases.map((child) => [
      child,
      caseStatusFrom(
        Object.fromEntries(caseStatusLists.map((list) => [list, rowsOf(child, 'socialCare', list)])) as never,
        '2026-11-20T23:59:59Z',
      ).level,
    ]),
  )
  const told = async () => {
    const found: (Told & { readonly asker: string })[] = []
    for (const asker of askers) {
      const { data } = await gateway.ask(asker, levels, { variables: { ids: cases } })
      const children = (data?.['children'] ?? []) as readonly (Told | null)[]
      found.push(...children.flatMap((child) => (child ? [{ ...child, asker }] : [])))
    }
    return found
  }
  const isOf = (asker: string, organisation: string) =>
    personas.find(({ id }) => id === asker)?.organisation === organisation
  const holding = async (organisation: string) => {
    const { knex } = gateway.opened.setting.opening.store
    await knex('gateway.hold').insert(
      cases.map((child) => ({
        ...{ id: `hold-${child}`, child_id: child, kind: 'DETRIMENT', agency: 'socialCare', organisation },
        ...{ label: 'SOCIAL_CARE', reason: 'A test', owner: `SOCIAL_WORKER, ${organisation}`, review_on: '2027-01-01' },
      })),
    )
    return () => knex('gateway.hold').where('id', 'like', 'hold-C%').delete()
  }
  const truly = (found: Awaited<ReturnType<typeof told>>, how: string) => {
    for (const { asker, id, status, levels: of } of found) {
      const asked_ = `${asker} ${id} ${how}`
      expect([null, held[id]], asked_).toContain(status.level)
      expect([null, held[id]], asked_).toContain(of.current)
      if (status.level === null) expect(status.levelEvidence, asked_).toBeNull()
      if (of.current !== null) continue
      expect(of.currentEvidence, asked_).toBeNull()
      for (const { aboveCurrent } of of.indicators) expect(aboveCurrent, asked_).toBeNull()
    }
  }

  it('is true for whoever is told it, and told to somebody', async () => {
    const found = await told()
    truly(found, 'as it is')
    expect(found.filter(({ status }) => status.level !== null).length).toBeGreaterThan(10)
  })

  it.each(['LA2-CSC', 'LA5-CSC'])('is true, or cannot be said, where %s is away or holds it back', async (holder) => {
    away = holder
    fault = 'stopped'
    truly(await told(), `${holder} is away`)
    away = null
    const release = await holding(holder)
    try {
      const found = await told()
      truly(found, `${holder} holds it back`)
      const others = found.filter(({ asker, id }) => id === 'C04' && !isOf(asker, holder))
      expect(others.length).toBeGreaterThan(2)
      if (holder === 'LA2-CSC')
        for (const { asker, status, levels: of } of others)
          expect([status.level, of.current], asker).toEqual([null, null])
    } finally {
      await release()
    }
  })
})

describe('a holder that is not connected', () => {
  it('is told as that, with whom to ring', async () => {
    const { data, text } = await gateway.ask(
      'mash-analyst',
      '{ child(id: "C06") { sources { agency state holders { holder state contact } } } }',
    )
    const child = data?.['child'] as unknown as { sources: { agency: string; holders: HolderRow[] }[] }
    const adult = child?.sources.find(({ agency }) => agency === 'ADULT_SERVICES')
    expect(adult?.holders, text).toEqual(
      expect.arrayContaining([
        { holder: 'LA6-ASC', state: 'NOT_CONNECTED', contact: 'Fenwick adult social care, 01632 960336' },
      ]),
    )
  })
})

describe('what a force recorded as offending', () => {
  it('stands in one chronology with what the school saw of hunger', async () => {
    const { data } = await gateway.ask(
      'social-worker',
      '{ child(id: "C05") { chronology(first: 200) { events { headline provenance { agency } } } } }',
    )
    const child = data?.['child'] as unknown as
      | { chronology: { events: { headline: string; provenance: { agency: string } }[] } }
      | undefined
    const told = child?.chronology.events.map(({ headline, provenance }) => `${provenance.agency} ${headline}`) ?? []
    expect(told).toContain('POLICE Police event: shoplifting')
    expect(told.filter((each) => each === 'EDUCATION School gave support: breakfast').length).toBe(14)
  })
})

describe('a relationship that nobody wrote down', () => {
  const asks = async (persona: string, child: string) =>
    (await gateway.ask(persona, `{ child(id: "${child}") { id } }`)).data?.['child'] != null
  const without = async (organisation: string, child: string, look: () => Promise<void>) => {
    const { knex } = gateway.opened.setting.opening.store
    const mine = { organisation, child_id: child }
    const recorded = await knex('gateway.relationship').where(mine)
    expect(recorded.length).toBeGreaterThan(0)
    await knex('gateway.relationship').where(mine).delete()
    try {
      await look()
    } finally {
      await knex('gateway.relationship').insert(recorded)
    }
  }

  it('follows from the school’s own enrolment and ends with it, on the very next request', async () => {
    await without('900005', 'C04', async () => {
      expect(await asks('school-dsl', 'C04')).toBe(true)
      const { knex } = gateway.opened.setting.opening.store
      const open = { held_by_organisation: '900005', on_roll_to: null }
      const rows = await knex('education.enrolment').where(open)
      await knex('education.enrolment').where(open).update({ on_roll_to: '2026-11-01' })
      expect(await asks('school-dsl', 'C04')).toBe(false)
      for (const { record_id } of rows)
        await knex('education.enrolment').where({ record_id }).update({ on_roll_to: null })
      expect(await asks('school-dsl', 'C04')).toBe(true)
    })
  })

  it('follows from nobody else’s record', async () => {
    await without('900005', 'C04', async () => {
      const { knex } = gateway.opened.setting.opening.store
      const own = { held_by_organisation: '900005', on_roll_to: null }
      const rows = await knex('education.enrolment').where(own)
      await knex('education.enrolment').where(own).update({ held_by_organisation: '900002' })
      expect(await asks('school-dsl', 'C04')).toBe(false)
      for (const { record_id } of rows)
        await knex('education.enrolment').where({ record_id }).update({ held_by_organisation: '900005' })
    })
  })

  it('follows from an open episode of a mental health service, and not from one that was closed', async () => {
    await without('NHS-LA5-CAMHS', 'C04', async () => {
      const { knex } = gateway.opened.setting.opening.store
      const mine = () => knex('health.camhs_episode').where({ held_by_organisation: 'NHS-LA5-CAMHS' })
      expect(await asks('camhs-clinician', 'C04')).toBe(true)
      const rows = await mine()
      await mine().update({ status: 'CLOSED' })
      await knex('health.service_involvement')
        .where({ held_by_organisation: 'NHS-LA5-CAMHS' })
        .update({ involved_to: '2026-01-01' })
      expect(await asks('camhs-clinician', 'C04')).toBe(false)
      for (const { record_id, status } of rows)
        await knex('health.camhs_episode').where({ record_id }).update({ status })
    })
  })

  it('lets the organisation ask its own questions over many children', async () => {
    await without('900005', 'C04', async () => {
      const { candidates } = gateway.opened.setting
      expect(await candidates.ofOrganisation('900005', null, '2026-11-20', '')).toContain('C04')
      expect(await candidates.ofOrganisation('900006', null, '2026-11-20', '')).not.toContain('C04')
    })
  })
})

describe('a store from before holders were told apart', () => {
  it('answers as it did: its links stand for every holder', async () => {
    const old = await startTestGateway()
    try {
      const { knex } = old.opened.setting.opening.store
      await knex.raw(`delete from gateway.link link using gateway.link other
        where link.agency = other.agency and link.person_id = other.person_id and link.child_id = other.child_id
          and link.holder > other.holder`)
      await knex.raw("update gateway.link set holder = ''")
      const { data, text } = await old.ask('mash-analyst', query)
      const child = data?.['child'] as unknown as Awaited<ReturnType<typeof asked>>
      expect(child?.missing.total, text).toMatchObject({ value: 50, completeness: 'WHOLE' })
      expect(child.police.missingEpisodes).toHaveLength(45)
      expect([...holdersOf(child, 'POLICE').keys()]).toEqual(['F1', 'F4'])
    } finally {
      await old.close()
    }
  })
})
