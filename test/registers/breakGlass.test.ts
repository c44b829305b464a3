import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let sessionId = ''

beforeAll(async () => {
  gateway = await startTestGateway()
}, 120_000)
afterAll(() => gateway.close())

const breakIt = `mutation ($child: ID!, $reason: String!, $second: String, $minutes: Int!) {
  breakGlass(childId: $child, reason: $reason, secondPerson: $second, minutes: $minutes) {
    id childId organisation role inForce openedAt expiresAt
  } }`
const variables = { child: 'C04', reason: 'Found alone at night in our area', minutes: 15 }
const view = `{ child(id: "C04") { id status { level responsibleLa } obligations { kind agency label dueOn }
  socialCare { referrals { id raisedBy: __typename } } withheld { category reason } } }`
/** Each test asks for the fields that it reads. */
interface Answer {
  readonly breakGlass: { readonly id: string; readonly openedAt: string; readonly expiresAt: string }
  readonly child: {
    readonly status: { readonly level: string }
    readonly obligations: readonly { readonly kind: string }[]
  }
  readonly breakGlassNotices: readonly unknown[]
  readonly breakGlassReviews: readonly { readonly id: string }[]
  readonly obligations: readonly { readonly id: string; readonly kind: string }[]
  readonly accessLog: readonly {
    readonly kind: string
    readonly organisation: string
    readonly actions: readonly string[]
  }[]
  readonly accessNotices: readonly { readonly organisation: string }[]
}

const data = (received: Awaited<ReturnType<TestGateway['ask']>>): Answer => {
  expect(received.errors).toEqual([])
  // The gateway answers in the shape of the query.
  return received.data as unknown as Answer
}
const codes = (received: Awaited<ReturnType<TestGateway['ask']>>) =>
  received.errors.map(({ extensions }) => extensions['code'])

describe('breaking the glass', () => {
  it('is refused to roles that act for nobody, in the same words whether or not the child is known', async () => {
    const asked = (child: string) =>
      gateway.ask('information-governance', breakIt, { variables: { ...variables, child } })
    const [known, unknown] = [await asked('C04'), await asked('C-none')]
    expect(codes(known)).toEqual(['FORBIDDEN'])
    expect(unknown.errors).toEqual(known.errors)
  })

  it('is refused without a reason, for longer than an hour, and with oneself as the second person', async () => {
    for (const change of [{ reason: '  ' }, { minutes: 61 }, { minutes: 0 }, { reason: 'data:image/png;base64,AAAA' }])
      expect(
        codes(await gateway.ask('unrelated-officer', breakIt, { variables: { ...variables, ...change } })),
      ).toHaveLength(1)
    expect(codes(await gateway.ask('unrelated-officer', view))).toEqual(['NOT_FOUND'])
  })

  it('is answered as unknown for a child who is not there', async () =>
    expect(
      codes(await gateway.ask('unrelated-officer', breakIt, { variables: { ...variables, child: 'C-none' } })),
    ).toEqual(['NOT_FOUND']))

  it('opens the child to the one who broke it, with the duties that follow', async () => {
    const { breakGlass: session } = data(await gateway.ask('unrelated-officer', breakIt, { variables }))
    expect(session).toMatchObject({ childId: 'C04', organisation: 'LA3-CSC', inForce: true })
    expect(Date.parse(session.expiresAt) - Date.parse(session.openedAt)).toBe(15 * 60_000)
    sessionId = session.id
    const { child } = data(await gateway.ask('unrelated-officer', view))
    expect(child.status.level).toBe('LOOKED_AFTER')
    expect(child.obligations.map((each) => each.kind)).toEqual(
      expect.arrayContaining(['ALERT_PRIVACY_OFFICER', 'NOTIFY_RESPONSIBLE_LA', 'SHOW_FACT_OPINION']),
    )
  })

  it('opens no other child', async () =>
    expect(codes(await gateway.ask('unrelated-officer', '{ child(id: "C05") { id } }'))).toEqual(['NOT_FOUND']))

  it('is told at once to governance of the authority, with the reason, and to agencies without it', async () => {
    const query = '{ breakGlassNotices { id childId organisation role reason } }'
    const { breakGlassNotices: told } = data(await gateway.ask('information-governance', query))
    expect(told).toEqual([
      expect.objectContaining({ id: sessionId, childId: 'C04', organisation: 'LA3-CSC', reason: variables.reason }),
    ])
    const { breakGlassNotices: health } = data(await gateway.ask('designated-nurse', query))
    expect(health).toEqual([expect.objectContaining({ id: sessionId, reason: null })])
  })

  it('is not told to an organisation that does not work with the child', async () => {
    const query = '{ breakGlassNotices { id } }'
    for (const persona of ['school-dsl-eastvale', 'unrelated-officer'])
      expect(data(await gateway.ask(persona, query))).toEqual({ breakGlassNotices: [] })
  })
})

describe('the review', () => {
  const list = '{ breakGlassReviews { id childId dueOn overdue closedAt session { reason } } }'
  const close = `mutation ($id: ID!, $reason: String!) {
    closeReview(id: $id, finding: JUSTIFIED, reason: $reason) { id closedBy finding reason } }`
  const reviewId = async (): Promise<string> =>
    data(await gateway.ask('information-governance', list)).breakGlassReviews[0]?.id ?? ''

  it('is a task of governance that nobody else sees or closes', async () => {
    const id = await reviewId()
    for (const persona of ['social-worker', 'unrelated-officer', 'gp']) {
      expect(codes(await gateway.ask(persona, list))).toEqual(['FORBIDDEN'])
      expect(codes(await gateway.ask(persona, close, { variables: { id, reason: 'x' } }))).toEqual(['FORBIDDEN'])
    }
    expect(codes(await gateway.ask('information-governance', close, { variables: { id, reason: ' ' } }))).toEqual([
      'BAD_INPUT',
    ])
  })

  it('ends the duty of the privacy officer when it is closed, once', async () => {
    const duties = '{ obligations { id kind owner dueOn } }'
    const before = data(await gateway.ask('information-governance', duties))
    const alert = before.obligations.find((each) => each.kind === 'ALERT_PRIVACY_OFFICER')
    expect(alert).toMatchObject({ owner: 'governance:LA2' })
    const discharge = 'mutation ($id: ID!) { dischargeObligation(id: $id, reason: "done") { id } }'
    expect(codes(await gateway.ask('information-governance', discharge, { variables: { id: alert?.id } }))).toEqual([
      'CONFLICT',
    ])
    const id = await reviewId()
    const closed = data(
      await gateway.ask('information-governance', close, { variables: { id, reason: 'A child at risk' } }),
    )
    expect(closed).toMatchObject({
      closeReview: { finding: 'JUSTIFIED', closedBy: 'INFORMATION_GOVERNANCE_OFFICER, LA2-IG' },
    })
    expect(codes(await gateway.ask('information-governance', close, { variables: { id, reason: 'Again' } }))).toEqual([
      'CONFLICT',
    ])
    const after = data(await gateway.ask('information-governance', duties))
    expect(after.obligations.map((each) => each.id)).not.toContain(alert?.id)
  })
})

describe('the log of the child', () => {
  it('has the refusals, the broken glass, what was read under it, and the review', async () => {
    const query = '{ accessLog(childId: "C04", first: 200) { organisation kind actions breakGlass outcome } }'
    const { accessLog } = data(await gateway.ask('information-governance', query))
    const of = (kind: string) => accessLog.filter((each) => each.kind === kind)
    expect(of('BREAK_GLASS').flatMap((each) => each.actions)).toEqual(
      expect.arrayContaining(['breakGlass', 'closeReview']),
    )
    expect(of('REFUSAL').map((each) => each.organisation)).toEqual(expect.arrayContaining(['LA3-CSC', 'LA2-IG']))
    expect(of('DISCLOSURE')).toContainEqual(expect.objectContaining({ organisation: 'LA3-CSC', breakGlass: true }))
  })
})

describe('notices of access', () => {
  const query = (la: string) =>
    `{ accessNotices(la: "${la}", childId: "C04") { organisation role purpose breakGlass } }`

  it('tell the responsible authority who outside it opened a child', async () => {
    for (const persona of ['school-dsl', 'police-public-protection', 'social-worker', 'camhs-clinician', 'gp'])
      data(await gateway.ask(persona, '{ child(id: "C04") { id } }'))
    const { accessNotices } = data(await gateway.ask('team-manager', query('LA2')))
    const told = accessNotices.map((each) => each.organisation)
    expect(told).toEqual(expect.arrayContaining(['LA3-CSC', '900005', 'F4']))
    expect(accessNotices).toContainEqual(expect.objectContaining({ organisation: 'LA3-CSC', breakGlass: true }))
  })

  it('are silent for the authority itself, for sensitive settings and for scheduled general practice', async () => {
    const { accessNotices } = data(await gateway.ask('team-manager', query('LA2')))
    const told = accessNotices.map((each) => each.organisation)
    for (const silent of ['LA2-CSC', 'NHS-LA5-CAMHS', 'NHS-LA5-GP']) expect(told).not.toContain(silent)
    data(await gateway.ask('gp', '{ child(id: "C04") { id } }', { purpose: 'S47_ENQUIRY' }))
    const { accessNotices: after } = data(await gateway.ask('team-manager', query('LA2')))
    expect(after).toContainEqual(expect.objectContaining({ organisation: 'NHS-LA5-GP', purpose: 'S47_ENQUIRY' }))
  })

  it('are not for another authority, nor for roles that do not answer for its children', async () => {
    expect(codes(await gateway.ask('team-manager', query('LA5')))).toEqual(['FORBIDDEN'])
    expect(codes(await gateway.ask('receiving-officer', query('LA5')))).toEqual(['FORBIDDEN'])
    expect(codes(await gateway.ask('gp', query('LA5')))).toEqual(['FORBIDDEN'])
  })
})

describe('whoever broke the glass', () => {
  const open = (child: string) => `mutation { breakGlass(childId: "${child}", minutes: 5,
    reason: "Seen in our clinic this evening in danger") { id } }`
  interface Notice {
    readonly childId: string
    readonly organisation: string | null
    readonly role: string | null
  }
  const told = async (persona: string, purpose?: Purpose): Promise<readonly Notice[]> => {
    const query = '{ breakGlassNotices { childId organisation role } }'
    const { data } = await gateway.ask(persona, query, purpose ? { purpose } : {})
    return (data as unknown as { breakGlassNotices: readonly Notice[] } | null)?.breakGlassNotices ?? []
  }

  it('is another organisation to whom it would tell where the child is, or what for', async () => {
    const who = ['school-nurse', 'camhs-clinician', 'school-dsl', 'care-home-worker']
    for (const persona of who) data(await gateway.ask(persona, open('C07'), { purpose: 'EMERGENCY' }))
    data(await gateway.ask('sarc-clinician', open('C03'), { purpose: 'EMERGENCY' }))
    const forGovernance = await told('information-governance')
    for (const organisation of ['NHS-LA5-CHC', 'NHS-LA5-CAMHS', '900005', 'HOME-LA5'])
      expect(forGovernance).toContainEqual(expect.objectContaining({ childId: 'C07', organisation }))
    const places = new Set(['NHS-LA5-CHC', '900005', 'HOME-LA5'])
    let unnamed = 0
    for (const persona of personas) {
      if (persona.role === 'INFORMATION_GOVERNANCE_OFFICER') continue
      for (const purpose of persona.purposes)
        for (const { organisation, role } of await told(persona.id, purpose)) {
          expect((organisation === null) === (role === null)).toBe(true)
          if (organisation === null) unnamed += 1
          if (organisation === persona.organisation) continue
          expect(organisation ?? '', persona.id).not.toMatch(/SARC|CAMHS/)
        }
    }
    expect(unnamed).toBeGreaterThan(0)
    // Where the place is open, a line without a name would say that the visit was to a sensitive setting.
    data(await gateway.ask('emergency-clinician', open('C03'), { purpose: 'EMERGENCY' }))
    const open03 = (await told('school-dsl-eastvale')).filter(({ childId }) => childId === 'C03')
    expect(open03).toEqual([expect.objectContaining({ organisation: 'NHS-LA2-ACUTE' })])
    const adult = (await told('adult-services-worker', 'CP_CONFERENCE')).filter(({ childId }) => childId === 'C07')
    expect(adult.length).toBeGreaterThan(0)
    for (const { organisation } of adult) expect(places.has(organisation ?? '')).toBe(false)
  })

  it('stands in the log for governance alone, and signs no register, where the setting is sensitive', async () => {
    data(await gateway.ask('camhs-clinician', open('C04'), { purpose: 'EMERGENCY' }))
    data(await gateway.ask('camhs-clinician', '{ child(id: "C04") { names { family } } }', { purpose: 'EMERGENCY' }))
    const consent = `mutation { recordConsent(input: { childId: "C04", state: GIVEN, giver: CHILD, competence: COMPETENT,
      labels: [EDUCATION], evidence: "Said so" }) { id recordedBy } }`
    data(await gateway.ask('camhs-clinician', consent))
    const asked = '{ accessLog(childId: "C04", first: 200) { organisation role disclosed breakGlass } }'
    const log = async (persona: string, purpose?: Purpose) =>
      (
        (await gateway.ask(persona, asked, purpose ? { purpose } : {})).data as unknown as {
          accessLog: readonly { organisation: string | null; disclosed: readonly string[]; breakGlass: boolean }[]
        }
      ).accessLog
    const own = (await log('information-governance')).filter(({ organisation }) => organisation === 'NHS-LA5-CAMHS')
    expect(own.some(({ breakGlass, disclosed }) => breakGlass && disclosed.length > 0)).toBe(true)
    const read = await log('social-worker')
    expect(read.filter(({ organisation }) => organisation === 'NHS-LA5-CAMHS')).toEqual([])
    expect(read.filter(({ organisation, breakGlass }) => organisation === null && breakGlass)).toEqual([])
    expect(read.length).toBeGreaterThan(0)
    const { consents } = (await gateway.ask('social-worker', '{ consents(childId: "C04") { recordedBy } }'))
      .data as unknown as { consents: readonly { recordedBy: string | null }[] }
    expect(consents[0]?.recordedBy).toBeNull()
  })

  it('has one session for a child at a time, however often they ask at once', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => gateway.ask('gp', open('C09'), { purpose: 'EMERGENCY' })))
    const refused = asked.flatMap(({ errors }) => errors.map(({ extensions }) => extensions))
    expect(refused).toEqual([1, 2].map(() => expect.objectContaining({ code: 'CONFLICT', reason: 'IN_FORCE' })))
  })
})
