import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../src/audit/entry.ts'
import { keyHasher } from '../../src/identity/blockingKeys.ts'
import { type Described, normalisedPerson, personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { Register } from '../../src/identity/register.ts'
import type { PersonEntry } from '../../src/identity/registerTypes.ts'
import type { DisclosureLog } from '../../src/identity/wrongDisclosures.ts'
import type { Database } from '../../src/store/database.ts'
import { openMigratedEmbedded, testDatabases } from '../support/postgres.ts'
import { sized } from '../support/sample.ts'

const noLeaves: DisclosureLog = { ofChild: async () => [] }
const by = { person: 'reviewer', reason: 'Seen with the family.' }
const two = { ...by, second: 'manager' }

const registerOn = (database: Database, disclosures: DisclosureLog = noLeaves) => {
  let minute = 0
  const now = () => new Date(Date.UTC(2026, 10, 20, 9, minute++))
  return new Register({
    database,
    model: defaultLinkageModel(),
    hash: keyHasher('a secret of the tests'),
    clock: { now, today: now },
    disclosures,
  })
}

const anna: Described = {
  given: 'Anna',
  family: 'Wiśniewska',
  birth: '2012-04-09',
  sex: 'F',
  postcode: 'QX1 1AB',
  house: '3',
}

testDatabases('the register', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = (await engine.openMigrated()).database
  })
  beforeEach(async () => {
    await database.knex.raw(
      'truncate gateway.link_event, gateway.person_record, gateway.person_key, gateway.link, gateway.child cascade',
    )
    await database.knex('gateway.child').insert(['C1', 'C2', 'C7'].map((child_id) => ({ child_id })))
  })

  it('finds a child by another spelling, and answers who it is', async () => {
    const register = registerOn(database)
    const record = await register.record('education', 'P1', personOf(anna))
    await register.confirm(record, 'C1', by)
    const { decision, childId } = await register.find(personOf({ ...anna, family: 'Vishnevska' }))
    expect(decision.outcome).toBe('SAME')
    expect(childId).toBe('C1')
  })

  it('answers a protected record as nobody, and finds it for those who may know', async () => {
    const register = registerOn(database)
    await register.record('socialCare', 'S1', personOf(anna), true)
    const nobody = await register.find(
      personOf({ ...anna, given: 'Zelda', family: 'Quirk', birth: '2001-01-02', postcode: 'ZA1 1ZZ' }),
    )
    expect(await register.find(personOf(anna))).toEqual(nobody)
    expect((await register.find(personOf(anna), { mayKnowProtected: true })).decision.outcome).toBe('SAME')
  })

  it('finds the adults whom adult services know among themselves, and never as children', async () => {
    const register = registerOn(database)
    const mother: Described = {
      given: 'Marta',
      family: 'Wiśniewska',
      birth: '1984-02-11',
      sex: 'F',
      postcode: 'QX1 1AB',
    }
    await register.record('adultServices', 'A1', personOf(mother))
    const misspelt = personOf({ ...mother, family: 'Vishnevska' })
    expect((await register.find(misspelt)).decision).toEqual({ outcome: 'NONE', seen: [] })
    expect((await register.find(misspelt, { amongAdults: true })).decision.outcome).toBe('SAME')
    await register.record('education', 'P1', personOf(anna))
    expect((await register.find(personOf(anna), { amongAdults: true })).decision).toEqual({ outcome: 'NONE', seen: [] })
  })

  it('links nothing to a child of whom a record is protected on one person’s word', async () => {
    const register = registerOn(database)
    const hidden = await register.record('socialCare', 'S1', personOf(anna), true)
    await register.confirm(hidden, 'C1', { ...by, second: 'manager' })
    const record = await register.record('health', 'H1', personOf(anna))
    await expect(register.confirm(record, 'C1', by)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('links no protected record on one person’s word', async () => {
    const register = registerOn(database)
    const record = await register.record('socialCare', 'S1', personOf(anna), true)
    await expect(register.confirm(record, 'C1', by)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(register.confirm(record, 'C1', { ...by, second: by.person })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await register.confirm(record, 'C1', { ...by, second: 'manager' })
    expect(await register.links()).toEqual(new Map([[record, 'C1']]))
  })

  it('refuses a link without a reason, to a record that is not there, and a second undoing', async () => {
    const register = registerOn(database)
    const record = await register.record('health', 'H1', personOf(anna))
    await expect(register.confirm(record, 'C1', { ...by, reason: ' ' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
    await expect(register.confirm('999999', 'C1', by)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(register.refute('999999', by)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const event = await register.confirm(record, 'C1', by)
    await register.refute(event, by)
    await expect(register.refute(event, by)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('never changes or removes an event', async () => {
    const register = registerOn(database)
    await register.confirm(await register.record('health', 'H1', personOf(anna)), 'C1', by)
    await expect(database.knex('gateway.link_event').update({ reason: 'other' })).rejects.toThrow(/only ever added/)
    await expect(database.knex('gateway.link_event').delete()).rejects.toThrow(/only ever added/)
  })

  it('does not link of itself what a person has refuted', async () => {
    const register = registerOn(database)
    const held = await register.record('education', 'P1', personOf(anna))
    await register.confirm(held, 'C1', by)
    const record = await register.record('health', 'H1', personOf(anna))
    await register.refute(await register.confirm(record, 'C1', by), by)
    const { decision, childId } = await register.find(personOf(anna), { record })
    expect(decision).toMatchObject({ outcome: 'ASK', reason: 'REFUTED_BEFORE' })
    expect(childId).toBeNull()
  })

  it('never makes a refuted link again, from whichever side it is looked for', async () => {
    const register = registerOn(database)
    const record = await register.record('health', 'H1', personOf(anna))
    const found = await register.find(personOf(anna))
    if (found.decision.outcome !== 'SAME') throw new Error('Anna is found.')
    const [best] = found.decision.seen
    if (!best) throw new Error('Anna is seen.')
    const link = () => register.link(record, 'C1', best.weighed, 'EVIDENCE')
    const event = await link()
    expect(await link()).toBe(event)
    await register.refute(event, by)
    await expect(link()).rejects.toMatchObject({ code: 'CONFLICT' })
    await register.record('health', 'H1', personOf({ ...anna, house: '4' }))
    await expect(link()).rejects.toMatchObject({ code: 'CONFLICT' })
    const again = await register.find(personOf(anna), { refutedRecords: new Set(await register.refutedRecords('C1')) })
    expect(again.decision).toMatchObject({ outcome: 'ASK', reason: 'REFUTED_BEFORE' })
    await expect(register.confirm(record, 'C1', by)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await register.confirm(record, 'C1', two)
  })

  it('moves no link from child to child, and links to no child that is not there', async () => {
    const register = registerOn(database)
    const record = await register.record('health', 'H1', personOf(anna))
    const { decision } = await register.find(personOf(anna))
    const [best] = decision.seen
    if (!best) throw new Error('Anna is seen.')
    await register.link(record, 'C1', best.weighed, 'EVIDENCE')
    await expect(register.link(record, 'C2', best.weighed, 'EVIDENCE')).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(register.confirm(record, 'C2', by)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(register.confirm(record, 'C99', by)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(register.link(record, 'C99', best.weighed, 'EVIDENCE')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await register.links()).toEqual(new Map([[record, 'C1']]))
  })

  it('finds records of several agencies that are of one child, before and after one of them is linked', async () => {
    const register = registerOn(database)
    const records = [
      await register.record('health', 'H1', personOf(anna)),
      await register.record('education', 'P1', personOf({ ...anna, family: 'Vishnevska' })),
      await register.record('police', 'F1', personOf({ ...anna, house: '' })),
    ]
    const found = await register.find(personOf(anna))
    expect(found.decision.outcome).toBe('SAME')
    expect([...found.records].sort()).toEqual(records)
    await register.confirm(records[0] ?? '', 'C1', by)
    expect(await register.find(personOf(anna))).toMatchObject({ decision: { outcome: 'SAME' }, childId: 'C1' })
    // Two of one agency are two people until a person says otherwise.
    await register.record('health', 'H2', personOf(anna))
    expect((await register.find(personOf(anna))).decision.outcome).toBe('ASK')
  })

  it('loses neither protection nor a former name or address to a source that forgets', async () => {
    const register = registerOn(database)
    const known: Described = {
      ...anna,
      otherFamily: ['Nowak'],
      previousPostcodes: ['QX9 9ZZ'],
      nhsNumber: '9434765919',
      nhsVerified: true,
    }
    await register.record('socialCare', 'S1', personOf(known), true)
    await register.record(
      'socialCare',
      'S1',
      personOf({ ...anna, family: 'Kos', postcode: 'ZA1 1AA', nhsNumber: '9434765919' }),
    )
    const row = await database.knex('gateway.person_record').where({ local_id: 'S1' }).first()
    expect(row.protected).toBe(true)
    expect(normalisedPerson(row.folded)).toMatchObject({
      family: 'kos',
      otherFamily: ['nowak', 'wisniewska'],
      postcode: 'ZA11AA',
      previous: ['QX11AB', 'QX99ZZ'],
      nhsVerified: true,
    })
    expect(
      await register.takeIn([{ agency: 'socialCare', localId: 'S1', person: personOf(known), isProtected: false }]),
    ).toBe(1)
    expect(
      (await register.find(personOf({ ...anna, family: 'Kos', postcode: 'ZA1 1AA' }), { mayKnowProtected: true }))
        .decision.outcome,
    ).toBe('SAME')
    expect((await register.find(personOf({ ...anna, family: 'Kos', postcode: 'ZA1 1AA' }))).decision.outcome).toBe(
      'NONE',
    )
  })

  it('learns from the register how common a name is, and which postcodes and days are none', async () => {
    const register = registerOn(database)
    const boys = Array.from(
      { length: 60 },
      (_, at): PersonEntry => ({
        agency: 'socialCare',
        localId: `B${at}`,
        isProtected: false,
        person: personOf({
          given: 'Zarak',
          family: `Afghan${String.fromCharCode(97 + (at % 26))}${at}`,
          birth: at < 40 ? '2008-05-13' : '2009-02-17',
          postcode: 'CT20 2AA',
        }),
      }),
    )
    await register.takeIn(boys)
    const { register: shown } = await register.knowledge.model()
    expect(shown?.people).toBe(60)
    expect(shown?.given.get('zarak')).toBe(60)
    expect([...(shown?.crowdedPostcodes ?? [])]).toEqual(['CT202AA'])
    expect([...(shown?.defaultDates ?? [])]).toEqual(['20080513', '20090217'])
    const asked = { given: 'Zarak', family: 'Afghana0', birth: '2008-05-13', postcode: 'CT20 2AA' }
    expect((await register.find(personOf(asked))).decision.outcome).toBe('ASK')
  })

  it('ends in no answer of nobody for a crowd, and looks at who bears the number first', async () => {
    const register = registerOn(database)
    const day = { birth: '2014-06-17', postcode: 'QX4 2AB' }
    const crowd = Array.from(
      { length: 2300 },
      (_, at): PersonEntry => ({
        agency: 'education',
        localId: `K${at}`,
        isProtected: false,
        person: personOf({ ...day, given: 'Muhammad', family: 'Khan' }),
      }),
    )
    for (let at = 0; at < crowd.length; at += 500) await register.takeIn(crowd.slice(at, at + 500))
    const own = { ...day, given: 'Muhammad', family: 'Khan', nhsNumber: '9434765919', nhsVerified: true }
    const id = await register.record('health', 'H1', personOf(own))
    expect(await register.find(personOf(own))).toMatchObject({
      decision: { outcome: 'SAME', method: 'IDENTIFIER' },
      records: [id],
    })
    const other = await register.find(personOf({ given: 'Zzyzx', family: 'Qqq', ...day }))
    expect(other.decision).toMatchObject({ outcome: 'ASK' })
  })

  it('keeps the gateway’s links as the events say, and touches none that came with the data', async () => {
    const register = registerOn(database)
    await database.knex('gateway.link').insert({ agency: 'health', person_id: 'H1', child_id: 'C7' })
    const record = await register.record('health', 'H1', personOf(anna))
    const links = () => database.knex('gateway.link').orderBy('child_id').pluck('child_id')
    const event = await register.confirm(record, 'C1', by)
    expect(await links()).toEqual(['C1', 'C7'])
    await register.refute(event, by)
    expect(await links()).toEqual(['C7'])
  })

  it('keeps a question until it is answered, once', async () => {
    const register = registerOn(database)
    const reference = await register.questions.ask(personOf({ given: 'A', family: 'Wisniewska' }), null, by)
    expect(await register.questions.queue()).toMatchObject([{ reference, sent: { family: 'wisniewska' } }])
    await register.questions.answer(reference, 'CANNOT_TELL', by)
    expect(await register.questions.queue()).toEqual([])
    await expect(register.questions.answer(reference, 'SAME', by)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(register.questions.answer('no-such', 'SAME', by)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('forgets the keys of what a record said before', async () => {
    const register = registerOn(database)
    await register.record('health', 'H1', personOf(anna))
    await register.record(
      'health',
      'H1',
      personOf({ given: 'Ben', family: 'Okafor', birth: '2015-01-20', postcode: 'ZA2 2ZZ' }),
    )
    expect((await register.find(personOf(anna))).decision).toEqual({ outcome: 'NONE', seen: [] })
  })
})

describe('undoing', () => {
  type Step = { kind: 'link' | 'split'; record: number; child: number } | { kind: 'refute'; which: number }
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constantFrom('link' as const, 'split' as const), record: fc.nat(3), child: fc.nat(3) }),
    fc.record({ kind: fc.constant('refute' as const), which: fc.nat(9) }),
  )

  it('leaves everything as though the link had never been, after any history', { timeout: 240_000 }, async () => {
    const database = await openMigratedEmbedded()
    try {
      const register = registerOn(database)
      let round = 0
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 12 }),
          fc.nat(3),
          fc.nat(3),
          fc.array(step, { maxLength: 3 }),
          async (history, record, child, later) => {
            round += 1
            const records: string[] = []
            await register.addChildren([0, 1, 2, 3].map((child) => `${round}-C${child}`))
            for (let at = 0; at < 4; at += 1)
              records.push(await register.record('health', `${round}-${at}`, personOf({})))
            const caseStatus = new Map<string, { record: string; child: string }>()
            const play = async (one: Step) => {
              if (one.kind === 'refute') {
                const event = [...caseStatus.keys()][one.which]
                if (event === undefined) return
                await register.refute(event, by)
                caseStatus.delete(event)
                return
              }
              const [id, childId] = [records[one.record] ?? '', `${round}-C${one.child}`]
              // A link moves by a split, which is a decision of its own, and is confirmed only where none stands.
              const holds = (await register.links()).get(id)
              if (one.kind === 'link' && holds !== undefined) return
              const [event] =
                one.kind === 'link'
                  ? [await register.confirm(id, childId, two)]
                  : await register.split([id], childId, two)
              if (event) caseStatus.set(event, { record: id, child: childId })
            }
            const state = async () => ({
              links: [...(await register.links())].filter(([id]) => records.includes(id)).sort(),
              gateway: await database
                .knex('gateway.link')
                .where('person_id', 'like', `${round}-%`)
                .orderBy('person_id')
                .select(),
            })
            for (const one of history) await play(one)
            const before = await state()
            const [event = ''] = await register.split([records[record] ?? ''], `${round}-C${child}`, two)
            await register.refute(event, by)
            expect(await state()).toEqual(before)

            // In any order: what holds is what follows from the links that still stand, and from nothing else.
            const [wrong = ''] = await register.split([records[record] ?? ''], `${round}-wrong`, two)
            for (const one of later) await play(one)
            await register.refute(wrong, by)
            const expected = new Map<string, string>()
            for (const { record: id, child: childId } of caseStatus.values()) expected.set(id, childId)
            expect((await state()).links).toEqual([...expected].sort())
          },
        ),
        { numRuns: sized(20, 60) },
      )
    } finally {
      await database.close()
    }
  })

  it('lists everyone who was told in between, however many, and nobody else', async () => {
    const auditEntryFor = (
      minute: number,
      agency: string,
      outcome: AuditEntry['outcome'] = 'DISCLOSED',
    ): AuditEntry => ({
      version: 1,
      id: `leaf-${minute}-${agency}-${outcome}`,
      at: new Date(Date.UTC(2026, 10, 20, 9, 0, 0, minute)).toISOString(),
      requestId: 'r',
      caller: {
        issuer: 'i',
        subject: `s${minute}`,
        clientId: 'c',
        tokenId: 't',
        organisation: 'LA2-CSC',
        role: 'SOCIAL_WORKER',
        purpose: 'ASSESSMENT_S17',
      },
      pack: { id: 'p', hash: 'h' },
      operation: { name: null, hash: 'h' },
      outcome,
      code: null,
      children: [
        {
          id: 'C1',
          asOf: '2026-11-20T00:00:00Z',
          facts: {},
          agencies: {
            [agency]: {
              state: 'ANSWERED',
              headline: [],
              content: [],
              redacted: [],
              withheld: [],
              records: 3,
              digest: null,
            },
          },
        },
      ],
      actions: [],
    })
    const inside = Array.from({ length: 950 }, (_, at) => auditEntryFor(at + 1, 'health'))
    const others = [auditEntryFor(5, 'police'), auditEntryFor(6, 'health', 'REFUSED'), auditEntryFor(0, 'health')]
    const leaves = [...others, ...inside].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    let read = 0
    const log: DisclosureLog = {
      ofChild: async (_, first, { after }) => {
        const from = after === null ? 0 : leaves.findIndex(({ id }) => id === after) + 1
        const page = leaves.slice(from, from + first)
        read += page.length
        return page
      },
    }
    const database = await openMigratedEmbedded()
    try {
      const instants = [0, 0, 1, 951].map((millisecond) => new Date(Date.UTC(2026, 10, 20, 9, 0, 0, millisecond)))
      const now = () => instants.shift() ?? new Date(0)
      const register = new Register({
        database,
        model: defaultLinkageModel(),
        hash: keyHasher('s'),
        clock: { now, today: now },
        disclosures: log,
      })
      const record = await register.record('health', 'H1', personOf(anna))
      await register.addChildren(['C1'])
      instants.shift()
      const event = await register.confirm(record, 'C1', by)
      const told = await register.refute(event, by)
      expect(told.map(({ leafId }) => leafId)).toEqual(inside.map(({ id }) => id))
      expect(read).toBeLessThanOrEqual(leaves.length)
    } finally {
      await database.close()
    }
  })
})
