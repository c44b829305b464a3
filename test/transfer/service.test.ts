import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuthorisedChild } from '../../src/disclosure/requestContext.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { Caller } from '../../src/policy/caller.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import { stepsPage } from '../../src/transfer/history.ts'
import { mostPending } from '../../src/transfer/requestAsReceiver.ts'
import { createTransferService } from '../../src/transfer/service.ts'
import { transferStore } from '../../src/transfer/store.ts'
import { showsRecord } from '../../src/transfer/transferView.ts'
import { verifySnapshot } from '../../src/transfer/verifySnapshot.ts'
import { openTransferDatabase } from './database.ts'
import {
  answersOf,
  childOf,
  contracts,
  evidenceOf,
  movedWithOpenEnquiry,
  placedAtADistance,
  registry,
  row,
  sent,
} from './fixtures.ts'

const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'transfer-1' }
const database = await openTransferDatabase()
const now = new Date('2026-11-21T10:00:00Z')
const today = new Date('2026-11-20T23:59:59Z')

const children: Record<string, AuthorisedChild> = {
  C01: childOf(answersOf(movedWithOpenEnquiry)),
  C02: { ...childOf(answersOf({ socialCare: { s47Enquiries: [row('socialCare', 'e2', {})] } })), id: 'C02' },
  C04: { ...childOf(answersOf(placedAtADistance)), id: 'C04' },
}
const opened: string[] = []
/** By child the caller, where they are barred; children whose place they may not read. */
const barredFrom = new Map<string, string>()
const placesKept = new Set<string>()
const { request, summary, ...desk } = createTransferService({
  database,
  key: { kid: 'transfer-1', privateKey: pair.privateKey },
  registry,
  clock: { now: () => now, today: () => today },
  contracts,
  tokenCovers: async () => true,
  evidence: async (childId) => evidenceOf(children[childId]),
  responsibleLa: async (childId) => children[childId]?.facts.responsibleLa ?? null,
  concern: async () => {},
  keptFor: async (childId) => barredFrom.get(childId) ?? null,
  demandPlaces: async (childId) => {
    if (placesKept.has(childId)) throw new Refusal('FORBIDDEN')
  },
  forget: () => {},
  proveSnapshot: async ({ version, fingerprint }) => `receipt of version ${version}, ${fingerprint}`,
  openForRecipient: async (childId, toLa) => {
    opened.push(`${childId} for ${toLa}`)
    return children[childId] ?? null
  },
})

const caller = (changes: Partial<Caller> = {}): Caller => ({
  issuer: 'https://issuer.example',
  subject: 'receiving-officer',
  clientId: 'test',
  tokenId: 'token',
  organisation: 'LA5-CSC',
  agencyType: 'SOCIAL_CARE',
  la: 'LA5',
  force: null,
  role: 'RECEIVING_OFFICER',
  purpose: 'TRANSFER_RECEIVE',
  expiresAt: 0,
  ...changes,
})
const receiver = caller()
const sender = caller({
  subject: 'social-worker',
  organisation: 'LA2-CSC',
  la: 'LA2',
  role: 'SOCIAL_WORKER',
  purpose: 'ASSESSMENT_S17',
})
const manager = caller({
  subject: 'team-manager',
  organisation: 'LA2-CSC',
  la: 'LA2',
  role: 'TEAM_MANAGER',
  purpose: 'TRANSFER_SEND',
})
const outsider = caller({ subject: 'unrelated', organisation: 'LA3-CSC', la: 'LA3' })
const school = caller({
  subject: 'lead',
  organisation: '900003',
  agencyType: 'EDUCATION',
  la: 'LA2',
  role: 'DESIGNATED_SAFEGUARDING_LEAD',
  purpose: 'EDUCATION_SUPPORT',
})
/** Transfers that are not pending. */
const ask = (...asked: Parameters<typeof request>) => sent(request(...asked))
const read = (...asked: Parameters<typeof summary>) => sent(summary(...asked))
const move = { childId: 'C01', fromLa: 'LA2', toLa: 'LA5', type: 'S47_IN_PROGRESS' }

const toLa3 = { ...move, toLa: 'LA3', notifiedAt: '2026-11-02T09:00:00+00:00' }

beforeEach(async () => {
  for (const table of ['transfer', 'transfer_version', 'transfer_event', 'transfer_contribution'])
    await database.knex(`gateway.${table}`).delete()
  opened.length = 0
  barredFrom.clear()
  placesKept.clear()
})
afterAll(() => database.close())

describe('asking for a transfer', () => {
  it('compiles and signs the record for a child who moves during an enquiry', async () => {
    const view = await ask(receiver, move)
    expect(view).toMatchObject({
      state: 'SENT',
      version: '1.0',
      responsibleLa: 'LA2',
      workingDays: 15,
      clockStart: '2026-11-20T23:59:59.000Z',
      dueAt: '2026-12-11',
    })
    expect(view.history.map(({ state }) => state)).toEqual(['REQUESTED', 'SENT'])
    expect(await verifySnapshot(view.signature, jwk)).toMatchObject({ ok: true, fingerprint: view.fingerprint })
    expect(opened).toEqual(['C01 for LA5'])
  })

  it('starts the clock of a child placed out on the day of the placement, and leaves responsibility where it is', async () => {
    const view = await ask(sender, { ...move, childId: 'C04', type: 'CLA_PLACED_OUT' })
    expect(view).toMatchObject({ responsibleLa: 'LA2', workingDays: 5, dueAt: '2025-05-27' })
    expect(view.clockStart).toBe('2025-05-19T00:00:00.000Z')
    expect(view.clockRule).toContain('regulation 13')
  })

  it('lists what came on record after it, however old the event, for its parties alone', async () => {
    const { id, childId } = await ask(receiver, move)
    const whole = { first: 200, after: null }
    const late = (to: Caller, page: RegisterPage = whole) => desk.addenda(to, { id, childId }, page)
    expect(await late(receiver)).toEqual([])
    const before = children['C01']
    const came = (name: string, recordedAt: string | null, more = {}) =>
      row('police', name, { eventAt: '2026-03-03T20:00:00Z', 'provenance.recordedAt': recordedAt, ...more })
    const crimes = [
      came('second', '2026-11-23T09:00:00Z'),
      came('first', '2026-11-22T09:00:00Z'),
      came('known', '2026-11-20T09:00:00Z'),
      came('undated', null),
      came('legal', '2026-11-22T10:00:00Z', { sensitivity: ['LEGAL_PRIVILEGE'] }),
    ]
    children['C01'] = childOf(answersOf({ ...movedWithOpenEnquiry, police: { crimes } }))
    try {
      const [first, second] = await late(receiver)
      expect(await late(sender)).toEqual([first, second])
      expect(first).toEqual({
        ...{ recordId: 'police:first', agency: 'POLICE' },
        ...{ eventAt: '2026-03-03T20:00:00Z', recordedAt: '2026-11-22T09:00:00Z' },
      })
      expect(await late(receiver, { first: 1, after: null })).toEqual([first])
      expect(await late(receiver, { first: 1, after: 'police:first' })).toEqual([second])
      expect(await late(receiver, { first: 1, after: 'police:known' })).toEqual([])
      for (const other of [outsider, school, caller({ purpose: 'AUDIT' })]) expect(await late(other)).toEqual([])
    } finally {
      children['C01'] = before as AuthorisedChild
    }
  })

  it('gives the same transfer when asked twice, by either authority', async () => {
    const { history, historyCount, ...first } = await ask(receiver, move)
    const confirmed = await ask(sender, move)
    expect(confirmed).toMatchObject(first)
    expect(confirmed.historyCount).toBe(historyCount + 1)
    expect(confirmed.history).toEqual([
      ...history,
      expect.objectContaining({ state: 'NOTIFIED', by: 'SOCIAL_WORKER, LA2-CSC' }),
    ])
    expect(await ask(receiver, move)).toEqual(confirmed)
    expect(await ask(sender, move)).toEqual(confirmed)
    // Opened at each read, to know whether anything of it is withheld since; compiled once.
    expect(await database.knex('gateway.transfer_version')).toHaveLength(1)
  })

  it('gives one transfer to two who ask at once', async () => {
    const both = await Promise.all([ask(receiver, move), ask(sender, move)])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(new Set(both.map(({ signature }) => signature)).size).toBe(1)
    expect(await database.knex('gateway.transfer')).toHaveLength(1)
  })

  it('tells nobody which practitioner asked', async () => {
    expect(JSON.stringify(await ask(receiver, move))).not.toContain('receiving-officer')
  })

  it.each([
    ['an authority that is no party', outsider, move, 'NOT_A_PARTY'],
    ['a school of the sending area', school, move, 'NOT_A_PARTY'],
    ['adult services of the sending area', caller({ agencyType: 'ADULT', la: 'LA2' }), move, 'NOT_A_PARTY'],
    ['an early help worker', caller({ role: 'EARLY_HELP_WORKER' }), move, 'FORBIDDEN'],
    ['an audit purpose', caller({ purpose: 'AUDIT' }), move, 'FORBIDDEN'],
    ['the receiver pretending to send', caller({ purpose: 'TRANSFER_SEND' }), move, 'FORBIDDEN'],
    ['a kind not carried out yet', receiver, { ...move, type: 'UNBORN' }, 'BAD_INPUT'],
    ['one authority on both sides', receiver, { ...move, fromLa: 'LA5' }, 'BAD_INPUT'],
    ['an authority that does not exist', receiver, { ...move, fromLa: 'LA9' }, 'BAD_INPUT'],
    ['a notification in the future', receiver, { ...move, notifiedAt: '2026-12-24T00:00:00Z' }, 'BAD_INPUT'],
    ['a notification that is no instant', receiver, { ...move, notifiedAt: 'yesterday' }, 'BAD_INPUT'],
    [
      'a notification before the known calendar',
      receiver,
      { ...move, notifiedAt: '2019-01-02T00:00:00Z' },
      'BAD_INPUT',
    ],
    [
      'a sender that is not responsible',
      caller({ la: 'LA1', role: 'SOCIAL_WORKER', purpose: 'ASSESSMENT_S17' }),
      { ...move, fromLa: 'LA1' },
      'CONFLICT',
    ],
    ['a plan that is not on record', receiver, { ...move, type: 'CP_TRANSFER_IN' }, 'CONFLICT'],
    ['a plan that is not on record, by the sender', sender, { ...move, type: 'CP_TRANSFER_IN' }, 'CONFLICT'],
    ['a placement that is not on record', receiver, { ...move, type: 'CLA_PLACED_OUT' }, 'CONFLICT'],
    ['an id without end', receiver, { ...move, childId: 'C'.repeat(101) }, 'BAD_INPUT'],
  ])('is refused for %s', async (_, by, input, code) => {
    await expect(ask(by, input)).rejects.toMatchObject({ code })
    expect(await database.knex('gateway.transfer')).toHaveLength(0)
  })

  it('opens no child for whoever is refused', async () => {
    await expect(ask(outsider, move)).rejects.toMatchObject({ code: 'NOT_A_PARTY' })
    expect(opened).toEqual([])
  })

  it('begins another where the one before has ended', async () => {
    const { id } = await ask(receiver, move)
    await desk.end(receiver, id, { state: 'REJECTED', reason: 'Not our child' })
    const both = await Promise.all([ask(receiver, move), ask(sender, move)])
    expect(new Set(both.map((view) => view.id)).size).toBe(1)
    expect(both[0]?.id).not.toBe(id)
    expect(await summary(receiver, id)).toMatchObject({ id, state: 'REJECTED' })
  })
})

describe('a request that nothing bears out', () => {
  const withoutId = async (input: typeof toLa3) => {
    const { id, childId, ...rest } = await request(outsider, input)
    return rest
  }

  it('holds what was sent and nothing else, for any child and for none', async () => {
    expect(await withoutId(toLa3)).toEqual({
      ...{ type: 'S47_IN_PROGRESS', state: 'PENDING', fromLa: 'LA2', toLa: 'LA3', history: [], historyCount: 0 },
      notifiedAt: '2026-11-02T09:00:00.000Z',
    })
    for (const childId of ['C04', 'C99', ''])
      for (const fromLa of ['LA2', 'LA1'])
        for (const type of ['S47_IN_PROGRESS', 'CP_TRANSFER_IN', 'UNBORN'])
          expect(await withoutId({ ...toLa3, childId, fromLa, type })).toEqual({
            ...(await withoutId(toLa3)),
            ...{ fromLa, type },
          })
    expect(opened).toEqual([])
  })

  it('is one request however often it is made, and is read as it was answered', async () => {
    for (const childId of ['C01', 'C99']) {
      const first = await request(outsider, { ...toLa3, childId })
      expect(await request(outsider, { ...toLa3, childId })).toEqual(first)
      expect(await summary(outsider, first.id)).toEqual(first)
    }
  })

  it('stands in the lists of its asker and of the authority that is responsible, and in no other', async () => {
    const made = [await request(outsider, toLa3), await request(outsider, { ...toLa3, childId: 'C99' })]
    expect(new Set(await desk.pending(outsider))).toEqual(new Set(made))
    expect(await desk.pending(sender)).toEqual([made[0]])
    expect(await desk.pending(receiver)).toEqual([])
    await expect(desk.pending(school)).rejects.toMatchObject({ code: 'NOT_A_PARTY' })
    await expect(desk.pending(caller({ purpose: 'AUDIT' }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is no party for an authority that it names without being responsible', async () => {
    const { id } = await request(outsider, { ...toLa3, fromLa: 'LA1' })
    const named = caller({ la: 'LA1', organisation: 'LA1-CSC' })
    const refusal = (transferId: string) => summary(named, transferId).catch((error: unknown) => error)
    expect(await refusal(id)).toMatchObject({ code: 'NOT_A_PARTY' })
    expect(await refusal(id)).toEqual(await refusal('no-such-transfer'))
    expect(await desk.pending(named)).toEqual([])
  })

  it('becomes the transfer once the sending authority asks for the same', async () => {
    const { id } = await request(outsider, toLa3)
    const view = await ask(sender, { ...move, toLa: 'LA3' })
    expect(view.id).toBe(id)
    expect(view.history.map(({ by, state }) => `${state} ${by}`)).toEqual([
      'PENDING RECEIVING_OFFICER, LA3-CSC',
      'NOTIFIED SOCIAL_WORKER, LA2-CSC',
      'REQUESTED SOCIAL_WORKER, LA2-CSC',
      'SENT SOCIAL_WORKER, LA2-CSC',
    ])
    expect((await read(outsider, id)).signature).toBe(view.signature)
    expect(await desk.pending(outsider)).toEqual([])
  })

  it('is pending again when a record no longer bears it out, whatever was compiled', async () => {
    const { id } = await ask(receiver, move)
    const { C01 } = children
    if (!C01) throw new Error('C01 is not there.')
    children['C01'] = childOf(answersOf({ ...movedWithOpenEnquiry, education: {} }))
    try {
      expect(await summary(receiver, id)).toMatchObject({ state: 'PENDING', notifiedAt: null, history: [] })
      expect(await summary(sender, id)).toMatchObject({ state: 'PENDING' })
      await expect(desk.acknowledge(receiver, id, '1.0')).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(desk.contribute(school, id, 'CONTRIBUTED', null)).rejects.toMatchObject({ code: 'CONFLICT' })
      expect((await ask(sender, move)).version).toBe('1.0')
      expect((await read(receiver, id)).version).toBe('1.0')
    } finally {
      children['C01'] = C01
    }
  })

  it('is bounded for each organisation, and what waited too long makes room', async () => {
    const asks = Array.from({ length: mostPending }, (_, nth) => request(outsider, { ...toLa3, childId: `C-${nth}` }))
    await Promise.all(asks)
    const one = { ...toLa3, childId: 'C01' }
    const none = { ...toLa3, childId: 'C99' }
    for (const input of [one, none])
      await expect(request(outsider, input)).rejects.toMatchObject({ code: 'TOO_MANY_PENDING' })
    expect(await request(outsider, { ...toLa3, childId: 'C-7' })).toMatchObject({ state: 'PENDING' })
    expect((await request({ ...outsider, organisation: 'LA3-MASH' }, one)).state).toBe('PENDING')
    await database.knex('gateway.transfer').where({ child_id: 'C-7' }).update({ created_at: '2026-10-01T00:00:00Z' })
    expect(await request(outsider, none)).toMatchObject({ state: 'PENDING' })
    expect(await database.knex('gateway.transfer').where({ child_id: 'C-7' })).toEqual([])
  })
})

describe('a transfer of a child from whom its reader is barred', () => {
  const whole = { first: 200, after: null }
  const tables = () =>
    Promise.all(
      ['transfer', 'transfer_version', 'transfer_event', 'transfer_contribution'].map((table) =>
        database.knex(`gateway.${table}`),
      ),
    )

  it.each([
    ['receiver', receiver],
    ['sender', { ...sender, purpose: 'TRANSFER_SEND' }],
    ['supplier', school],
  ] as const)('is none to the %s, by any method, and is not written to', async (_, by) => {
    const { id, childId } = await ask(sender, move)
    const before = await tables()
    barredFrom.set('C01', 'somebody')
    const answers = async (transferId: string) => {
      const steps = { first: 9, after: 0 }
      const asked = [
        () => summary(by, transferId),
        () => desk.history(by, transferId, steps),
        () => desk.addenda(by, { id: transferId, childId }, whole),
        () => desk.acknowledge(by, transferId, '1.0'),
        () => desk.contribute(by, transferId, 'CONTRIBUTED', null),
        () => desk.contribute(by, transferId, 'WITHHELD', 'ours'),
        () => desk.end(by, transferId, { state: 'WITHDRAWN', reason: 'over' }),
        () => desk.end(by, transferId, { state: 'REJECTED', reason: 'over' }),
      ]
      const given: unknown[] = []
      for (const each of asked) given.push(await each().catch((error: unknown) => error))
      return given
    }
    expect(await answers(id)).toEqual(await answers('no-such-transfer'))
    if (by !== school) {
      expect(await desk.list(by)).toEqual([])
      expect(await desk.pending(by)).toEqual([])
    }
    expect(await tables()).toEqual(before)
  })

  it('is another one, theirs alone, where they ask for it themselves', async () => {
    const { id } = await request(outsider, toLa3)
    barredFrom.set('C01', 'somebody')
    const own = await request(outsider, toLa3)
    expect(own.id).not.toBe(id)
    expect(own).toEqual({ ...(await request(outsider, { ...toLa3, childId: 'C99' })), id: own.id, childId: 'C01' })
    expect(await request(outsider, toLa3)).toEqual(own)
    expect(await summary(outsider, own.id)).toEqual(own)
    expect((await desk.pending(outsider)).map((one) => one.id)).not.toContain(id)
    barredFrom.clear()
    expect((await request(outsider, toLa3)).id).toBe(id)
    await expect(summary(outsider, own.id)).rejects.toMatchObject({ code: 'NOT_A_PARTY' })
    expect((await desk.pending(outsider)).map((one) => one.id)).not.toContain(own.id)
    expect((await ask(sender, { ...move, toLa: 'LA3' })).id).toBe(id)
  })
})

describe('an act on a record that its doer may not read, or nobody can', () => {
  it('is refused before anything is written', async () => {
    const { id } = await ask(receiver, move)
    const steps = () => database.knex('gateway.transfer_event').orderBy('id')
    const before = await steps()
    placesKept.add('C01')
    await expect(desk.acknowledge(receiver, id, '1.0')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(request(sender, move)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(desk.contribute(manager, id, 'CONTRIBUTED', null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await steps()).toEqual(before)
    placesKept.clear()
    expect((await sent(desk.contribute(manager, id, 'CONTRIBUTED', null))).version).toBe('2.0')
    await ask(sender, move)
    const notified = await steps()
    const { C01 } = children
    if (!C01) throw new Error('C01 is not there.')
    delete children['C01']
    try {
      await expect(desk.acknowledge(receiver, id, '2.0')).rejects.toMatchObject({ code: 'CONFLICT' })
    } finally {
      children['C01'] = C01
    }
    expect(await steps()).toEqual(notified)
  })
})

describe('reading a transfer', () => {
  it('is for both authorities, with the same bytes', async () => {
    const { id, signature } = await ask(receiver, move)
    expect((await read(sender, id)).signature).toBe(signature)
    expect((await read(receiver, id)).signature).toBe(signature)
  })

  it('is refused to others in the same words as for a transfer that does not exist', async () => {
    const { id } = await ask(receiver, move)
    const refusal = (transferId: string, by = outsider) => read(by, transferId).catch((error: unknown) => error)
    expect(await refusal(id)).toMatchObject({ code: 'NOT_A_PARTY' })
    expect(await refusal(id)).toEqual(await refusal('no-such-transfer'))
    expect(await refusal('no-such-transfer', receiver)).toMatchObject({ code: 'NOT_A_PARTY' })
  })

  it('compiles now what was cut off before its first version', async () => {
    const { id } = await ask(receiver, move)
    await database.knex('gateway.transfer_version').delete()
    await database.knex('gateway.transfer').update({ version: 0 })
    expect(await read(receiver, id)).toMatchObject({ version: '1.0', state: 'SENT' })
  })
})

describe('acknowledging', () => {
  it('is recorded for the version read, by role and organisation', async () => {
    const { id } = await ask(sender, move)
    const view = await desk.acknowledge(receiver, id, '1.0')
    expect(view.state).toBe('ACKNOWLEDGED')
    expect(view.history.at(-1)).toMatchObject({ by: 'RECEIVING_OFFICER, LA5-CSC', note: 'Version 1.0 read' })
  })

  it('changes nothing when done twice', async () => {
    const { id } = await ask(sender, move)
    const once = await desk.acknowledge(receiver, id, '1.0')
    expect(await desk.acknowledge(receiver, id, '1.0')).toEqual(once)
  })

  it('does not move responsibility', async () => {
    const { id } = await ask(sender, move)
    expect((await desk.acknowledge(receiver, id, '1.0')).responsibleLa).toBe('LA2')
  })

  it.each([
    ['by the sender', sender, '1.0', 'FORBIDDEN'],
    ['by an outsider', outsider, '1.0', 'NOT_A_PARTY'],
    ['of a version that is not the latest', receiver, '0.0', 'CONFLICT'],
    ['of a version to come', receiver, '2.0', 'CONFLICT'],
    ['of a version written otherwise', receiver, '1', 'CONFLICT'],
  ])('is refused %s', async (_, by, version, code) => {
    const { id } = await ask(sender, move)
    await expect(desk.acknowledge(by, id, version)).rejects.toMatchObject({ code })
    expect((await read(receiver, id)).state).toBe('SENT')
  })

  it('is refused for a version that a supplier has meanwhile replaced', async () => {
    const { id } = await ask(receiver, move)
    await desk.contribute(school, id, 'CONTRIBUTED', null)
    await expect(desk.acknowledge(receiver, id, '1.0')).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

describe('contributing', () => {
  it('makes a new version that names the one before, and keeps it', async () => {
    const first = await ask(receiver, move)
    await desk.contribute(school, first.id, 'CONTRIBUTED', null)
    const second = await read(receiver, first.id)
    expect(second.version).toBe('2.0')
    expect(second.completeness.suppliers).toContainEqual(
      expect.objectContaining({ agency: 'EDUCATION', la: 'LA2', state: 'CONTRIBUTED' }),
    )
    const verified = await verifySnapshot(second.signature, jwk)
    expect(verified.ok && verified.content['previous']).toBe(first.fingerprint)
    const kept = await transferStore(database).version(first.id, 1)
    expect(kept).toMatchObject({ jws: first.signature, fingerprint: first.fingerprint })
  })

  it('keeps of each version before what it says otherwise, and gives each back to the last byte', async () => {
    const { id, ...first } = await ask(receiver, move)
    const given = [first.signature]
    for (let version = 2; version <= 12; version += 1) {
      await desk.contribute(school, id, version % 2 ? 'CONTRIBUTED' : 'WITHHELD', `Said ${version}`)
      given.push((await read(receiver, id)).signature)
    }
    const store = transferStore(database)
    for (const [place, jws] of given.entries()) {
      const version = await store.version(id, place + 1)
      expect(version?.jws).toBe(jws)
      expect(await verifySnapshot(jws, jwk)).toMatchObject({ ok: true, fingerprint: version?.fingerprint })
    }
    expect(await store.version(id, 13)).toBeNull()
    const stored: readonly { content: string | null; difference: string | null; jws: string }[] = await database
      .knex('gateway.transfer_version')
      .orderBy('version')
    const [whole, ...past] = stored.toReversed()
    expect([whole?.difference, past.length]).toEqual([null, 11])
    for (const { content, difference, jws } of past) {
      expect(content).toBeNull()
      expect((difference?.length ?? 0) + jws.length).toBeLessThan((whole?.content?.length ?? 0) / 4)
    }
  })

  it('gives what happened page by page, and says how much there is', async () => {
    const { id } = await ask(receiver, move)
    await database.knex.raw(`insert into gateway.transfer_event (transfer_id, state, by, step)
      select id, 'QUERIED', created_by, n from gateway.transfer, generate_series(3, 213) n where id = '${id}'`)
    const view = await read(receiver, id)
    expect([view.history.length, view.historyCount]).toEqual([200, 213])
    const pages = await Promise.all([0, 200, 213].map((after) => desk.history(receiver, id, { first: 9, after })))
    expect(pages.map((page) => page.map(({ cursor }) => Number(cursor)))).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [201, 202, 203, 204, 205, 206, 207, 208, 209],
      [],
    ])
    expect(await desk.history(school, id, { first: 9, after: 0 })).toEqual([])
    expect(await desk.history({ ...receiver, la: 'LA3', organisation: 'LA3-CSC' }, id, { first: 9, after: 0 })).toEqual(
      [],
    )
    for (const [first, after] of [[0], [201], [5, 'x'], [5, '-1'], [5, '1e3']] as const)
      expect(() => stepsPage(first, after)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })

  it('gives a supplier who is no party its own line and a receipt, and nothing of the record', async () => {
    const { id } = await ask(receiver, move)
    const view = await desk.contribute(school, id, 'CONTRIBUTED', null)
    // Nor the kind and its days: a child placed out lives elsewhere since then.
    expect(view).toMatchObject({
      ...{ type: null, fromLa: null, toLa: null, responsibleLa: null, responsibleRule: null },
      ...{ notifiedAt: null, clockStart: null, clockRule: null, dueAt: null, workingDays: null },
    })
    if (!showsRecord(view)) throw new Error(`The transfer is ${view.state}.`)
    expect(JSON.stringify({ ...view, signature: '' })).not.toContain(move.toLa)
    expect(view.completeness.sections).toEqual([])
    expect(view.completeness.suppliers).toMatchObject([{ agency: 'EDUCATION', la: 'LA2', state: 'CONTRIBUTED' }])
    expect(view.history).toEqual([])
    expect(await verifySnapshot(view.signature, jwk)).toMatchObject({ ok: false, code: 'HEADER' })
  })

  it('makes no new version when the same is said twice', async () => {
    const { id } = await ask(receiver, move)
    await desk.contribute(school, id, 'CONTRIBUTED', null)
    await desk.contribute(school, id, 'CONTRIBUTED', null)
    expect((await read(receiver, id)).version).toBe('2.0')
  })

  it('by a team manager of the sending authority authorises the record', async () => {
    const { id } = await ask(sender, move)
    const view = await sent(desk.contribute(manager, id, 'CONTRIBUTED', null))
    const header = view.completeness.sections.find(({ code }) => code === 'T0')
    expect(header?.items).toContainEqual(expect.objectContaining({ value: 'team manager, LA2-CSC', state: 'KNOWN' }))
    expect(header?.state).toBe('COMPLETE')
  })

  it('by its own author authorises nothing', async () => {
    const { id } = await ask(manager, move)
    const view = await sent(desk.contribute(manager, id, 'CONTRIBUTED', null))
    expect(view.completeness.sections[0]?.missing).toEqual(["Team manager's authorisation"])
  })

  it.each([
    ['by an outsider', outsider, 'CONTRIBUTED', null, 'NOT_A_PARTY'],
    ['by another school', { ...school, organisation: '900002' }, 'CONTRIBUTED', null, 'NOT_A_PARTY'],
    ['for an audit purpose', { ...school, purpose: 'AUDIT' }, 'CONTRIBUTED', null, 'FORBIDDEN'],
    ['with a state that is not for suppliers to give', school, 'UNAVAILABLE', null, 'BAD_INPUT'],
    ['withheld without a reason', school, 'WITHHELD', '  ', 'BAD_INPUT'],
    ['nothing held without a reason', school, 'NOTHING_HELD', null, 'BAD_INPUT'],
    ['with a reason without end', school, 'WITHHELD', 'long '.repeat(200), 'BAD_INPUT'],
    ['with a link in the reason', school, 'WITHHELD', 'see https://example.org/p.jpg', 'IMAGERY_PROHIBITED'],
  ] as const)('is refused %s', async (_, by, state, reason, code) => {
    const { id } = await ask(receiver, move)
    await expect(desk.contribute(by, id, state, reason)).rejects.toMatchObject({ code })
    expect((await read(receiver, id)).version).toBe('1.0')
  })

  it('is refused in the same words for a transfer that does not exist', async () => {
    const { id } = await ask(receiver, move)
    const refusal = (transferId: string) =>
      desk.contribute(outsider, transferId, 'CONTRIBUTED', null).catch((error: unknown) => error)
    expect(await refusal(id)).toEqual(await refusal('no-such-transfer'))
  })

  it('loses no word when two suppliers speak at once', async () => {
    const { id } = await ask(receiver, move)
    const police = caller({
      organisation: 'F1',
      agencyType: 'POLICE',
      la: null,
      force: 'F1',
      role: 'POLICE_PUBLIC_PROTECTION',
      purpose: 'STRATEGY_DISCUSSION',
    })
    await Promise.all([
      desk.contribute(school, id, 'CONTRIBUTED', null),
      desk.contribute(police, id, 'WITHHELD', 'live operation'),
    ])
    const { completeness, version } = await read(receiver, id)
    const said = completeness.suppliers.map(({ agency, state }) => `${agency} ${state}`)
    expect(said).toEqual(expect.arrayContaining(['EDUCATION CONTRIBUTED', 'POLICE WITHHELD']))
    expect(version).toBe('3.0')
  })
})

describe('the end of a transfer', () => {
  const why = 'The family went back'
  const endedBy = async (by: Caller, id: string, state: 'CLOSED' | 'REJECTED' | 'WITHDRAWN') =>
    desk.end(by, id, { state, reason: why })

  it.each([
    ['taken back by the sender', sender, 'WITHDRAWN'],
    ['turned down by the receiver', receiver, 'REJECTED'],
  ] as const)('is %s, with the reason for both and nothing of the record', async (_, by, state) => {
    const { id } = await ask(sender, move)
    const ended = await endedBy(by, id, state)
    expect(ended).toMatchObject({ id, state, childId: 'C01', historyCount: 1 })
    expect(ended.history).toMatchObject([{ state, note: why, by: `${by.role}, ${by.organisation}` }])
    opened.length = 0
    for (const party of [sender, receiver]) {
      expect(await summary(party, id)).toEqual(ended)
      expect(await desk.list(party)).toEqual([])
      expect(await desk.history(party, id, { first: 9, after: 0 })).toEqual([])
      for (const act of [desk.acknowledge(party, id, '1.0'), endedBy(by, id, state)])
        await expect(act).rejects.toMatchObject({ code: /CONFLICT|FORBIDDEN/ })
    }
    expect(opened).toEqual([])
    await expect(summary(outsider, id)).rejects.toMatchObject({ code: 'NOT_A_PARTY' })
  })

  it('is by closing only once the latest version was acknowledged', async () => {
    const { id, version } = await ask(sender, move)
    for (const party of [sender, receiver])
      await expect(endedBy(party, id, 'CLOSED')).rejects.toMatchObject({ code: 'CONFLICT' })
    await desk.acknowledge(receiver, id, version)
    expect(await endedBy(sender, id, 'CLOSED')).toMatchObject({ state: 'CLOSED' })
  })

  it.each([
    ['the receiver taking it back', receiver, 'WITHDRAWN', why, 'FORBIDDEN'],
    ['the sender turning it down', sender, 'REJECTED', why, 'FORBIDDEN'],
    ['an outsider', outsider, 'REJECTED', why, 'NOT_A_PARTY'],
    ['a supplier', school, 'CLOSED', why, 'NOT_A_PARTY'],
    ['no reason', sender, 'WITHDRAWN', '  ', 'BAD_INPUT'],
    ['a reason without end', sender, 'WITHDRAWN', 'long '.repeat(200), 'BAD_INPUT'],
    ['an image', sender, 'WITHDRAWN', 'data:image/png;base64,AAAA', 'IMAGERY_PROHIBITED'],
  ] as const)('is refused for %s', async (_, by, state, reason, code) => {
    const { id } = await ask(sender, move)
    await expect(desk.end(by, id, { state, reason })).rejects.toMatchObject({ code })
    expect((await read(receiver, id)).version).toBe('1.0')
  })

  it('leaves what a supplier withholds to that supplier', async () => {
    const { id } = await ask(sender, move)
    await desk.contribute(school, id, 'WITHHELD', 'Not to be told')
    await endedBy(receiver, id, 'REJECTED')
    const word = () => database.knex('gateway.transfer_contribution').where({ transfer_id: id }).select('state')
    await expect(desk.contribute(school, id, 'WITHHELD', 'Again')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await word()).toEqual([{ state: 'WITHHELD' }])
    // A supplier is told that it is over, and not how.
    expect(await desk.contribute(school, id, 'CONTRIBUTED', null)).toMatchObject({ state: 'CLOSED', history: [] })
    expect(await word()).toEqual([{ state: 'CONTRIBUTED' }])
  })

  it('comes by itself when its clock has run out and what it was made for is over', async () => {
    const { id } = await ask(sender, move)
    const enquiryOver = childOf(answersOf({ ...movedWithOpenEnquiry, socialCare: {} }))
    const { C01 } = children
    if (!C01) throw new Error('C01 is not there.')
    try {
      children['C01'] = enquiryOver
      // While the clock runs a notification stands.
      expect((await read(receiver, id)).version).toBe('1.0')
      await database.knex('gateway.transfer').update({ due_on: '2026-11-19' })
      expect(await summary(receiver, id)).toMatchObject({ id, state: 'CLOSED', history: [] })
      expect(await desk.list(receiver)).toEqual([])
      await expect(ask(sender, move)).rejects.toMatchObject({ code: 'CONFLICT' })
      // Asked for anew it is a request like any other.
      const again = await request(receiver, move)
      expect(again).toMatchObject({ state: 'PENDING' })
      expect(again.id).not.toBe(id)
      children['C01'] = C01
      await database.knex('gateway.transfer').where({ state: 'PENDING' }).delete()
      await database.knex('gateway.transfer').update({ state: 'SENT' })
      expect((await read(receiver, id)).version).toBe('1.0')
      // A source that is away ends nothing.
      children['C01'] = childOf(answersOf({}, ['socialCare']))
      expect(await summary(receiver, id)).toMatchObject({ state: 'SENT' })
    } finally {
      children['C01'] = C01
    }
  })
})
