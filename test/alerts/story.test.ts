import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

interface Told {
  readonly id: string
  readonly code: string
  readonly since: string
  readonly explanation: string
  readonly count: number | null
  readonly cleared: boolean
  readonly details: readonly { readonly name: string; readonly value: string }[]
  readonly evidence: readonly { readonly recordId: string }[]
}

interface Options {
  readonly asOf?: string
  readonly codes?: string
  readonly purpose?: Purpose
  readonly open?: boolean
}

async function alertsOf(persona: string, child: string, options: Options = {}): Promise<readonly Told[]> {
  const { asOf = '2026-11-20T23:59:59Z', codes, purpose, open = true } = options
  const { data, errors } = await gateway.ask(
    persona,
    `{ child(id: "${child}", asOf: "${asOf}") { alerts(${codes ? `codes: [${codes}], ` : ''}open: ${open}) { id code since explanation count cleared details { name value } evidence { recordId } } } }`,
    purpose ? { purpose } : {},
  )
  const view = data?.['child'] as unknown as { readonly alerts: readonly Told[] } | null | undefined
  if (!view) expect(errors[0]?.extensions['code']).toBe('NOT_FOUND')
  return view?.alerts ?? []
}

const detail = (alert: Told | undefined, name: string) => alert?.details.find((each) => each.name === name)?.value

/** What the story of each child tells, and who may know it. */
const told: Readonly<Record<string, readonly (readonly [persona: string, ...codes: string[]])[]>> = {
  C01: [
    [
      'social-worker',
      ...['MOVE_DURING_OPEN_ENQUIRY', 'PERSON_OF_CONCERN_AT_ADDRESS', 'UNADDRESSED_RISK_FACTOR'],
      ...['REFERRAL_FEEDBACK_OVERDUE', 'EXPLOITATION_ASSESSMENT_MISSING'],
    ],
  ],
  C02: [
    [
      'social-worker',
      ...['ATTENDANCE_PATTERN', 'MISSING_PATTERN', 'PREVENTION_INTERVIEW_MISSING', 'SHARE_LAG'],
      ...['RETURN_HOME_DURING_LIVE_INVESTIGATION', 'INTERPRETER_REQUIRED', 'VOICE_NOT_RECORDED'],
      ...['PENALTY_PAID_REASON_UNKNOWN', 'ALLEGATION_NO_STRATEGY'],
    ],
  ],
  C03: [
    [
      'mash-analyst',
      ...['PLAN_DRIFT', 'STRATEGY_NOT_QUORATE', 'WITHDRAWAL_WITHOUT_REVIEW', 'EXPLOITATION_ASSESSMENT_MISSING'],
      ...['FATHER_OR_MALE_CARER_UNKNOWN', 'CHILD_AT_POLICE_EVENT_NO_NOTIFICATION'],
    ],
  ],
  C04: [
    [
      'mash-analyst',
      ...['MISSING_PATTERN', 'RESTRAINT_PATTERN', 'TECHNIQUE_CONFLICT', 'ATTENDANCE_CLUSTER'],
      ...['HEALTH_HISTORY_NOT_TRANSFERRED', 'MULTIPLE_THERAPEUTIC_PROVIDERS', 'CROSS_BOUNDARY_INVITEE_MISSING'],
      ...['PLAN_ACTION_UNACKNOWLEDGED', 'LIBERTY_RESTRICTION_UNAUTHORISED', 'ORDER_NOT_SERVED'],
      ...['MANAGED_OFFENDER_ASSOCIATION', 'TRIGGER_PLAN_ABSENT', 'TECHNIQUE_AGE_RANGE'],
    ],
    ['camhs-clinician', 'SPECIALTY_PRIOR_EPISODE_ELSEWHERE'],
  ],
  C05: [
    [
      'mash-analyst',
      ...['REPEAT_CONTACTS', 'CARER_IN_CUSTODY', 'START_AGAIN', 'SUPPORT_NET_LOST', 'LOW_SCORE_REPEATED'],
      ...['KIN_PLACEMENT_UNASSESSED', 'NO_LEAD_PROFESSIONAL', 'LEVEL_DISAGREEMENT', 'REFERRAL_FEEDBACK_OVERDUE'],
      ...['WNB_PATTERN', 'MEETING_CANCELLED_NOT_REBOOKED', 'INTERVENTION_NO_OUTCOME'],
    ],
  ],
  C06: [['social-worker', 'TRANSITION_PLAN_MISSING', 'MISSING_PATTERN', 'TRIGGER_PLAN_ABSENT']],
}

describe('the story cases', () => {
  test.each(Object.entries(told).flatMap(([child, readers]) => readers.map((reader) => ({ child, reader }))))(
    '$child tells $reader.0 what its agencies never put together',
    async ({ child, reader: [persona, ...codes] }) => {
      const found = new Set((await alertsOf(persona, child)).map(({ code }) => code))
      expect(codes.filter((code) => !found.has(code))).toEqual([])
    },
  )

  test('give each alert an id of its own', async () => {
    for (const child of Object.keys(told)) {
      const ids = (await alertsOf('mash-analyst', child)).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })

  test('a child about whom there is nothing raises no alert for anybody', async () => {
    for (const { id, purposes } of personas)
      for (const purpose of purposes) expect(await alertsOf(id, 'C12', { purpose })).toEqual([])
  })
})

describe('repeated contacts', () => {
  const codes = 'REPEAT_CONTACTS'

  test('fire on the third and not before', async () => {
    expect(await alertsOf('mash-analyst', 'C05', { codes, asOf: '2026-05-12T20:39:59Z' })).toEqual([])
    const [third] = await alertsOf('mash-analyst', 'C05', { codes, asOf: '2026-05-12T20:40:00Z' })
    expect(third).toMatchObject({ since: '2026-05-12T20:40:00Z', count: 3 })
    expect(third?.evidence).toHaveLength(3)
  })

  test('count each further one under the same id and the same day', async () => {
    const [then] = await alertsOf('mash-analyst', 'C05', { codes, asOf: '2026-05-13T00:00:00Z' })
    const [now] = await alertsOf('mash-analyst', 'C05', { codes })
    expect(now).toMatchObject({ id: then?.id, since: then?.since, count: 9 })
  })
})

test('drift is told with the age of each action', async () => {
  const [drift] = await alertsOf('team-manager', 'C03', { codes: 'PLAN_DRIFT' })
  expect(drift).toMatchObject({ count: 7 })
  expect(detail(drift, 'undone')).toBe('7')
  expect(drift?.explanation.match(/: 508 days past due/g)).toHaveLength(7)
})

test('the four of the other area whom nobody invited are named, and the days that a notice lay unserved', async () => {
  const uninvited = await alertsOf('social-worker', 'C04', { codes: 'CROSS_BOUNDARY_INVITEE_MISSING' })
  expect(uninvited).toHaveLength(5)
  for (const alert of uninvited)
    expect(detail(alert, 'missing')?.split(' ').sort()).toEqual(
      ['EDUCATION:LA5', 'HEALTH_COMMUNITY:LA5', 'HEALTH_GP:LA5', 'POLICE:LA5'].sort(),
    )
  const codes = 'ORDER_NOT_SERVED'
  const [at15] = await alertsOf('social-worker', 'C04', { codes, asOf: '2026-11-16T12:00:00Z' })
  const [at19] = await alertsOf('social-worker', 'C04', { codes })
  expect([detail(at15, 'daysUnserved'), detail(at19, 'daysUnserved')]).toEqual(['15', '19'])
})

test('a father whose record is hidden from the reader is not said to be unknown', async () => {
  for (const { id, purposes } of personas)
    for (const purpose of purposes)
      expect(await alertsOf(id, 'C07', { purpose, codes: 'FATHER_OR_MALE_CARER_UNKNOWN' })).toEqual([])
})

describe('clearing', () => {
  const clear = (persona: string, alertId: string, childId = 'C05') =>
    gateway.ask(
      persona,
      `mutation { clearAlert(childId: "${childId}", alertId: "${alertId}", reason: HANDLED_OTHERWISE, note: "Looked at together on Friday") { at role reason note } }`,
    )

  test('is for whom the alert is for, and lasts until there is more', async () => {
    const [alert] = await alertsOf('mash-analyst', 'C05', { codes: 'LOW_SCORE_REPEATED' })
    const id = alert?.id ?? ''
    expect((await clear('mash-analyst', id)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect((await clear('team-manager', 'none')).errors[0]?.extensions['code']).toBe('NOT_FOUND')
    expect((await clear('unrelated-officer', id)).errors[0]?.extensions['code']).toBe('NOT_FOUND')
    expect((await clear('school-dsl', id)).errors[0]?.extensions['code']).toBe('NOT_FOUND')
    expect((await clear('team-manager', id)).data).toMatchObject({ clearAlert: { role: 'TEAM_MANAGER' } })
    const now = { codes: 'LOW_SCORE_REPEATED' }
    expect(await alertsOf('team-manager', 'C05', now)).toEqual([])
    expect(await alertsOf('team-manager', 'C05', { ...now, open: false })).toMatchObject([{ id, cleared: true }])
    expect(
      await alertsOf('team-manager', 'C05', { codes: 'LOW_SCORE_REPEATED', asOf: '2026-11-11T00:00:00Z' }),
    ).toEqual([expect.objectContaining({ id, cleared: false })])
  })
})
