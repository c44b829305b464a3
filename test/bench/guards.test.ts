import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { question as manyChildren } from '../../bench/questions/fiftyChildren.ts'
import { question as unifiedView } from '../../bench/questions/oneChild.ts'
import { deny } from '../../src/auth/denylist.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { healthHold } from '../support/healthHold.ts'
import { sentThrough } from '../support/sentThrough.ts'

/** What keeps the gateway quick, told without a clock. */
describe('a request', () => {
  let gateway: TestGateway
  let store: Database | undefined
  const sent: { readonly to: string; readonly statement: Statement }[] = []
  const children = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C10']

  beforeAll(async () => {
    gateway = await startTestGateway(
      {},
      {
        wrapDatabase: (name, database) => {
          if (name === 'gateway') store = database
          return sentThrough(database, (statement) => {
            sent.push({ to: name, statement })
            return statement
          })
        },
      },
    )
  })
  afterAll(() => gateway.close())
  beforeEach(() => {
    sent.length = 0
  })

  const countTo = (name: string) => sent.filter(({ to }) => to === name).length
  const view = (id: string) => gateway.ask('mash-analyst', unifiedView.query, { variables: { id } })
  const views = (ids: readonly string[]) => gateway.ask('mash-analyst', manyChildren.query, { variables: { ids } })

  it('asks the gateway’s store once, each agency once, and social care once more for where the child stands', async () => {
    // Who this token names was not denied a moment ago, which is asked with whether anything changed.
    await view('C01')
    sent.length = 0
    const { data, errors } = await view('C04')
    expect(errors).toEqual([])
    expect(data).not.toBeNull()
    expect(sent.filter(({ statement }) => statement.name === 'child_facts')).toHaveLength(1)
    // At the first look at a child it is kept who is responsible, for when social care is away.
    expect(sent.filter(({ statement }) => statement.name === 'last-known-keep')).toHaveLength(1)
    // And the entry of the log.
    expect(countTo('gateway')).toBe(4)
    for (const agency of ['health', 'education', 'police', 'adultServices']) expect(countTo(agency)).toBe(1)
    expect(countTo('socialCare')).toBe(2)
  })

  it('asks of a child whom the caller looked at before only whether anything changed, of both who know', async () => {
    const first = await view('C04')
    sent.length = 0
    expect((await view('C04')).data).toEqual(first.data)
    expect(sent.map(({ statement: { name } }) => name).filter((name) => /facts|stamps/.test(name))).toEqual([
      'stamps_gateway',
      'stamps_social_care',
    ])
    // And the entry of the log.
    expect(countTo('gateway')).toBe(2)
    expect(countTo('socialCare')).toBe(2)
  })

  it('asks no store more often for eight children than for one whose grants are of as many shapes', async () => {
    const single = new Map<string, Set<string>>()
    for (const id of children) {
      sent.length = 0
      await views([id])
      for (const { to, statement } of sent) single.set(to, (single.get(to) ?? new Set()).add(statement.name))
    }
    sent.length = 0
    await views(children)
    // What is known, and the entry of the log.
    expect(countTo('gateway')).toBe(2)
    // A child whose place is protected has grants of a shape of their own, whose text can be that of another shape.
    const ofProtected = 1
    for (const [store, shapes] of single) expect(countTo(store)).toBeLessThanOrEqual(shapes.size + ofProtected)
  })

  it('reads once for all who ask of other children in one turn', async () => {
    await Promise.all(children.map(view))
    sent.length = 0
    await Promise.all(children.map(view))
    expect(countTo('gateway')).toBeLessThan(children.length)
    expect(countTo('police')).toBeLessThan(children.length)
  })

  it('sends the same prepared statements when the operation is repeated', async () => {
    await view('C04')
    const first = sent.map(({ statement: { name, text } }) => ({ name, text }))
    sent.length = 0
    await view('C04')
    expect(sent.map(({ statement: { name, text } }) => ({ name, text }))).toEqual(first)
  })

  it('commits one leaf an answer, in no more batches than answers', async () => {
    const state = async () => {
      const text =
        'select (select count(*) from gateway.audit_leaf)::text, (select count(*) from gateway.audit_checkpoint)::text'
      const [row] = (await store?.rows({ name: 'bench_audit', text, values: [] })) ?? []
      return { leaves: Number(row?.[0]), batches: Number(row?.[1]) }
    }
    const before = await state()
    await Promise.all(Array.from({ length: 10 }, () => view('C04')))
    const after = await state()
    expect(after.leaves - before.leaves).toBe(10)
    expect(after.batches - before.batches).toBeLessThanOrEqual(10)
  })

  it('sees a new hold at once, however many requests are under way', async () => {
    const query = '{ child(id: "C05") { health { unscheduledAttendances { id } appointments { id } } } }'
    const ask = async () => JSON.stringify((await gateway.ask('social-worker', query)).data)
    const before = await ask()
    expect(before).toMatch(/"id":"NHS-/)
    const load = Array.from({ length: 12 }, ask)
    await store?.knex.withSchema('gateway').table('hold').insert(healthHold('bench-hold'))
    expect(await ask()).not.toMatch(/"id":"NHS-/)
    await Promise.all(load)
  })

  it('closes what a consent opened on the next request after its withdrawal, however many are under way', async () => {
    const read = async () => {
      const { data } = await gateway.ask(
        'early-help-worker',
        '{ child(id: "C04") { education { attendance { id } } } }',
      )
      return JSON.stringify(data).includes('"id":"9000')
    }
    const write = async (mutation: string) => {
      const { data, errors } = await gateway.ask('social-worker', mutation)
      expect(errors).toEqual([])
      return data
    }
    const given = await write(
      'mutation { recordConsent(input: { childId: "C04", state: GIVEN, giver: CHILD, competence: COMPETENT, evidence: "He said so", purpose: EARLY_HELP }) { id } }',
    )
    expect(await read()).toBe(true)
    const load = Array.from({ length: 12 }, () => view('C04'))
    await write(
      `mutation { withdrawConsent(id: "${given?.['recordConsent']?.['id']}", reason: "Changed her mind") { state } }`,
    )
    expect(await read()).toBe(false)
    await Promise.all(load)
  })

  it('refuses a revoked token from the next request on, however many are under way', async () => {
    const query = '{ child(id: "C04") { id } }'
    const ask = async () => (await gateway.ask('gp', query)).status
    const [, payload = ''] = (await gateway.token('gp')).split('.')
    const { jti, iss }: { jti: string; iss: string } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(await ask()).toBe(200)
    const load = Array.from({ length: 12 }, () => view('C04'))
    if (store)
      await deny(store, { kind: 'TOKEN', value: jti, issuer: iss, reason: 'Lost device', until: null }, new Date())
    expect(await ask()).toBe(401)
    expect((await view('C04')).status).toBe(200)
    await Promise.all(load)
  })

  it('reads no more columns of a record than are asked for', async () => {
    await gateway.ask('mash-analyst', '{ child(id: "C04") { education { enrolments { school } } } }')
    const [{ statement } = { statement: { text: '' } }] = sent.filter(({ to }) => to === 'education')
    expect(statement.text).toContain('"school"')
    for (const column of ['phase', 'contact', 'urn', 'on_roll_from'])
      expect(statement.text).not.toContain(`"${column}"`)
    sent.length = 0
    await gateway.ask('mash-analyst', '{ child(id: "C04") { chronology { events { id eventAt } } } }')
    expect(sent.map(({ statement: { text } }) => text).join()).not.toContain('evidence_type')
    sent.length = 0
    await gateway.ask('mash-analyst', '{ child(id: "C04") { chronology { events { provenance { evidence } } } } }')
    expect(sent.map(({ statement: { text } }) => text).join()).toContain('evidence_type')
  })
})
