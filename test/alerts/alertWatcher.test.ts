import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { AlertWatcher, type SentNotice, type WatcherParts } from '../../src/alerts/alertWatcher.ts'
import { WatchList } from '../../src/alerts/alertWatchList.ts'
import { alertRules } from '../../src/alerts/rules.ts'
import { openAlertWatcher } from '../../src/composition/openAlertWatcher.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { postOf } from '../exchange/support.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

/** The watcher of the running gateway, with notices caught instead of carried. */
function watcherOf(sent: SentNotice[], database?: Database): AlertWatcher {
  const { setting } = gateway.opened
  return openAlertWatcher({
    opening: setting.opening,
    database: database ?? setting.opening.store,
    catalogue: gateway.opened.catalogue,
    audit: setting.audit,
    organisationOf: gateway.opened.organisationOf,
    organisations: gateway.opened.organisations,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never,
    notify: async (notice) => {
      sent.push(notice)
    },
  })
}

interface Read {
  readonly alerts: readonly { readonly code: string }[]
}

const untilQuiet = async (watcher: AlertWatcher): Promise<void> => {
  while ((await watcher.turn()) > 0);
}

describe('the watcher', () => {
  const first: SentNotice[] = []

  test('tells each audience of what its own grant lets it know, and of nothing about a child without cause', async () => {
    await untilQuiet(watcherOf(first))
    const told = (child: string, role: string) =>
      new Set(first.filter((each) => each.childId === child && each.role === role).map(({ code }) => code))
    expect(told('C05', 'MASH_ANALYST')).toContain('REPEAT_CONTACTS')
    expect(told('C04', 'TEAM_MANAGER')).toContain('LIBERTY_RESTRICTION_UNAUTHORISED')
    expect(told('C04', 'CAMHS_CLINICIAN')).toContain('SPECIALTY_PRIOR_EPISODE_ELSEWHERE')
    expect(told('C04', 'DESIGNATED_SAFEGUARDING_LEAD')).not.toContain('SPECIALTY_PRIOR_EPISODE_ELSEWHERE')
    expect(first.filter(({ childId }) => childId === 'C12')).toEqual([])
  })

  test('tells nobody what they could not read by asking', async () => {
    const personas = { MASH_ANALYST: 'mash-analyst', TEAM_MANAGER: 'team-manager', CAMHS_CLINICIAN: 'camhs-clinician' }
    for (const [role, persona] of Object.entries(personas)) {
      const organisations = {
        'mash-analyst': 'LA2-MASH',
        'team-manager': 'LA2-CSC',
        'camhs-clinician': 'NHS-LA5-CAMHS',
      }
      const mine = first.filter(
        (each) => each.role === role && each.organisation === Reflect.get(organisations, persona),
      )
      for (const child of new Set(mine.map(({ childId }) => childId))) {
        const { data } = await gateway.ask(persona, `{ child(id: "${child}") { alerts { code } } }`)
        const read = (data?.['child'] as unknown as Read | undefined)?.alerts ?? []
        const codes = new Set(read.map(({ code }) => code))
        expect(mine.filter((each) => each.childId === child && !codes.has(each.code))).toEqual([])
      }
    }
  })

  test('quotes no record, which may be withheld tomorrow: each notice says what its rule looks for', () => {
    const looksFor = new Map(alertRules.map(({ code, rule }) => [code, rule]))
    for (const { code, explanation } of first) expect(explanation).toBe(looksFor.get(code))
  })

  test('tells nothing twice, and keeps no word of what it told', async () => {
    const again: SentNotice[] = []
    const { store } = gateway.opened.setting.opening
    await store.knex('gateway.alert_watch').update({ due_at: '2020-01-01T00:00:00Z' })
    await untilQuiet(watcherOf(again))
    expect(again).toEqual([])
    const kept = await store.knex('gateway.alert_notified').select()
    expect(kept).toHaveLength(first.length)
    expect(Object.keys(kept[0] as object).sort()).toEqual(
      ['anchor', 'child_id', 'code', 'notified_at', 'organisation', 'role', 'version'].sort(),
    )
  })

  test('writes an audit entry of what it told, under the name of the gateway', async () => {
    const { data } = await gateway.ask('social-worker', '{ accessLog(childId: "C05", first: 50) { role actions } }')
    expect(JSON.stringify(data)).toContain('alertNotice')
  })
})

describe('what was declined for harm to the child', () => {
  const states = async (id: string) => (await postOf(gateway).message('social-worker', id)).to.map(({ state }) => state)
  const declined = async (to: string, persona: string, before: string) => {
    const post = postOf(gateway)
    const question = { childId: 'C02', to: { organisation: to }, question: 'Any injuries?', why: 'Assessment' }
    const { id } = await post.act('social-worker', 'askAbout', { input: question })
    await post.act(persona, 'declineMessage', { id, reason: '=DETRIMENT', explanation: 'It would end our work.' })
    await gateway.opened.setting.opening.store
      .knex('gateway.message_event')
      .where({ message_id: id, kind: 'DECLINED' })
      .update({ at: before })
    return id
  }

  test('is decided again by who may know of an enquiry that came on record since, once, and by nobody else', async () => {
    const early = await declined('F1', 'missing-coordinator', '2026-10-01T09:00:00Z')
    const late = await declined('F1', 'missing-coordinator', '2026-11-10T09:00:00Z')
    const stranger = await declined('LA3', 'unrelated-officer', '2026-10-01T09:00:00Z')
    for (const child of ['C02', 'C05']) await gateway.opened.followUp(child)
    expect([await states(early), await states(late), await states(stranger)]).toEqual([
      ['WAITING'],
      ['DECLINED'],
      ['DECLINED'],
    ])
    // What they said stands, and whoever declines again has decided with the enquiry before them.
    await postOf(gateway).act('missing-coordinator', 'declineMessage', {
      id: early,
      reason: '=DETRIMENT',
      explanation: 'Still so.',
    })
    await gateway.opened.followUp('C02')
    const { replies, to } = await postOf(gateway).message('social-worker', early)
    expect(to.map(({ state }) => state)).toEqual(['DECLINED'])
    expect(replies.map(({ kind }) => kind)).toEqual(['DECLINED', 'REOPENED', 'DECLINED'])
  })
})

describe('what came on record after a transfer', () => {
  test('is told to the authority that received it, once for what came, and listed in its summary', async () => {
    const purpose = 'TRANSFER_SEND'
    const begun = await gateway.ask(
      'social-worker',
      'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id addenda { recordId } } }',
      { purpose },
    )
    const { requestTransfer } = begun.data as unknown as {
      requestTransfer: { id: string; addenda: readonly object[] }
    }
    const { id, addenda } = requestTransfer
    expect(addenda).toEqual([])
    const told = async (persona: string) =>
      (await postOf(gateway).inbox(persona)).filter(({ content }) =>
        content.some(({ value }) => value === 'LATE_RECORD_AFTER_TRANSFER'),
      )
    await gateway.opened.followUp('C04')
    expect(await told('receiving-officer')).toEqual([])
    // As though the record had been compiled in summer.
    await gateway.opened.setting.opening.store.knex.raw(
      `update gateway.transfer_version set content = regexp_replace(content, '"compiledAt":"[^"]*"',
        '"compiledAt":"2026-06-01T00:00:00.000Z"') where transfer_id = ?`,
      [id],
    )
    for (let turn = 0; turn < 2; turn += 1) await gateway.opened.followUp('C04')
    expect(await told('receiving-officer')).toMatchObject([{ childId: 'C04', kind: 'ALERT_NOTICE' }])
    for (const persona of ['social-worker', 'unrelated-officer', 'school-dsl']) expect(await told(persona)).toEqual([])
    const read = await gateway.ask(
      'receiving-officer',
      `{ transferSummary(transferId: "${id}") { addenda(first: 3) { recordId recordedAt } } }`,
    )
    const late = read.data?.['transferSummary'] as unknown as { addenda: readonly { recordedAt: string }[] }
    expect(late.addenda).toHaveLength(3)
    for (const { recordedAt } of late.addenda) expect(recordedAt > '2026-06-01').toBe(true)
  })
})

describe('the list', () => {
  const today = new Date('2026-11-21T00:00:00Z')

  test('gives one child to one replica alone, and to another when the first died', async () => {
    const list = new WatchList(gateway.opened.setting.opening.store)
    await gateway.opened.setting.opening.store.knex('gateway.alert_watch').update({ due_at: today.toISOString() })
    const now = new Date()
    const [one, other] = await Promise.all([list.take(today, now, 5), list.take(today, now, 5)])
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length)
    const rest = await list.take(today, now, 1000)
    expect(rest.filter((id) => one.includes(id) || other.includes(id))).toEqual([])
    expect(await list.take(today, now, 1000)).toEqual([])
    const afterwards = new Date(now.getTime() + 61_000)
    expect((await list.take(today, afterwards, 1000)).length).toBe(one.length + other.length + rest.length)
  })

  test('has a child looked at at once when a holder hands something in of them, and no other child', async () => {
    const { store } = gateway.opened.setting.opening
    await store.knex('gateway.alert_watch').update({ due_at: '2030-01-01T00:00:00Z', leased_until: null })
    const link = await store
      .knex('gateway.link')
      .where({ child_id: 'C05', agency: 'police' })
      .whereNull('ended_at')
      .first()
    const list = new WatchList(store)
    await list.wake(link.holder, [link.person_id])
    expect(await list.take(today, new Date(), 100)).toEqual(['C05'])
    await list.wake(link.holder, [])
    await list.wake('NO-SUCH-HOLDER', [link.person_id])
    expect(await list.take(today, new Date(Date.now() + 120_000), 100)).toEqual(['C05'])
  })

  test('is asked once for a child what was told, and keeps at once what one look tells', async () => {
    const { store } = gateway.opened.setting.opening
    const names: string[] = []
    const counted: Database = Object.create(store, {
      rows: {
        value: (statement: Statement) => {
          names.push(statement.name)
          return store.rows(statement)
        },
      },
    })
    await store.knex('gateway.alert_watch').update({ due_at: '2030-01-01T00:00:00Z', leased_until: null })
    await store.knex('gateway.alert_watch').where({ child_id: 'C04' }).update({ due_at: '2020-01-01T00:00:00Z' })
    await store.knex('gateway.alert_notified').where({ child_id: 'C04' }).delete()
    const sent: SentNotice[] = []
    expect(await watcherOf(sent, counted).turn()).toBe(1)
    const times = (name: string) => names.filter((each) => each === name).length
    const audiences = new Set(sent.map(({ organisation, role }) => `${organisation} ${role}`))
    expect(sent.length).toBeGreaterThan(2 * audiences.size)
    expect([times('alert_told'), times('alert_tell')]).toEqual([1, audiences.size])
    expect(await store.knex('gateway.alert_notified').where({ child_id: 'C04' }).select()).toHaveLength(sent.length)
  })

  /** A watcher's world of these children, for each of whom one audience is looked as; `done` hears when each is due. */
  const worldOf = (
    children: readonly string[],
    nextAt: string | null,
    done: (child: string, due: Date) => void,
    looked = (): void => undefined,
  ): WatcherParts => ({
    list: {
      enrol: async () => undefined,
      take: async () => children,
      around: async () => ({ organisations: ['LA2-CSC'], holders: [], las: [] }),
      toldOf: async () => new Set(),
      done: async (child: string, due: Date) => done(child, due),
    } as unknown as WatchList,
    clock: { now: () => today, today: () => today },
    organisationsAround: ({ organisations }) =>
      organisations.map((code) => ({
        ...{ code, agencyType: 'SOCIAL_CARE', la: 'LA2', force: null },
        roles: [{ role: 'SOCIAL_WORKER', purposes: ['ASSESSMENT_S17'] }],
      })),
    look: async () => {
      looked()
      return {
        evaluation: { alerts: [], notJudged: [], nextAt },
        record: async () => undefined,
        release: () => undefined,
      }
    },
    notify: async () => undefined,
    followUp: async () => undefined,
    rules: [],
    everyMilliseconds: 900_000,
    onFailure: () => undefined,
    makeWay: () => Promise.resolve(),
  })

  test('looks again when the first clock runs out, and else after a while', async () => {
    const dues: Date[] = []
    const turn = (nextAt: string | null) =>
      new AlertWatcher(worldOf(['C01'], nextAt, (_, due) => dues.push(due))).turn()
    await turn('2026-11-21T00:05:00Z')
    await turn('2026-11-22T00:00:00Z')
    await turn(null)
    expect(dues.map((due) => due.toISOString())).toEqual([
      '2026-11-21T00:05:00.000Z',
      '2026-11-21T00:15:00.000Z',
      '2026-11-21T00:15:00.000Z',
    ])
  })

  test('begins no further look once it is stopped, and leaves whom it did not finish to be looked at again', async () => {
    const children = Array.from({ length: 20 }, (_, at) => `C${at}`)
    const done: string[] = []
    let looks = 0
    const watcher: AlertWatcher = new AlertWatcher(
      worldOf(
        children,
        null,
        (child) => done.push(child),
        () => {
          looks += 1
          if (looks === 6) watcher.stop()
        },
      ),
    )
    await watcher.turn()
    expect(looks).toBeLessThan(8)
    expect(done.length).toBeLessThan(looks)
  })
})
