import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { LogFollower } from '../../src/obligations/logFollower.ts'
import { transferTypes } from '../../src/transfer/transferTypes.ts'
import { entryFor, es256Jwk, forge, type KeyServer, keyServer } from '../auth/support.ts'
import { StatementTap } from '../leaks/support/statements.ts'
import { post, type Received, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'

// Every child, every other authority, every kind of transfer, with and without the sending authority's word.

const authorities = ['LA1', 'LA2', 'LA3', 'LA4', 'LA5', 'LA6'] as const
const children = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C08', 'C09', 'C09B', 'C10', 'C11', 'C12'] as const
/** Who keeps the case; nobody keeps that of the control, who is known to no social care. */
const responsibleFor = (child: string): string => (child === 'C08' ? 'LA5' : 'LA2')
const others = (child: string): readonly string[] => authorities.filter((la) => la !== responsibleFor(child))

/** What other organisations have on record in an area bears these out, and no others. */
const shownByRecord = new Set([
  'C01 LA5 S47_IN_PROGRESS',
  'C04 LA5 CLA_PLACED_OUT',
  'C06 LA6 CLA_PLACED_OUT',
  'C07 LA5 CLA_PLACED_OUT',
])
/** Shown in that area, so that the kind is judged: what is missing is named. */
const inTheArea = new Set(['C01 LA5', 'C04 LA5', 'C06 LA6', 'C07 LA5'])
/** Open before anybody asks: a placement that is recorded, or an episode of the authority's own. */
const openAnyway = new Set(['C04 LA5', 'C06 LA6', 'C07 LA5', 'C11 LA5'])
/**
 * Authorities that ask about a child: by default where something is on record, and one more, another for each child.
 */
const askers = (child: string): readonly string[] => {
  const all = others(child)
  const more = all[children.indexOf(child as (typeof children)[number]) % all.length]
  return all.filter(
    (la) => isWhole || la === more || inTheArea.has(`${child} ${la}`) || openAnyway.has(`${child} ${la}`),
  )
}
/** By default those of whom something is on record elsewhere, and the control. */
const tried = isWhole ? children : (['C01', 'C04', 'C06', 'C07', 'C08', 'C11'] as const)
/** One child of each sort by default: an enquiry, placements, no authority of their own, a plan. */
const notified = isWhole ? children : (['C01', 'C04', 'C08', 'C10'] as const)

const tap = new StatementTap()
let keys: KeyServer
let folder: string
let gateway: TestGateway
beforeAll(async () => {
  keys = await keyServer([es256Jwk])
  folder = await mkdtemp(join(tmpdir(), 'transfer-door-'))
  const organisations = authorities.map((la) => ({
    ...{ code: `${la}-CSC`, agencyType: 'SOCIAL_CARE' as const, la, force: null },
    roles: [
      { role: 'RECEIVING_OFFICER' as const, purposes: ['TRANSFER_RECEIVE' as const] },
      { role: 'SOCIAL_WORKER' as const, purposes: ['TRANSFER_SEND' as const] },
    ],
  }))
  const file = join(folder, 'issuers.json')
  await writeFile(file, JSON.stringify([entryFor(keys.jwksUri, { organisations })]))
  gateway = await startTestGateway({ ISSUERS_FILE: file, DEMONSTRATION: 'on' }, { wrapDatabase: tap.wrap })
  // Every authority has an agreement, so that nothing but the transfer stands between it and a child.
  for (const la of authorities)
    await store()('gateway.agreement').insert({
      ...{ id: `door-${la}`, organisation: `${la}-CSC`, title: 'For all' },
      confirmed_at: new Date(),
    })
})
afterAll(async () => {
  await gateway.close()
  await keys.close()
  await rm(folder, { recursive: true, force: true })
})

const store = () => gateway.opened.setting.opening.store.knex
const clear = async (): Promise<void> => {
  for (const table of ['transfer', 'transfer_version', 'transfer_event', 'transfer_contribution'])
    await store()(`gateway.${table}`).delete()
}

const tokenOf = (la: string, isSender: boolean): string => {
  const now = Math.floor(Date.now() / 1000)
  const purpose = isSender ? 'TRANSFER_SEND' : 'TRANSFER_RECEIVE'
  return forge(
    {},
    {
      ...{ org: `${la}-CSC`, role: isSender ? 'SOCIAL_WORKER' : 'RECEIVING_OFFICER', sub: `officer-${la}` },
      ...{ jti: randomUUID(), iat: now - 1, exp: now + 500 },
      authorization_details: [{ type: 'child-disclosure', purpose }],
    },
  )
}
const receive = (la: string, query: string): Promise<Received> => post(gateway.url, tokenOf(la, false), query)
const send = (la: string, query: string): Promise<Received> => post(gateway.url, tokenOf(la, true), query)

const whole = `id type state version childId child { id } fromLa toLa responsibleLa responsibleRule notifiedAt clockStart
  clockRule dueAt workingDays completeness { ready sections { code items { value } } } history { at state by note }
  signature fingerprint receipt`
const transfer = (child: string, from: string, to: string, type: string): string =>
  `mutation { requestTransfer(childId: "${child}", fromLa: "${from}", toLa: "${to}", type: ${type}) { ${whole} } }`

const stateIn = ({ text }: Received): string =>
  /"state":"(PENDING|SENT)"/.exec(text)?.[1] ?? /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? text
const idIn = ({ text }: Received): string => /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? 'none'

/** Whether anything of the child can be read: by the view, what others it leads to, and what explains it. */
const isOpen = async (child: string, la: string): Promise<boolean> => {
  const from = responsibleFor(child)
  const answers = await Promise.all(
    [
      `{ child(id: "${child}") { id names { family } socialCare { addresses { postcode } } } }`,
      `{ children(ids: ["${child}"]) { id } }`,
      `{ placedOut(la: "${from}") { id } }`,
      `{ obligations(childId: "${child}") { id } }`,
      `{ explain(childId: "${child}", field: "Address.display") { outcome reason facts { name value } } }`,
    ].map((query) => receive(la, query)),
  )
  const [view, list, placed, obligations, explained] = answers.map(({ text }) => text)
  const opened = Boolean(view?.includes(`"id":"${child}"`))
  expect(list?.includes(`"id":"${child}"`), `children ${child} ${la}`).toBe(opened)
  if (!opened) {
    expect(view, `child ${child} ${la}`).toContain('"code":"NOT_FOUND"')
    expect(placed, `placedOut ${child} ${la}`).not.toContain(`"id":"${child}"`)
    expect(obligations, `obligations ${child} ${la}`).not.toContain('"id"')
    expect(explained, `explain ${child} ${la}`).not.toMatch(/"outcome":"(CONTENT|HEADLINE)"/)
  }
  return opened
}

describe('what the receiving authority asks for', () => {
  it.each(tried)('opens nothing of %s but what a record of another organisation bears out', async (child) => {
    const from = responsibleFor(child)
    for (const la of askers(child)) {
      await clear()
      const place = `${child} ${la}`
      expect(await isOpen(child, la), place).toBe(openAnyway.has(place))
      for (const type of transferTypes) {
        const asked = await receive(la, transfer(child, from, la, type))
        const carriedOut = ['CP_TRANSFER_IN', 'CLA_PLACED_OUT', 'S47_IN_PROGRESS'].includes(type)
        const expected = shownByRecord.has(`${place} ${type}`)
          ? 'SENT'
          : !inTheArea.has(place)
            ? 'PENDING'
            : carriedOut
              ? 'CONFLICT'
              : 'BAD_INPUT'
        expect(stateIn(asked), `${place} ${type}`).toBe(expected)
        if (expected === 'PENDING') {
          expect(asked.data?.['requestTransfer'], `${place} ${type}`).toEqual({
            ...{ id: idIn(asked), type, state: 'PENDING', childId: child, fromLa: from, toLa: la, history: [] },
            ...{ version: null, child: null, responsibleLa: null, responsibleRule: null, notifiedAt: null },
            ...{ clockStart: null, clockRule: null, dueAt: null, workingDays: null, completeness: null },
            ...{ signature: null, fingerprint: null, receipt: null },
          })
          const read = await receive(la, `{ transferSummary(transferId: "${idIn(asked)}") { ${whole} } }`)
          expect(read.data?.['transferSummary']).toEqual(asked.data?.['requestTransfer'])
        }
        if (expected === 'CONFLICT') expect(asked.errors[0]?.message).toMatch(/ needs .+ None is on record\.$/)
      }
      const opens = [...shownByRecord].some((each) => each.startsWith(`${place} `))
      expect(await isOpen(child, la), place).toBe(openAnyway.has(place) || opens)
    }
  })

  it('never says that the sending authority has notified it', async () => {
    await clear()
    const asked = await receive('LA5', transfer('C01', 'LA2', 'LA5', 'S47_IN_PROGRESS'))
    expect(asked.text).not.toContain('NOTIFIED')
    expect(asked.text).toContain('The sending authority has not notified it.')
  })
})

describe('what the sending authority notifies', () => {
  it.each(notified)('opens %s to the receiving one where the kind fits what is on record', async (child) => {
    const from = responsibleFor(child)
    for (const la of askers(child)) {
      const place = `${child} ${la}`
      for (const type of transferTypes) {
        await clear()
        await receive(la, transfer(child, from, la, type))
        const sent = await send(from, transfer(child, from, la, type))
        const fits = fitsRecord(child, la, type)
        expect(stateIn(sent), `${place} ${type}`).toBe(fits ? 'SENT' : isCarriedOut(child, type))
        if (!fits) continue
        const read = await receive(la, `{ transferSummary(transferId: "${idIn(sent)}") { ${whole} } }`)
        expect(stateIn(read), `${place} ${type}`).toBe('SENT')
        expect(read.text, `${place} ${type}`).toContain('"state":"NOTIFIED"')
        expect(await isOpen(child, la), `${place} ${type}`).toBe(true)
        for (const third of sampled(
          others(child).filter((each) => each !== la),
          1,
        )) {
          const refused = await receive(third, `{ transferSummary(transferId: "${idIn(sent)}") { id } }`)
          expect(refused.errors[0]?.extensions['code']).toBe('NOT_A_PARTY')
          expect(await isOpen(child, third), `${child} ${third}`).toBe(openAnyway.has(`${child} ${third}`))
        }
      }
    }
  })

  it('does not open a child to whoever names an authority that is not responsible', async () => {
    await clear()
    const asked = await receive('LA3', transfer('C07', 'LA4', 'LA3', 'CLA_PLACED_OUT'))
    expect(stateIn(asked)).toBe('PENDING')
    expect(stateIn(await send('LA4', transfer('C07', 'LA4', 'LA3', 'CLA_PLACED_OUT')))).toBe('CONFLICT')
    for (const la of ['LA3', 'LA4']) expect(await isOpen('C07', la), la).toBe(false)
    const read = await receive('LA4', `{ transferSummary(transferId: "${idIn(asked)}") { id } }`)
    expect(read.errors[0]?.extensions['code']).toBe('NOT_A_PARTY')
    expect((await send('LA4', '{ pendingTransfers { id } }')).data).toEqual({ pendingTransfers: [] })
  })
})

/** What each child has on record of its own authority. */
const onPlan = new Set(['C10', 'C11'])
const underEnquiry = new Set(['C01', 'C02'])
const placedIn: Readonly<Record<string, string>> = { C04: 'LA5', C06: 'LA6', C07: 'LA5' }
const fitsRecord = (child: string, la: string, type: string): boolean => {
  if (type === 'CP_TRANSFER_IN') return onPlan.has(child)
  if (type === 'S47_IN_PROGRESS') return underEnquiry.has(child)
  return type === 'CLA_PLACED_OUT' && placedIn[child] === la
}
const isCarriedOut = (child: string, type: string): string => {
  if (child === 'C12') return 'CONFLICT'
  return ['CP_TRANSFER_IN', 'CLA_PLACED_OUT', 'S47_IN_PROGRESS'].includes(type) ? 'CONFLICT' : 'BAD_INPUT'
}

describe('a transfer that was stored before', () => {
  it('is judged like any other: the child who left the area is not opened, whatever was compiled', async () => {
    await clear()
    const row = {
      ...{ id: randomUUID(), child_id: 'C06', type: 'CLA_PLACED_OUT', from_la: 'LA2', to_la: 'LA3' },
      ...{ state: 'SENT', version: 0, clock_rule: 'Notice', working_days: 5, due_on: '2024-02-19' },
      ...{ notified_at: '2024-02-12T00:00:00Z', clock_start: '2024-02-12T00:00:00Z' },
      created_by: 'RECEIVING_OFFICER LA3-CSC somebody',
    }
    await store()('gateway.transfer').insert(row)
    expect(await isOpen('C06', 'LA3')).toBe(false)
    const read = await receive('LA3', `{ transferSummary(transferId: "${row.id}") { ${whole} } }`)
    expect(stateIn(read)).toBe('PENDING')
    expect(read.text).not.toContain('2024')
  })

  it('stays open where the sending authority sent it, until one of the two ends it', async () => {
    for (const [la, state] of [
      ['LA2', 'WITHDRAWN'],
      ['LA3', 'REJECTED'],
    ] as const) {
      await clear()
      const id = idIn(await send('LA2', transfer('C01', 'LA2', 'LA3', 'S47_IN_PROGRESS')))
      expect(await isOpen('C01', 'LA3')).toBe(true)
      const end = `mutation { endTransfer(transferId: "${id}", state: ${state}, reason: "They went home") { ${whole} } }`
      const ended = await (la === 'LA2' ? send : receive)(la, end)
      expect(ended.data?.['endTransfer']).toMatchObject({ id, state, version: null, child: null, signature: null })
      expect(await isOpen('C01', 'LA3')).toBe(false)
      const read = await receive('LA3', `{ transferSummary(transferId: "${id}") { ${whole} } }`)
      expect(read.data?.['transferSummary']).toEqual(ended.data?.['endTransfer'])
    }
  })

  it.each([
    ['C01', 'LA3', 'S47_IN_PROGRESS', 'ssd_s47_enquiry s47e_s47_enquiry_id s47e_person_id s47e_s47_end_date'],
    [
      'C06',
      'LA6',
      'CLA_PLACED_OUT',
      'ssd_cla_placement clap_cla_placement_id clap_person_id clap_cla_placement_end_date',
    ],
    ['C10', 'LA3', 'CP_TRANSFER_IN', 'ssd_cp_plans cppl_cp_plan_id cppl_person_id cppl_cp_plan_end_date'],
  ])('of %s to %s as %s opens no longer than its clock and what it was made for', async (child, la, type, where) => {
    const [table = '', key = '', person = '', end = ''] = where.split(' ')
    await clear()
    const id = idIn(await send('LA2', transfer(child, 'LA2', la, type)))
    const summary = `{ transferSummary(transferId: "${id}") { ${whole} } }`
    const setDue = (due_on: string) => store()('gateway.transfer').where({ id }).update({ due_on })
    await setDue('2026-11-01')
    expect(await isOpen(child, la), 'while it is on record').toBe(true)
    const links = await store()('gateway.link').where({ child_id: child, agency: 'socialCare' }).select('person_id')
    const persons = links.map(({ person_id }) => person_id)
    const rows = () => store()(`social_care.${table}`).whereIn(person, persons)
    const before = await rows().select([key, end])
    await rows()
      .whereNull(end)
      .update({ [end]: '2026-11-10' })
    try {
      // The area where a child lives is notified of them whatever was transferred, and of no more.
      expect(await isOpen(child, la), 'afterwards').toBe(openAnyway.has(`${child} ${la}`))
      const asked = await receive(la, `{ explain(childId: "${child}", field: "Assessment.factors") { reason } }`)
      expect(asked.text, 'afterwards').not.toContain('"OK_')
      const read = await receive(la, summary)
      expect(read.data?.['transferSummary']).toMatchObject({ state: 'CLOSED', version: null, child: null, history: [] })
      await setDue('2026-12-31')
      expect(await isOpen(child, la), 'while the clock runs').toBe(true)
    } finally {
      for (const was of before)
        await rows()
          .where({ [key]: was[key] })
          .update({ [end]: was[end] })
    }
  })
})

describe('what the receiving authority wrote itself', () => {
  const enrolment = { person_id: 'P-52138', event_at: '2026-09-01T08:00:00Z', recorded_at: '2026-09-01T08:00:00Z' }
  const held = { held_by_service: 'EDUCATION', held_by_la: 'LA3', on_roll_from: '2026-09-01' }
  const enrol = async (organisation: string | null): Promise<boolean> => {
    await clear()
    const { knex } = gateway.opened.setting.opening.store
    // Whoever holds the record: what is asked is what it bears out.
    const link = { agency: 'education', person_id: enrolment.person_id, child_id: 'C07', holder: '' }
    await knex('gateway.link').insert(link)
    await knex('education.enrolment').insert({
      ...{ ...enrolment, ...held, held_by_organisation: organisation, record_id: 'door-enrolment' },
      ...{ held_by_service: organisation === 'LA3-CSC' ? 'CHILDRENS_SOCIAL_CARE' : 'EDUCATION' },
    })
    try {
      await receive('LA3', transfer('C07', 'LA2', 'LA3', 'CLA_PLACED_OUT'))
      return inArea(await receive('LA3', transfer('C07', 'LA2', 'LA3', 'CLA_PLACED_OUT')))
    } finally {
      await knex('education.enrolment').where({ record_id: 'door-enrolment' }).delete()
      await knex('gateway.link').where(link).delete()
    }
  }
  const inArea = (asked: Received): boolean => stateIn(asked) !== 'PENDING'

  it('bears nothing out, nor does a record that may be its own', async () => {
    expect([await enrol('LA3-CSC'), await enrol('LA3-MASH'), await enrol(null)]).toEqual([false, false, false])
    expect(await enrol('900333')).toBe(true)
  })
})

describe('a child who is hidden and one who does not exist', () => {
  const plain = (text: string): string =>
    text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replaceAll(/C07|C99/g, 'CHILD')

  it('are answered byte for byte alike, asked again, read, listed and acknowledged', async () => {
    const answersFor = async (child: string): Promise<string[]> => {
      await clear()
      const given: string[] = []
      for (const type of transferTypes)
        for (const from of ['LA2', 'LA4', 'LA5', 'LA9']) {
          const asked = await receive('LA3', transfer(child, from, 'LA3', type))
          const id = idIn(asked)
          given.push(asked.text)
          for (const query of [
            transfer(child, from, 'LA3', type),
            `{ transferSummary(transferId: "${id}") { ${whole} } }`,
            `mutation { acknowledgeTransfer(transferId: "${id}", version: "1.0") { id } }`,
            `mutation { contributeToTransfer(transferId: "${id}", state: CONTRIBUTED) { id } }`,
            `{ child(id: "${child}") { id } }`,
          ])
            given.push((await receive('LA3', query)).text)
        }
      given.push((await receive('LA3', `{ pendingTransfers { ${whole} } }`)).text)
      given.push((await receive('LA3', transfer(child, 'LA3', 'LA5', 'CLA_PLACED_OUT'))).text)
      return given.map(plain)
    }
    const hidden = await answersFor('C07')
    expect(await answersFor('C99')).toEqual(hidden)
    expect(hidden.join('\n')).toContain('PENDING')
  })

  it('cost the databases the same statements, the first time and every other', async () => {
    // Obligations are followed out of the log by the clock, whoever asks: that would fall into one look or another.
    const followed = vi.spyOn(LogFollower.prototype, 'follow').mockResolvedValue()
    onTestFinished(() => followed.mockRestore())
    await receive('LA3', '{ pendingTransfers { id } }')
    const counted: string[] = []
    const count = ({ sql }: { sql: string }) => counted.push(sql)
    const workFor = async (child: string): Promise<string[]> => {
      await clear()
      counted.length = 0
      tap.take()
      store().client.on('query', count)
      for (const query of [
        ...[1, 2].map(() => transfer(child, 'LA2', 'LA3', 'CLA_PLACED_OUT')),
        ...[1, 2].map(() => `{ child(id: "${child}") { id } }`),
        '{ pendingTransfers { id } }',
      ])
        await receive('LA3', query)
      store().client.removeListener('query', count)
      // The log's blocks and the holders' states are looked after now and then, whoever asks then.
      const asked = tap.take().filter(({ name }) => !/^(audit-blocks|holder)-/.test(name))
      return [...counted, ...asked.map(({ to, name }) => `${to} ${name}`)].sort()
    }
    // Nobody has asked about either before: what changed shows in the first look.
    const nobody = await workFor('C99')
    for (const child of ['C02', 'C07', 'C12']) expect(await workFor(child), child).toEqual(nobody)
    expect(nobody.filter((name) => name.startsWith('education'))).not.toEqual([])
  })
})
