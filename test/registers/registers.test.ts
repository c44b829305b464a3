import { beforeAll, describe, expect, it } from 'vitest'
import { openRegisters, type Registers } from '../../resolvers/governance/services.ts'
import { childFacts } from '../../src/facts/childFacts.ts'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import { ukDay } from '../../src/records/dayAndAge.ts'
import type { NewConsent } from '../../src/registers/consents.ts'
import type { RegisterPage } from '../../src/registers/registerPage.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabases } from '../support/postgres.ts'
import { callerOf, caseStatus, registry } from './people.ts'

const now = new Date('2026-11-20T12:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const worker = callerOf()
const earlyHelp = callerOf({ role: 'EARLY_HELP_WORKER', purpose: 'EARLY_HELP' })
const policy = compilePolicy(readPack())

const consent = (childId: string, change: Partial<NewConsent> = {}): NewConsent => ({
  childId,
  state: 'GIVEN',
  labels: [],
  recipient: null,
  purpose: null,
  givenBy: null,
  giver: 'PARENT',
  competence: 'NOT_ASSESSED',
  evidence: null,
  expiresOn: null,
  ...change,
})

testDatabases('the registers', (engine) => {
  let database: Database
  let registers: Registers
  let count = 0
  /** A child of its own for each test. */
  const newChild = async (bornOn = '2013-06-27') => {
    count += 1
    const id = `T${count}`
    await database.knex('gateway.child').insert({ child_id: id, area_la: 'LA2', born_on: bornOn })
    return id
  }
  const facts = async (childId: string, at = now, caller = worker) => {
    const known = (await factsFrom(database)({ caller: caller, childIds: [childId], now: at, today: at })).known.get(
      childId,
    )
    if (!known) throw new Error('The child is not known.')
    return known
  }
  const health = { agency: 'health', home: 'HEALTH', labels: ['HEALTH_GENERAL', 'HEALTH_MENTAL'] } as const
  /** Whether early help may read general health about the child, through facts, policy and grant. */
  const earlyHelpReads = async (childId: string, at = now) => {
    const derived = childFacts(
      await facts(childId, at, earlyHelp),
      caseStatus({ dateOfBirth: null }),
      earlyHelp,
      registry,
      at,
    )
    return (policy.grantFor(earlyHelp, derived, health, at.toISOString()).headline & bitOf('HEALTH_GENERAL')) !== 0
  }

  beforeAll(async () => {
    database = (await engine.openMigrated()).database
    registers = openRegisters(database)
    await database.knex('gateway.agreement').insert([
      { id: 'A1', organisation: 'LA2-CSC', title: 'Sharing', from_on: '2024-04-01', confirmed_at: '2024-04-01' },
      {
        ...{ id: 'A2', organisation: 'LA5-CSC', title: 'Ended', from_on: '2024-04-01', to_on: '2025-04-01' },
        confirmed_at: '2024-04-01',
      },
    ])
  })

  describe('facts', () => {
    it('leave out a child that the gateway does not know', async () => {
      const known = await newChild()
      const { known: found } = await factsFrom(database)({
        caller: worker,
        childIds: ['T-none', known, "x'); drop table gateway.child; --"],
        now: now,
        today: now,
      })
      expect([...found.keys()]).toEqual([known])
    })

    it('ask nothing for nobody', async () =>
      expect((await factsFrom(database)({ caller: worker, childIds: [], now: now, today: now })).known.size).toBe(0))

    it('give the agencies their own person ids, and none whose link has ended', async () => {
      const childId = await newChild()
      await database.knex('gateway.link').insert([
        { child_id: childId, agency: 'health', person_id: `${childId}-h2` },
        { child_id: childId, agency: 'health', person_id: `${childId}-h1` },
        { child_id: childId, agency: 'police', person_id: `${childId}-p1`, ended_at: later(-1).toISOString() },
      ])
      expect((await facts(childId)).persons).toEqual({ health: [`${childId}-h1`, `${childId}-h2`] })
    })

    it('know an agreement in force and none that has ended or never was', async () => {
      const childId = await newChild()
      expect((await facts(childId)).agreement).toBe(true)
      expect((await facts(childId, now, callerOf({ organisation: 'LA5-CSC' }))).agreement).toBe(false)
      expect((await facts(childId, now, callerOf({ organisation: 'LA9-CSC' }))).agreement).toBe(false)
    })

    it('know a party to a transfer that was notified and nobody else, and none of one that was withdrawn', async () => {
      const childId = await newChild()
      const transfer = {
        ...{ child_id: childId, type: 'CLA_PLACED_OUT', from_la: 'LA2', to_la: 'LA5', due_on: ukDay(now) },
      }
      await database.knex('gateway.transfer').insert([
        { ...transfer, id: `${childId}-a`, state: 'SENT', notified_by: 'SOCIAL_WORKER LA2-CSC anna' },
        {
          ...transfer,
          id: `${childId}-b`,
          to_la: 'LA3',
          state: 'WITHDRAWN',
          notified_by: 'SOCIAL_WORKER LA2-CSC anna',
        },
        { ...transfer, id: `${childId}-c`, from_la: 'LA4', to_la: 'LA6', state: 'SENT' },
      ])
      const party = async (la: string | null) => (await facts(childId, now, callerOf({ la }))).transferParty
      expect([await party('LA2'), await party('LA5')]).toEqual([true, true])
      for (const la of ['LA3', 'LA4', 'LA6', null]) expect([la, await party(la)]).toEqual([la, false])
      // Its clock has run out: from then on it is judged by what is on record, for either side and nobody else.
      const asked = async (la: string | null) => {
        const question = { caller: callerOf({ la }), childIds: [childId], now, today: later(24) }
        const { asked: judged, known } = await factsFrom(database)(question)
        return [known.get(childId)?.transferParty, judged.get(childId)?.map(({ notifiedUntil }) => notifiedUntil)]
      }
      for (const la of ['LA2', 'LA5']) expect(await asked(la)).toEqual([false, [ukDay(now)]])
      expect(await asked('LA6')).toEqual([false, [null]])
      for (const la of ['LA3', 'LA4', null]) expect(await asked(la)).toEqual([false, undefined])
    })

    it('tell the receiving authority alone of what it asked for, also of an id that no child has', async () => {
      for (const childId of [await newChild(), 'no-such-child']) {
        const asked = { child_id: childId, type: 'UNBORN', from_la: 'LA4', to_la: 'LA6', state: 'PENDING' }
        await database.knex('gateway.transfer').insert({ ...asked, id: `${childId}-asked` })
        const told = async (la: string) =>
          (await factsFrom(database)({ caller: callerOf({ la }), childIds: [childId], now, today: now })).asked
        expect(await told('LA4')).toEqual(new Map())
        expect(await told('LA6')).toEqual(
          new Map([[childId, [{ fromLa: 'LA4', toLa: 'LA6', type: 'UNBORN', notifiedUntil: null }]]]),
        )
      }
    })
  })

  describe('facts for several who ask in one turn', () => {
    it('tell each of them what is theirs alone', async () => {
      const childId = await newChild()
      const relation = { child_id: childId, from_on: '2026-01-01' }
      await database.knex('gateway.relationship').insert([
        { ...relation, id: `${childId}-2`, organisation: 'LA2-CSC', kind: 'EPISODE' },
        { ...relation, id: `${childId}-5`, organisation: 'LA5-CSC', kind: 'ALLOCATED', to_on: '2026-06-01' },
        { ...relation, id: `${childId}-3`, organisation: 'LA3-CSC', kind: 'ON_ROLL' },
      ])
      await database.knex('gateway.transfer').insert({
        id: childId,
        child_id: childId,
        type: 'CLA_PLACED_OUT',
        from_la: 'LA2',
        to_la: 'LA5',
        due_on: '2099-01-01',
        state: 'SENT',
        notified_by: 'SOCIAL_WORKER LA2-CSC anna',
      })
      await database.knex('gateway.break_glass').insert({
        ...{ id: childId, child_id: childId, issuer: 'https://idp.example', subject: 'anna', organisation: 'LA3-CSC' },
        ...{ role: 'SOCIAL_WORKER', purpose: 'SAFEGUARDING', reason: 'x', needs_second: false },
        ...{ opened_at: later(-1).toISOString(), expires_at: later(1).toISOString() },
      })
      const asks = [
        { organisation: 'LA2-CSC', la: 'LA2' },
        { organisation: 'LA5-CSC', la: 'LA5' },
        { organisation: 'LA3-CSC', la: 'LA3', subject: 'anna', issuer: 'https://idp.example' },
        { organisation: 'LA3-CSC', la: 'LA3', subject: 'anna', issuer: 'https://other.example' },
        { organisation: 'LA3-CSC', la: 'LA3', subject: 'bert', issuer: 'https://idp.example' },
        { organisation: 'LA9-CSC', la: null, subject: 'anna', issuer: 'https://idp.example' },
      ]
      const look = factsFrom(database)
      const told = (caller: (typeof asks)[number], today = now) =>
        look({ caller: callerOf(caller), childIds: [childId], now, today }).then((facts) => {
          const known = facts.known.get(childId)
          return [known?.relationship, known?.agreement, known?.transferParty, known?.breakGlass]
        })
      expect(
        await Promise.all([
          ...asks.map((caller) => told(caller)),
          told({ organisation: 'LA5-CSC', la: 'LA5' }, new Date('2026-03-01T12:00:00Z')),
        ]),
      ).toEqual([
        ['EPISODE', true, true, false],
        [null, false, true, false],
        ['ON_ROLL', false, false, true],
        ['ON_ROLL', false, false, false],
        ['ON_ROLL', false, false, false],
        [null, false, false, false],
        // The relationship had not ended on the day that is asked of.
        ['ALLOCATED', false, true, false],
      ])
    })
  })

  describe('consents', () => {
    it('open at once, and close at once when withdrawn', async () => {
      const childId = await newChild()
      expect(await earlyHelpReads(childId)).toBe(false)
      const id = await registers.consents.record(
        consent(childId, { labels: ['HEALTH_GENERAL'] }),
        'SOCIAL_WORKER, LA2-CSC',
        now,
      )
      expect(await earlyHelpReads(childId)).toBe(true)
      expect(await registers.consents.withdraw(id, 'Changed her mind', later(1))).toBe(true)
      expect(await earlyHelpReads(childId, later(1))).toBe(false)
      expect(await registers.consents.byId(id, later(1))).toMatchObject({
        state: 'WITHDRAWN',
        recordedBy: 'SOCIAL_WORKER, LA2-CSC',
      })
    })

    it('are withdrawn once', async () => {
      const id = await registers.consents.record(consent(await newChild()), 'x', now)
      const both = await Promise.all([
        registers.consents.withdraw(id, null, later(1)),
        registers.consents.withdraw(id, null, later(1)),
      ])
      expect(both.sort()).toEqual([false, true])
      expect(await registers.consents.withdraw('none', null, now)).toBe(false)
    })

    it('last to the end of their day in the United Kingdom', async () => {
      const childId = await newChild()
      await registers.consents.record(consent(childId, { expiresOn: '2026-11-20' }), 'x', now)
      expect(await earlyHelpReads(childId, new Date('2026-11-20T23:59:59Z'))).toBe(true)
      expect(await earlyHelpReads(childId, new Date('2026-11-21T00:00:00Z'))).toBe(false)
      const summer = await newChild()
      await registers.consents.record(
        consent(summer, { expiresOn: '2026-07-01' }),
        'x',
        new Date('2026-06-01T00:00:00Z'),
      )
      expect(await earlyHelpReads(summer, new Date('2026-07-01T22:59:59Z'))).toBe(true)
      expect(await earlyHelpReads(summer, new Date('2026-07-01T23:00:00Z'))).toBe(false)
    })

    it("follow a competent child's refusal before a parent's consent, whichever came later", async () => {
      const childId = await newChild()
      await registers.consents.record(
        consent(childId, { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' }),
        'x',
        now,
      )
      await registers.consents.record(consent(childId), 'x', later(1))
      expect(await earlyHelpReads(childId, later(2))).toBe(false)
    })

    it('do not hear a child who was not judged competent', async () => {
      const childId = await newChild()
      await registers.consents.record(consent(childId), 'x', now)
      await registers.consents.record(consent(childId, { state: 'REFUSED', giver: 'CHILD' }), 'x', later(1))
      expect(await earlyHelpReads(childId, later(2))).toBe(true)
    })

    it('pass from parent to young person on the sixteenth birthday', async () => {
      const childId = await newChild('2010-11-21')
      await registers.consents.record(consent(childId), 'x', now)
      expect(await earlyHelpReads(childId, new Date('2026-11-20T23:59:59Z'))).toBe(true)
      expect(await earlyHelpReads(childId, new Date('2026-11-21T00:00:00Z'))).toBe(false)
    })

    it('cover only the label, recipient and purpose that they name', async () => {
      for (const change of [{ labels: ['EDUCATION'] }, { recipient: 'HEALTH' }, { purpose: 'DIRECT_CARE' }] as const) {
        const childId = await newChild()
        await registers.consents.record(consent(childId, change), 'x', now)
        expect(await earlyHelpReads(childId)).toBe(false)
      }
    })

    it('stand again in a new consent after a withdrawal, and not in an older one', async () => {
      const childId = await newChild()
      await registers.consents.record(consent(childId), 'x', later(-2))
      const id = await registers.consents.record(consent(childId), 'x', later(-1))
      await registers.consents.withdraw(id, null, now)
      expect(await earlyHelpReads(childId)).toBe(false)
      await registers.consents.record(consent(childId), 'x', later(1))
      expect(await earlyHelpReads(childId, later(2))).toBe(true)
    })

    it('do not let one that ran out silence one that stands', async () => {
      const childId = await newChild()
      await registers.consents.record(consent(childId), 'x', later(-48))
      await registers.consents.record(consent(childId, { expiresOn: '2026-11-19' }), 'x', later(-24))
      expect(await earlyHelpReads(childId)).toBe(true)
    })

    it('are listed latest first, each with its state now', async () => {
      const childId = await newChild()
      await registers.consents.record(
        consent(childId, { labels: ['EDUCATION', 'HEALTH_GENERAL'], evidence: 'Form' }),
        'x',
        now,
      )
      await registers.consents.record(consent(childId, { state: 'REFUSED', expiresOn: '2026-11-20' }), 'x', later(1))
      expect(await registers.consents.ofChild(childId, later(24))).toMatchObject([
        { state: 'EXPIRED', recordedAt: '2026-11-20T13:00:00.000Z' },
        { state: 'GIVEN', labels: ['EDUCATION', 'HEALTH_GENERAL'], evidence: 'Form' },
      ])
    })
  })

  describe('holds', () => {
    const hold = (childId: string, until: string | null = null) => ({
      childId,
      kind: until ? ('EMBARGO' as const) : ('DETRIMENT' as const),
      agency: 'health' as const,
      organisation: 'NHS-LA2-GP',
      recordId: 'r1',
      label: null,
      reason: 'Harm to treatment',
      owner: 'GP, NHS-LA2-GP',
      reviewOn: '2026-12-01',
      until,
      recipient: null,
      recipientOrganisation: null,
    })

    it('stand until they are released, once', async () => {
      const childId = await newChild()
      const id = await registers.holds.record(hold(childId), now)
      expect((await facts(childId)).holds).toEqual([
        {
          id,
          agency: 'health',
          organisation: 'NHS-LA2-GP',
          kind: 'DETRIMENT',
          recordId: 'r1',
          label: null,
          reviewOn: '2026-12-01',
          recordedOn: '2026-11-20',
        },
      ])
      expect(await registers.holds.release(id, 'Reviewed', later(1))).toBe(true)
      expect(await registers.holds.release(id, 'Again', later(1))).toBe(false)
      expect((await facts(childId)).holds).toEqual([])
      expect(await registers.holds.byId(id)).toMatchObject({ releasedAt: '2026-11-20T13:00:00.000Z' })
    })

    it('end as embargo at their instant', async () => {
      const childId = await newChild()
      await registers.holds.record(hold(childId, '2026-11-20T13:00:00Z'), now)
      expect((await facts(childId, later(0.9))).holds).toHaveLength(1)
      expect((await facts(childId, later(1))).holds).toHaveLength(0)
    })

    it('are given page by page in the order of the whole list, those of one moment by their id', async () => {
      const childId = await newChild()
      const { knex } = database
      await knex.raw(
        `insert into gateway.consent (id, child_id, state, giver, competence, recorded_at, recorded_by)
         select ?::text || n, ?, 'GIVEN', 'CHILD', 'COMPETENT', timestamptz '2026-01-01Z' + (n / 3) * interval '1 microsecond', 'x'
         from generate_series(1, 10) n`,
        [`${childId}-`, childId],
      )
      await knex.raw(
        `insert into gateway.relationship (id, child_id, organisation, kind, from_on)
         select ?::text || n, ?, 'LA2-CSC', 'ALLOCATED', date '2026-01-01' + n / 3 from generate_series(1, 10) n`,
        [`${childId}-`, childId],
      )
      const lists = [
        (page?: RegisterPage) => registers.consents.ofChild(childId, now, page),
        (page?: RegisterPage) => registers.relationships.ofChild(childId, null, page),
        (page?: RegisterPage) => registers.relationships.ofChild(childId, 'LA2-CSC', page),
      ]
      for (const list of lists) {
        const whole = (await list()).map(({ id }) => id)
        expect(whole).toHaveLength(10)
        for (const [place, after] of [null, ...whole].entries())
          expect((await list({ first: 4, after })).map(({ id }) => id)).toEqual(whole.slice(place, place + 4))
        expect(await list({ first: 4, after: 'nobody' })).toEqual([])
      }
      expect(await registers.relationships.inForce(childId, '2026-01-02')).toHaveLength(5)
    })

    it('are listed for their own organisation alone, and not for another of its type', async () => {
      const childId = await newChild()
      await registers.holds.record(hold(childId), now)
      const listed = (agency: 'health' | 'police', organisation: string) =>
        registers.holds.ofChild(childId, { agency, organisation })
      expect(await listed('health', 'NHS-LA2-GP')).toHaveLength(1)
      expect(await listed('health', 'NHS-LA5-GP')).toEqual([])
      expect(await listed('police', 'NHS-LA2-GP')).toEqual([])
    })
  })

  describe('relationships', () => {
    it('open from their day and close on the day they end, the strongest first', async () => {
      const childId = await newChild()
      const relationship = { childId, organisation: 'LA2-CSC', basis: 'Allocation' }
      const id = await registers.relationships.record(
        { ...relationship, kind: 'ALLOCATED', from: '2026-11-20' },
        'x',
        now,
      )
      await registers.relationships.record({ ...relationship, kind: 'ON_ROLL', from: '2026-11-01' }, 'x', now)
      expect((await facts(childId)).relationship).toBe('ALLOCATED')
      expect((await facts(childId, later(-24))).relationship).toBe('ON_ROLL')
      expect(await registers.relationships.end(id, '2026-11-20')).toBe(true)
      expect(await registers.relationships.end(id, '2026-11-20')).toBe(false)
      expect((await facts(childId)).relationship).toBe('ON_ROLL')
      expect(await registers.relationships.byId(id)).toMatchObject({ from: '2026-11-20', to: '2026-11-20' })
    })

    it('of one organisation say nothing to another', async () => {
      const childId = await newChild()
      await registers.relationships.record(
        { childId, organisation: '900005', kind: 'ON_ROLL', from: '2026-09-01', basis: 'Roll' },
        'x',
        now,
      )
      expect((await facts(childId)).relationship).toBeNull()
    })
  })
})
