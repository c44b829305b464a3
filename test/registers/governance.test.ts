import { beforeAll, describe, expect, it } from 'vitest'
import { resolvers as log } from '../../resolvers/governance/accessLog.ts'
import { type GovernanceContext, resolvers } from '../../resolvers/governance/registers.ts'
import { openRegisters, type Registers } from '../../resolvers/governance/services.ts'
import { resolvers as seen } from '../../resolvers/governance/whatMayBeSeen.ts'
import type { AuditLog, EntryChild } from '../../src/audit/entry.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { childFacts } from '../../src/facts/childFacts.ts'
import { factsFrom } from '../../src/facts/readGatewayFacts.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import type { Clock } from '../../src/foundation/clock.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Caller } from '../../src/policy/caller.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import { labels } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import type { Database } from '../../src/store/database.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'
import { callerOf, caseStatus, registry } from './people.ts'

const now = new Date('2026-11-20T12:00:00Z')
const clock: Clock = { now: () => now, today: () => now }
const policy = compilePolicy(readPack())
const modules = await loadAgencies()
const contracts = eachAgency((agency) => modules[agency].contract)
const childId = 'C99'
const photo = 'see data:image/png;base64,iVBORw0KGgo='

const worker = callerOf()
const lead = callerOf({
  organisation: '900005',
  agencyType: 'EDUCATION',
  la: 'LA5',
  role: 'DESIGNATED_SAFEGUARDING_LEAD',
  purpose: 'EDUCATION_SUPPORT',
})
const doctor = callerOf({ organisation: 'NHS-LA2-GP', agencyType: 'HEALTH', role: 'GP', purpose: 'DIRECT_CARE' })
const officer = callerOf({
  organisation: 'F1',
  agencyType: 'POLICE',
  la: null,
  force: 'F1',
  role: 'POLICE_PUBLIC_PROTECTION',
  purpose: 'STRATEGY_DISCUSSION',
})
const hub = callerOf({ organisation: 'LA2-MASH', agencyType: 'MASH', role: 'MASH_ANALYST', purpose: 'MASH_ENQUIRY' })
const auditor = callerOf({
  organisation: 'LA2-IG',
  agencyType: 'GOVERNANCE',
  role: 'INFORMATION_GOVERNANCE_OFFICER',
  purpose: 'AUDIT',
})
const stranger = callerOf({ organisation: 'LA3-CSC', la: 'LA3' })
const emergency = callerOf({ organisation: 'LA3-CSC', la: 'LA3', purpose: 'EMERGENCY' })

let database: Database
let registers: Registers
let audit: AuditLog

const contextOf = (caller: Caller): GovernanceContext => ({
  requestId: 'r1',
  auditId: 'a1',
  caller,
  clock,
  registry,
  contracts,
  audit,
  auditTrail: { erased: async () => null },
  note: () => undefined,
  governance: {
    ...registers,
    policy,
    placed: () => null,
    forget: () => undefined,
    personsInFile: async () => [],
    recordsBehindHolds: async () => new Set(['r7']),
    plainLabelOf: async () => null,
    facts: async (id) => {
      const known = (await factsFrom(database)({ caller: caller, childIds: [id], now: now, today: now })).known.get(id)
      return known ? childFacts(known, caseStatus(), caller, registry, now) : null
    },
    twoPersons: false,
    grant: (facts, agency) =>
      policy.grantFor(caller, facts, { agency, home: contracts[agency].home, labels: [...labels] }, now.toISOString()),
    partyReading: () => 'NAMED',
    maySign: () => true,
    mayReadWords: () => true,
    elsewhere: () => () => ({ purposes: [], roles: [] }),
    subjectFile: async () => ({ sections: [], messages: [], absent: [], elsewhere: [], missing: [] }),
    fieldOf: (coordinate) =>
      coordinate === 'SarcAttendance.note'
        ? { agency: 'health', home: 'HEALTH', label: 'HEALTH_SARC', level: 'CONTENT' }
        : null,
  },
})

const { Mutation } = resolvers
const Query = { ...resolvers.Query, ...log.Query, ...seen.Query }
const consentInput = {
  childId,
  state: 'GIVEN',
  giver: 'PARENT',
  competence: 'NOT_ASSESSED',
  evidence: 'Said at home',
} as const
const holdInput = {
  childId,
  kind: 'DETRIMENT',
  label: 'HEALTH_GENERAL',
  reason: 'Harm to treatment',
  reviewOn: '2026-12-01',
} as const
const relationshipInput = {
  childId,
  organisation: 'NHS-LA5-CAMHS',
  kind: 'EPISODE',
  basis: 'Referral accepted',
} as const
const refusedWith = (code: string, reason?: string) =>
  expect.objectContaining({ code, ...(reason ? { extensions: { reason } } : {}) })
const rowsIn = async (table: string) =>
  Number(
    (
      await database.rows({ name: `count_${table}`, text: `select count(*)::text from gateway.${table}`, values: [] })
    )[0]?.[0],
  )

beforeAll(async () => {
  database = await openMigratedEmbedded()
  registers = openRegisters(database)
  audit = await openAuditLog({ database, key: auditKey(), origin: 'test', clock })
  await database.knex('gateway.child').insert({ child_id: childId, area_la: 'LA2', born_on: '2013-06-27' })
  await database
    .knex('gateway.link')
    .insert({ child_id: childId, agency: 'police', person_id: 'F1-N-1', since: '2026-01-01T00:00:00Z' })
  await database.knex('gateway.relationship').insert([
    { id: 'R1', child_id: childId, organisation: '900005', kind: 'ON_ROLL', from_on: '2025-09-01', basis: 'Roll' },
    {
      id: 'R2',
      child_id: childId,
      organisation: 'NHS-LA2-GP',
      kind: 'ON_ROLL',
      from_on: '2019-03-11',
      basis: 'Registration',
    },
    {
      id: 'R3',
      child_id: childId,
      organisation: 'NHS-LA5-SARC',
      kind: 'EPISODE',
      from_on: '2026-07-12',
      basis: 'Attendance',
    },
  ])
  return async () => {
    await audit.close()
    await database.close()
  }
})

describe('every register', () => {
  it('answers a stranger as if the child were unknown', async () => {
    for (const id of [childId, 'C-none'])
      for (const asked of [Query.consents, Query.holds, Query.relationships])
        await expect(asked(null, { childId: id }, contextOf(stranger))).rejects.toEqual(refusedWith('NOT_FOUND'))
    await expect(Query.accessLog(null, { childId, first: 5 }, contextOf(stranger))).rejects.toEqual(
      refusedWith('NOT_FOUND'),
    )
    await expect(Query.explain(null, { childId, field: 'SarcAttendance.note' }, contextOf(stranger))).rejects.toEqual(
      refusedWith('NOT_FOUND'),
    )
  })

  it('refuses who has no relationship, an emergency notwithstanding', async () => {
    await expect(Mutation.recordConsent(null, { input: consentInput }, contextOf(emergency))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'NO_RELATIONSHIP'),
    )
    await expect(Mutation.recordHold(null, { input: holdInput }, contextOf(emergency))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'NO_RELATIONSHIP'),
    )
  })

  it('stores nothing that carries an image', async () => {
    const before = [await rowsIn('consent'), await rowsIn('hold'), await rowsIn('relationship')]
    const prohibited = refusedWith('IMAGERY_PROHIBITED')
    await expect(
      Mutation.recordConsent(null, { input: { ...consentInput, evidence: photo } }, contextOf(worker)),
    ).rejects.toEqual(prohibited)
    await expect(
      Mutation.recordHold(null, { input: { ...holdInput, reason: photo } }, contextOf(doctor)),
    ).rejects.toEqual(prohibited)
    await expect(
      Mutation.recordRelationship(null, { input: { ...relationshipInput, basis: photo } }, contextOf(worker)),
    ).rejects.toEqual(prohibited)
    expect([await rowsIn('consent'), await rowsIn('hold'), await rowsIn('relationship')]).toEqual(before)
  })
})

describe('a bar', () => {
  it('is known of many children at once: of that person, at that issuer, until it ends', async () => {
    const person = { subject: 'a relative', issuer: 'https://one.example' }
    const by = { by: 'TEAM_MANAGER, LA2-CSC', subject: 'a manager', issuer: 'https://one.example' }
    const bar = { childId, ...person, kind: 'RELATIVE', reason: 'The uncle of the boy' } as const
    const id = await registers.decisions.recordBar(bar, by, now)
    const barred = (who: typeof person) => registers.decisions.barredFrom(['C98', childId], who)
    expect([...(await barred(person))]).toEqual([childId])
    expect([...(await barred({ ...person, issuer: 'https://another.example' }))]).toEqual([])
    expect([...(await barred({ ...person, subject: 'another' }))]).toEqual([])
    expect([...(await registers.decisions.barredFrom([], person))]).toEqual([])
    await registers.decisions.end('bar', id, 'It was another boy', by, now)
    expect([...(await barred(person))]).toEqual([])
  })
})

describe('consents', () => {
  it('that were given are refused without the evidence for it', async () => {
    for (const evidence of [null, '', '  '])
      await expect(
        Mutation.recordConsent(null, { input: { ...consentInput, evidence } }, contextOf(worker)),
      ).rejects.toEqual(refusedWith('BAD_INPUT'))
  })

  it('are recorded with role and organisation, read, and withdrawn once', async () => {
    const consent = await Mutation.recordConsent(null, { input: consentInput }, contextOf(worker))
    expect(consent).toMatchObject({ state: 'GIVEN', recordedBy: 'SOCIAL_WORKER, LA2-CSC', labels: [], recipient: null })
    expect(await Query.consents(null, { childId }, contextOf(lead))).toContainEqual(consent)
    expect(await Mutation.withdrawConsent(null, { id: consent.id }, contextOf(lead))).toMatchObject({
      state: 'WITHDRAWN',
    })
    await expect(Mutation.withdrawConsent(null, { id: consent.id }, contextOf(lead))).rejects.toEqual(
      refusedWith('CONFLICT'),
    )
  })

  it('are not for the police, nor for an auditor', async () => {
    await expect(Query.consents(null, { childId }, contextOf(officer))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'ORGANISATION_NOT_PERMITTED'),
    )
    await expect(Query.consents(null, { childId }, contextOf(auditor))).rejects.toEqual(refusedWith('FORBIDDEN'))
  })

  it('refuse a state that is not said by anyone, and an end in the past', async () => {
    for (const change of [{ state: 'WITHDRAWN' }, { state: 'EXPIRED' }, { expiresOn: '2026-11-19' }] as const)
      await expect(
        Mutation.recordConsent(null, { input: { ...consentInput, ...change } }, contextOf(worker)),
      ).rejects.toEqual(refusedWith('BAD_INPUT'))
  })

  it('about a hidden label are not there for the role from which it is hidden', async () => {
    const consent = await Mutation.recordConsent(
      null,
      { input: { ...consentInput, labels: ['HEALTH_SARC'] } },
      contextOf(worker),
    )
    expect(await Query.consents(null, { childId }, contextOf(lead))).not.toContainEqual(
      expect.objectContaining({ id: consent.id }),
    )
    await expect(Mutation.withdrawConsent(null, { id: consent.id }, contextOf(lead))).rejects.toEqual(
      refusedWith('NOT_FOUND'),
    )
    await expect(Mutation.withdrawConsent(null, { id: 'none' }, contextOf(lead))).rejects.toEqual(
      refusedWith('NOT_FOUND'),
    )
  })
})

describe('holds', () => {
  it('are recorded by the holder, listed to it, and released by it once', async () => {
    const hold = await Mutation.recordHold(null, { input: { ...holdInput, recordId: 'health:r7' } }, contextOf(doctor))
    expect(hold).toMatchObject({ agency: 'HEALTH', recordId: 'health:r7', owner: 'GP, NHS-LA2-GP', releasedAt: null })
    expect((await registers.holds.byId(hold.id))?.recordId).toBe('r7')
    expect(await Query.holds(null, { childId }, contextOf(doctor))).toContainEqual(hold)
    expect(await Query.holds(null, { childId }, contextOf(worker))).toEqual([])
    await expect(Mutation.releaseHold(null, { id: hold.id, reason: 'x' }, contextOf(worker))).rejects.toEqual(
      refusedWith('NOT_FOUND'),
    )
    expect(await Mutation.releaseHold(null, { id: hold.id, reason: 'Reviewed' }, contextOf(doctor))).toMatchObject({
      id: hold.id,
    })
    await expect(Mutation.releaseHold(null, { id: hold.id, reason: 'Again' }, contextOf(doctor))).rejects.toEqual(
      refusedWith('CONFLICT'),
    )
  })

  it("are refused on another agency's record, by a hub, and without what they need", async () => {
    const record = (caller: Caller, change: object) =>
      Mutation.recordHold(null, { input: { ...holdInput, ...change } }, contextOf(caller))
    await expect(record(doctor, { recordId: 'police:r1' })).rejects.toEqual(refusedWith('FORBIDDEN', 'NOT_THE_HOLDER'))
    for (const recordId of ['health:of-another-practice', 'health:none'])
      await expect(record(doctor, { recordId })).rejects.toEqual(refusedWith('FORBIDDEN', 'NOT_THE_HOLDER'))
    await expect(record(hub, {})).rejects.toEqual(refusedWith('FORBIDDEN', 'ORGANISATION_NOT_PERMITTED'))
    for (const change of [
      { label: null },
      { reason: '  ' },
      { reviewOn: '2026-11-19' },
      { reviewOn: '2027-11-21' },
      { kind: 'EMBARGO' },
      { kind: 'EMBARGO', until: '2026-11-20T11:00:00Z' },
    ])
      await expect(record(doctor, change)).rejects.toEqual(refusedWith('BAD_INPUT'))
  })
})

describe('relationships', () => {
  it('are recorded and ended by the responsible authority', async () => {
    const made = await Mutation.recordRelationship(null, { input: relationshipInput }, contextOf(worker))
    expect(made).toMatchObject({ confirmed: true, from: '2026-11-20', to: null, organisation: 'NHS-LA5-CAMHS' })
    expect(await Mutation.endRelationship(null, { id: made.id }, contextOf(worker))).toMatchObject({ to: '2026-11-20' })
    await expect(Mutation.endRelationship(null, { id: made.id }, contextOf(worker))).rejects.toEqual(
      refusedWith('CONFLICT'),
    )
  })

  it('of a child whose place must not be found open nothing until a second person has said the same', async () => {
    const said = { ...relationshipInput, organisation: 'LA3-CSC' }
    const sayAs = async (caller: Caller, input: typeof said) => {
      const { governance, ...context } = contextOf(caller)
      const facts: typeof governance.facts = async (id) => {
        const known = await governance.facts(id)
        return known && { ...known, placeProtected: true }
      }
      return Mutation.recordRelationship(null, { input }, { ...context, governance: { ...governance, facts } })
    }
    const manager = callerOf({ subject: 'a second person', role: 'TEAM_MANAGER' })
    const before = await rowsIn('relationship')
    for (const input of [said, said]) expect(await sayAs(worker, input)).toMatchObject({ confirmed: false })
    expect(await sayAs(manager, { ...said, organisation: 'LA5-CSC' })).toMatchObject({ confirmed: false })
    expect(await rowsIn('relationship')).toBe(before)
    const made = await sayAs(manager, said)
    expect(made).toMatchObject({ organisation: 'LA3-CSC', confirmed: true })
    expect(await rowsIn('relationship')).toBe(before + 1)
    await Mutation.endRelationship(null, { id: made.id }, contextOf(worker))
  })

  it('wait for a second person of any child where the first may not know of protected places', async () => {
    const analysts = [hub, { ...hub, subject: 'a second analyst' }]
    const said = { ...relationshipInput, organisation: 'LA1-CSC' }
    const made = []
    for (const analyst of analysts)
      made.push(await Mutation.recordRelationship(null, { input: said }, contextOf(analyst)))
    expect(made).toMatchObject([{ confirmed: false }, { confirmed: true }])
    await Mutation.endRelationship(null, { id: `${made[1]?.id}` }, contextOf(worker))
  })

  it('want the same first day of both', async () => {
    const said = { ...relationshipInput, organisation: 'LA4-CSC' }
    const first = { ...said, from: '2026-11-01' }
    expect(await Mutation.recordRelationship(null, { input: first }, contextOf(hub))).toMatchObject({
      confirmed: false,
    })
    const other = contextOf({ ...hub, subject: 'a second analyst' })
    expect(await Mutation.recordRelationship(null, { input: said }, other)).toMatchObject({ confirmed: false })
    expect(await Mutation.recordRelationship(null, { input: first }, other)).toMatchObject({ confirmed: true })
  })

  it('are not recorded by a service for itself', async () => {
    await expect(
      Mutation.recordRelationship(null, { input: { ...relationshipInput, organisation: '900005' } }, contextOf(lead)),
    ).rejects.toEqual(refusedWith('FORBIDDEN', 'ROLE_NOT_PERMITTED'))
    await expect(Mutation.endRelationship(null, { id: 'R3' }, contextOf(doctor))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'ROLE_NOT_PERMITTED'),
    )
  })

  it('are refused for the future and for a code that is none', async () => {
    for (const change of [{ from: '2026-12-01' }, { organisation: "x'; --" }, { basis: '' }])
      await expect(
        Mutation.recordRelationship(null, { input: { ...relationshipInput, ...change } }, contextOf(worker)),
      ).rejects.toEqual(refusedWith('BAD_INPUT'))
  })

  it('tell a school of its own alone, so that no service is given away', async () => {
    expect((await Query.relationships(null, { childId }, contextOf(lead))).map((each) => each.id)).toEqual(['R1'])
    expect((await Query.relationships(null, { childId }, contextOf(hub))).map((each) => each.id)).toContain('R3')
  })
})

describe('the access log', () => {
  const agency = {
    state: 'COMPLETE',
    headline: ['POLICE_RECORD', 'POLICE_INTELLIGENCE'],
    content: ['POLICE_INTELLIGENCE'],
    redacted: ['THIRD_PARTY'],
    withheld: [{ label: 'EQUALITY', level: 'CONTENT', reason: 'W_ROLE_NOT_PERMITTED' }],
    records: 1,
    digest: null,
  } as const
  const entryChild = (id: string): EntryChild => ({
    id,
    asOf: now.toISOString(),
    facts: {},
    agencies: { police: agency },
  })
  const allocated = callerOf({ organisation: 'LA2-CSC' })

  beforeAll(async () => {
    await audit.append({ ...auditEntryFor('L1', childId), children: [entryChild(childId), entryChild('C98')] })
  })

  it('is read by governance of the authority, in labels and codes', async () => {
    const [event] = await Query.accessLog(null, { childId, first: 50 }, contextOf(auditor))
    expect(event).toMatchObject({
      id: 'L1',
      role: 'MASH_ANALYST',
      disclosed: ['police POLICE_INTELLIGENCE', 'police POLICE_RECORD headline', 'police THIRD_PARTY pseudonym'],
      withheld: ['police EQUALITY W_ROLE_NOT_PERMITTED'],
    })
  })

  it('is read by those to whom the child is allocated, without what is hidden from them', async () => {
    await expect(Query.accessLog(null, { childId, first: 50 }, contextOf(allocated))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'NOT_ALLOCATED'),
    )
    await database.knex('gateway.relationship').insert({
      id: 'R9',
      child_id: childId,
      organisation: 'LA2-CSC',
      kind: 'ALLOCATED',
      from_on: '2026-01-01',
      basis: 'x',
    })
    const events = await Query.accessLog(null, { childId, first: 50 }, contextOf(allocated))
    expect(events[0]?.disclosed).toEqual(['police POLICE_RECORD headline', 'police THIRD_PARTY pseudonym'])
  })

  it('is refused to other roles and for too many', async () => {
    await expect(Query.accessLog(null, { childId, first: 5 }, contextOf(doctor))).rejects.toEqual(
      refusedWith('FORBIDDEN', 'ROLE_NOT_PERMITTED'),
    )
    for (const first of [0, -1, 201])
      await expect(Query.accessLog(null, { childId, first }, contextOf(auditor))).rejects.toEqual(
        refusedWith('BAD_INPUT'),
      )
  })
})

describe('explain', () => {
  it('explains a hidden field the same with and without a hold on it', async () => {
    const ask = () => Query.explain(null, { childId, field: 'SarcAttendance.note' }, contextOf(lead))
    const bare = await ask()
    expect(bare).toMatchObject({ outcome: 'WITHHOLD', label: 'HEALTH_SARC', pack: 'england-2024-05' })
    await Mutation.recordHold(null, { input: { ...holdInput, label: 'HEALTH_SARC' } }, contextOf(doctor))
    expect(await ask()).toEqual(bare)
  })

  it('refuses a field that no agency has', async () =>
    await expect(Query.explain(null, { childId, field: 'Child.names' }, contextOf(worker))).rejects.toEqual(
      refusedWith('BAD_INPUT'),
    ))
})
