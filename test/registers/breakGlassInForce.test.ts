import { beforeAll, describe, expect, it } from 'vitest'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import type { Caller } from '../../src/policy/caller.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import { decide } from '../../src/policy/decide.ts'
import { plainRow } from '../../src/policy/decisionInput.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { bitOf, type Label, labels } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import { type AgencyType, type Purpose, pathOfPurpose, purposes, roles } from '../../src/policy/vocabulary.ts'
import { BreakGlassRegister, mayBreakGlass, newBreakGlass } from '../../src/registers/breakGlass.ts'
import { mayReview } from '../../src/registers/breakGlassReviews.ts'
import type { Database } from '../../src/store/database.ts'
import { typeOfRole } from '../policy/situations.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'
import { callerOf } from './people.ts'

const opened = new Date('2026-11-20T12:00:00Z')
const at = (time: string) => new Date(`2026-11-20T${time}Z`)
const worker = callerOf({ organisation: 'LA3-CSC', la: 'LA3', subject: 'one' })
const colleague = { ...worker, subject: 'two' }
const told = { agencies: ['health'], authorities: ['LA2'], reviewer: 'LA2' } as const

let database: Database
let register: BreakGlassRegister

beforeAll(async () => {
  database = await openMigratedEmbedded()
  await database.knex('gateway.child').insert(['K1', 'K2', 'K3'].map((child_id) => ({ child_id })))
  register = new BreakGlassRegister(database)
})

const broken = async (caller: Caller, child: string, now: Date) =>
  (await factsFrom(database)({ caller: caller, childIds: [child], now: now, today: now })).known.get(child)?.breakGlass
const session = (childId: string, secondPerson: string | null = null) => ({
  childId,
  reason: 'Danger',
  secondPerson,
  minutes: 30,
})

describe('how many sessions', () => {
  it('leaves sessions for colleagues, however many one person opens', async () => {
    const children = Array.from({ length: 8 }, (_, at) => `P${at}`)
    await database.knex('gateway.child').insert(children.map((child_id) => ({ child_id })))
    const person = callerOf({ organisation: 'LA5-CSC', la: 'LA5', subject: 'eager' })
    const other = { ...person, subject: 'colleague' }
    let minute = 0
    const begin = (child: string, who: Caller) => {
      minute += 1
      const now = new Date(opened.getTime() + minute * 60_000)
      return register.open({ ...session(child), minutes: 1 }, who, false, told, now)
    }
    for (let times = 0; times < 5; times += 1) await begin('P0', person)
    await expect(begin('P0', person)).rejects.toMatchObject({ code: 'REGISTER_FULL' })
    for (const child of ['P1', 'P2', 'P3']) for (let times = 0; times < 5; times += 1) await begin(child, person)
    await expect(begin('P4', person)).rejects.toMatchObject({ code: 'REGISTER_FULL' })
    for (const child of ['P0', 'P4']) await expect(begin(child, other)).resolves.toEqual(expect.any(String))
  })
})

describe('a session', () => {
  it('stands for its person and child, until its very last instant', async () => {
    await register.open(session('K1'), worker, false, told, opened)
    expect(await broken(worker, 'K1', at('12:29:59.999'))).toBe(true)
    expect(await broken(worker, 'K1', at('12:30:00'))).toBe(false)
    expect(await broken(worker, 'K2', at('12:01:00'))).toBe(false)
  })

  it('does not stand for a colleague, the same person elsewhere, or the same name of another issuer', async () => {
    for (const change of [{ subject: 'two' }, { organisation: 'LA2-CSC' }, { issuer: 'https://other.example' }])
      expect(await broken({ ...worker, ...change }, 'K1', at('12:01:00'))).toBe(false)
  })

  it('opens nothing where two persons are wanted until the one who was named confirms', async () => {
    const id = await register.open(session('K2', 'two'), worker, true, told, opened)
    expect(await broken(worker, 'K2', at('12:01:00'))).toBe(false)
    for (const other of [worker, { ...colleague, subject: 'three' }, { ...colleague, organisation: 'LA2-CSC' }])
      expect(await register.confirm(id, other, at('12:02:00'))).toBe(false)
    expect(await register.confirm(id, colleague, at('12:03:00'))).toBe(true)
    expect(await register.confirm(id, colleague, at('12:04:00'))).toBe(false)
    expect(await broken(worker, 'K2', at('12:05:00'))).toBe(true)
    expect(await broken(colleague, 'K2', at('12:05:00'))).toBe(false)
  })

  it('is not confirmed when its time has run out', async () => {
    const id = await register.open(session('K3', 'two'), worker, true, told, opened)
    expect(await register.confirm(id, colleague, at('12:30:00'))).toBe(false)
  })

  it('is written with its notices and review or not at all', async () => {
    const before = await countOf('break_glass')
    await expect(
      register.open({ ...session('K3'), minutes: Number.NaN }, worker, false, told, opened),
    ).rejects.toThrow()
    expect(await countOf('break_glass')).toBe(before)
    expect(await countOf('review')).toBe(before)
    expect(await countOf('break_glass_notice')).toBe(before * 2)
  })
})

const countOf = async (table: string): Promise<number> =>
  Number(
    (
      await database.rows({ name: `n_${table}`, text: `select count(*)::text from gateway.${table}`, values: [] })
    )[0]?.[0],
  )

describe('who may', () => {
  for (const role of ['INFORMATION_GOVERNANCE_OFFICER', 'LEGAL_OFFICER', 'ADOPTION_WORKER'] as const)
    it(`break the glass: not ${role}`, () =>
      expect(mayBreakGlass({ role, purpose: 'EMERGENCY' })).toBe('ROLE_NOT_PERMITTED'))

  for (const purpose of ['AUDIT', 'SUBJECT_ACCESS', 'RESEARCH'] as const)
    it(`break the glass: nobody for ${purpose}`, () =>
      expect(mayBreakGlass({ role: 'SOCIAL_WORKER', purpose })).toBe('PURPOSE_NOT_PERMITTED'))

  it('name a second person: not oneself, and somebody where two are wanted', () => {
    const input = { childId: 'K1', reason: 'Danger', minutes: 30 }
    expect(() => newBreakGlass(input, worker, true)).toThrow('second person')
    expect(() => newBreakGlass({ ...input, secondPerson: 'one' }, worker, true)).toThrow('another one')
    expect(newBreakGlass({ ...input, secondPerson: ' two ' }, worker, true).secondPerson).toBe('two')
  })

  it('close a review: governance of the reviewing authority, and never who broke the glass', () => {
    const review = { la: 'LA2', broke: { issuer: worker.issuer, subject: 'one' } }
    const officer = callerOf({ role: 'INFORMATION_GOVERNANCE_OFFICER', subject: 'ig' })
    expect(mayReview(officer, review)).toBe('ALLOWED')
    expect(mayReview({ ...officer, subject: 'one' }, review)).toBe('OWN_SESSION')
    expect(mayReview({ ...officer, la: 'LA5' }, review)).toBe('NOT_RESPONSIBLE')
    expect(mayReview({ ...officer, la: null }, { ...review, la: null })).toBe('NOT_RESPONSIBLE')
    expect(mayReview({ ...officer, role: 'TEAM_MANAGER' }, review)).toBe('ROLE_NOT_PERMITTED')
  })
})

describe('broken glass', () => {
  const policy = compilePolicy(readPack())
  const never: readonly Label[] = [
    'ADOPTION',
    'LEGAL_PRIVILEGE',
    'REFERRER_IDENTITY',
    'WITNESS',
    'VICTIM_ANONYMITY',
    'CHILD_CONFIDENCE',
  ]
  const facts = (change: Partial<ChildFacts>) => childFactsOf({ relationship: 'NONE', ...change })
  const situations = (['NONE', 'EPISODE'] as const).flatMap((relationship) =>
    [true, false].flatMap((agreement) =>
      (['NONE', 'REASONABLE_CAUSE'] as const).map((harm) => ({ relationship, agreement, harm })),
    ),
  )
  const pack = readPack()

  for (const role of roles)
    it(`adds nothing for ${role} that it never reveals, and takes nothing away`, () => {
      const wrong: string[] = []
      const asked = (purpose: Purpose, home: AgencyType, label: Label, change: Partial<ChildFacts>, row = plainRow) =>
        decide(pack, {
          caller: { role, purpose, agencyType: typeOfRole[role] },
          child: facts(change),
          label,
          level: 'CONTENT',
          home,
          own: typeOfRole[role] === home,
          row,
          consent: 'NONE',
        }).outcome
      for (const purpose of purposes)
        for (const situation of situations)
          for (const home of ['HEALTH', 'POLICE', 'SOCIAL_CARE'] as const)
            for (const label of labels) {
              const without = asked(purpose, home, label, situation)
              const broken = asked(purpose, home, label, { ...situation, breakGlass: true })
              const told = `${purpose} ${home} ${label} ${Object.values(situation)}: ${without}, ${broken}`
              if (without === 'PERMIT' && broken !== 'PERMIT') wrong.push(told)
              if (never.includes(label) && broken !== without) wrong.push(told)
              if (pathOfPurpose[purpose] === 'CLOSED' && broken === 'PERMIT') wrong.push(told)
              for (const row of [
                { ...plainRow, ncnd: true },
                { ...plainRow, conditions: true },
              ])
                if (
                  asked(purpose, home, label, { ...situation, breakGlass: true }, row) !==
                  asked(purpose, home, label, situation, row)
                )
                  wrong.push(`${told} of a marked row`)
            }
      expect(wrong).toEqual([])
    })

  it('does not lift a holder’s decision', () => {
    const hold = {
      id: 'H',
      agency: 'health',
      organisation: 'NHS-LA2-GP',
      kind: 'DETRIMENT',
      recordId: null,
      label: 'HEALTH_GENERAL',
      reviewOn: '',
    } as const
    const source = { agency: 'health', home: 'HEALTH', labels: [...labels] } as const
    const held = facts({ breakGlass: true, holds: [hold] })
    const grant = policy.grantFor(callerOf({ purpose: 'EMERGENCY' }), held, source, '2026-11-20T00:00:00Z')
    expect(grant.headline & bitOf('HEALTH_GENERAL')).toBe(0)
  })
})
