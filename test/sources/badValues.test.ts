import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badValuesOf } from '../../src/composition/badValues.ts'
import { plainReader } from '../../src/sources/bindings/sql/plainReader.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

/** A table of social care, a column of it, and what no type of the schema lets through. */
const bad: readonly (readonly [table: string, column: string, value: string])[] = [
  ['ssd_person', 'pers_forename', "''"],
  ['ssd_person', 'pers_upn', "'UN5'"],
  ['ssd_person', 'pers_common_child_id', "'SSD_SUI'"],
  ['ssd_person', 'pers_dob', "'infinity'"],
  ['ssd_cp_plans', 'plan_level', "'VERY_HIGH'"],
  ['ssd_cp_plans', 'held_by_service', "'NOBODY'"],
  ['ssd_cp_plans', 'held_by_la', "''"],
  ['ssd_cp_plans', 'evidence_type', "'RUMOUR'"],
  ['ssd_cp_plans', 'event_at', "'infinity'"],
  ['ssd_missing', 'miss_missing_episode_type', "'GONE'"],
  ['ssd_missing', 'miss_missing_episode_end_date', "'infinity'"],
  ['ssd_cla_placement', 'placement_la', "''"],
]

const query = `{ child(id: "C04") {
  names { given family } identifiers { scheme value } status { level areaLa } missing { total { value completeness without { agency state reason } } episodes { from to } }
  sources { agency state recordCount } involvements { service kind }
  chronology(first: 200) { total events { eventAt headline } }
  socialCare {
    person { given family upn nhsNumber dateOfBirth provenance { agency la evidence } }
    plans { level from to eventAt provenance { agency la evidence recordedAt } }
    missing { kind from to }
    placements { code la from }
  }
} }`

describe.each([
  ['from the bytes of the database', undefined],
  ['as plain rows', plainReader],
])('values that their types refuse, %s', (_, records) => {
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await startTestGateway({}, records ? { records } : {})
    const { knex } = gateway.opened.setting.opening.store
    for (const [table, column, value] of bad) await knex.raw(`update social_care."${table}" set "${column}" = ${value}`)
  })
  afterAll(() => gateway?.close())

  const timesMet = async (field: string): Promise<number> => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    return Number(new RegExp(`list="${field}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0)
  }

  it('cost themselves, and nothing beside them', async () => {
    const { data, errors } = await gateway.ask('social-worker', query)
    expect(errors ?? []).toEqual([])
    const child = data?.['child'] as unknown as {
      missing: { total: { completeness: string; without: readonly object[] } }
      socialCare: Record<string, readonly Record<string, unknown>[]>
    }
    const { person = [], plans = [], missing = [], placements = [] } = child.socialCare
    for (const each of person)
      expect(each).toMatchObject({ given: null, upn: null, nhsNumber: null, dateOfBirth: null })
    expect(person.every(({ family }) => typeof family === 'string')).toBe(true)
    expect(plans.length).toBeGreaterThan(0)
    for (const each of plans)
      expect(each).toMatchObject({
        level: null,
        eventAt: null,
        provenance: { agency: 'CHILDRENS_SOCIAL_CARE', la: null, evidence: 'UNCORROBORATED' },
      })
    expect(plans.some(({ from }) => typeof from === 'string')).toBe(true)
    for (const each of missing) expect(each).toMatchObject({ kind: null, to: null })
    // Episodes that begin or end no one knows when: whoever counts them is told.
    expect(child.missing.total.completeness).toBe('AT_LEAST')
    expect(child.missing.total.without).toContainEqual({
      ...{ agency: 'CHILDRENS_SOCIAL_CARE', state: 'PARTIAL', reason: 'NOT_READABLE' },
    })
    for (const each of placements) expect(each).toMatchObject({ la: null })
  })

  it('are counted by list and field', async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    for (const field of ['person",field="upn', 'plans",field="level', 'missing",field="kind'])
      expect(metrics).toContain(`wholeview_bad_values_total{agency="socialCare",list="${field}"}`)
    expect(metrics).not.toMatch(/UN5|SSD_SUI|VERY_HIGH|RUMOUR/)
  })

  it('are none where a part is above its whole: more sessions attended than there were', async () => {
    const { knex } = gateway.opened.setting.opening.store
    const before = await timesMet('attendance",field="attended')
    await knex.raw('update education."attendance_period" set "attended" = "possible" + 50')
    const { data, errors, text } = await gateway.ask(
      'social-worker',
      '{ child(id: "C04") { education { attendance { school possible attended } } } }',
    )
    expect(errors ?? [], text).toEqual([])
    const child = data?.['child'] as unknown as {
      education: { attendance: readonly { possible: number; attended: number | null }[] }
    }
    const { attendance } = child.education
    expect(attendance.length).toBeGreaterThan(0)
    for (const { possible, attended } of attendance) expect([possible > 0, attended]).toEqual([true, null])
    expect(await timesMet('attendance",field="attended')).toBeGreaterThan(before)
    const { layouts } = gateway.opened.catalogue.model
    expect(await badValuesOf(gateway.opened.setting.opening.store, layouts.education, undefined)).toContainEqual(
      expect.stringMatching(/^attendance\.attended: \d+ in attendance_period cannot be read/),
    )
  })
})
