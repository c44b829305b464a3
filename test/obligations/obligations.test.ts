import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry, EntryAgency } from '../../src/audit/entry.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { isSilent, mayReadNotices, noticesOfEntry } from '../../src/obligations/accessNotices.ts'
import { LogReader } from '../../src/obligations/logReader.ts'
import { obligationsOfEntry } from '../../src/obligations/obligations.ts'
import { obligationsOfView } from '../../src/obligations/obligationsOfView.ts'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import type { ChildFacts } from '../../src/policy/facts.ts'
import { labels } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import { roles } from '../../src/policy/vocabulary.ts'
import { callerOf } from '../registers/people.ts'
import { auditEntryFor, auditKey } from '../support/auditEntry.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'

const part = (change: Partial<EntryAgency> = {}): EntryAgency => ({
  state: 'ANSWERED',
  headline: [],
  content: [],
  redacted: [],
  withheld: [],
  records: 0,
  digest: null,
  ...change,
})

interface Told {
  readonly id?: string
  readonly at?: string
  readonly caller?: Partial<AuditEntry['caller']>
  readonly facts?: AuditEntry['children'][number]['facts']
  readonly health?: Partial<EntryAgency>
  readonly outcome?: AuditEntry['outcome']
}
const leaf = ({
  id = 'L1',
  at = '2026-11-20T12:00:00.000Z',
  caller,
  facts,
  health,
  outcome = 'DISCLOSED',
}: Told): AuditEntry => {
  const plain = auditEntryFor(id)
  return {
    ...plain,
    at,
    outcome,
    caller: { ...plain.caller, ...caller },
    children: [
      {
        id: 'C1',
        asOf: at,
        facts: { responsibleLa: 'LA2', breakGlass: false, ...facts },
        agencies: { health: part(health) },
      },
    ],
  }
}
const owed = (kind: string, label = 'HEALTH_MENTAL' as const) => ({ health: { obligations: [{ kind, label }] } })

describe('duties from a leaf', () => {
  const lines = [
    ['RAISE_S47_PROMPT', 'organisation:LA2-MASH', null, null, '2026-11-20'],
    ['RECORD_OVERRIDE_REASON', 'organisation:LA2-MASH', null, null, '2026-11-21'],
    ['INFORM_CHILD_UNLESS_UNSAFE', 'organisation:LA2-MASH', null, null, '2026-11-25'],
    ['ESCALATE_TO_HOLDER', 'organisation:LA2-MASH', 'health', 'HEALTH_MENTAL', '2026-11-21'],
    ['HOLDER_TO_DECIDE', 'agency:health', 'health', 'HEALTH_MENTAL', '2026-11-21'],
    ['TELL_HOLDER_OF_CONSENT', 'agency:health', 'health', 'HEALTH_MENTAL', '2026-11-25'],
  ] as const
  for (const [kind, owner, agency, label, dueOn] of lines)
    it(`${kind} is owed by ${owner} until ${dueOn}`, () =>
      expect(obligationsOfEntry(leaf(owed(kind)))).toEqual([
        expect.objectContaining({ kind, owner, agency, label, dueOn, childId: 'C1', leafId: 'L1' }),
      ]))

  it('is to chase an agency that did not answer', () => {
    for (const state of ['UNAVAILABLE', 'STALE'])
      expect(obligationsOfEntry(leaf({ health: { state } }))).toEqual([
        expect.objectContaining({ kind: 'CHASE_MISSING_AGENCY', agency: 'health' }),
      ])
    expect(obligationsOfEntry(leaf({ health: { state: 'NOT_CONNECTED' } }))).toEqual([])
  })

  it('are none of a refusal, of a failure, of plain reading, and of a word that is no duty', () => {
    for (const told of [
      { ...owed('HOLDER_TO_DECIDE'), outcome: 'REFUSED' },
      { ...owed('HOLDER_TO_DECIDE'), outcome: 'FAILED' },
      {},
      owed('DROP_TABLE'),
      // The session writes its own.
      owed('ALERT_PRIVACY_OFFICER'),
    ] as const)
      expect(obligationsOfEntry(leaf(told))).toEqual([])
  })

  it('are one for one refusal however often and when it is read, and another for another', () => {
    const id = (consents: string, at?: string) =>
      obligationsOfEntry(leaf({ ...owed('RECORD_OVERRIDE_REASON'), facts: { consents }, ...(at ? { at } : {}) }))[0]?.id
    expect(id('a:REFUSED b:GIVEN', '2026-12-01T00:00:00.000Z')).toBe(id('a:REFUSED'))
    expect(id('c:REFUSED')).not.toBe(id('a:REFUSED'))
    expect(id('a:REFUSED c:WITHDRAWN')).not.toBe(id('a:REFUSED'))
  })

  it('tell a holder once of each consent that opened its record, and of no refusal', () => {
    const id = (consents: string) =>
      obligationsOfEntry(leaf({ ...owed('TELL_HOLDER_OF_CONSENT'), facts: { consents } }))[0]?.id
    expect(id('a:GIVEN b:REFUSED')).toBe(id('a:GIVEN'))
    expect(id('c:GIVEN')).not.toBe(id('a:GIVEN'))
  })

  it('tell each holder once of what an order opened, for whom and under which, and not an authority of its own', () => {
    const ordersSaid = JSON.stringify([
      { id: '7', labels: ['HEALTH_MENTAL'], madeOn: '2026-11-01' },
      { id: '8', labels: [], madeOn: '2026-11-02' },
    ])
    const health = { disclosed: ['HEALTH_MENTAL', 'HEALTH_MENTAL headline', 'HEALTH_GENERAL'] } as const
    const caller = { purpose: 'COURT_ORDER', organisation: 'LA2-CSC' } as const
    const told = (change: Told) => obligationsOfEntry(leaf({ health, caller, facts: { ordersSaid }, ...change }))
    const duty = { kind: 'TELL_HOLDER_OF_ORDER', owner: 'agency:health', agency: 'health', openedFor: 'LA2-CSC' }
    expect(told({})).toEqual([
      expect.objectContaining({ ...duty, label: 'HEALTH_MENTAL', courtOrder: '7' }),
      expect.objectContaining({ ...duty, label: 'HEALTH_MENTAL', courtOrder: '8' }),
      expect.objectContaining({ ...duty, label: 'HEALTH_GENERAL', courtOrder: '8' }),
    ])
    expect(told({ at: '2026-12-01T00:00:00.000Z' }).map(({ id }) => id)).toEqual(told({}).map(({ id }) => id))
    expect(told({ caller: { ...caller, organisation: 'LA3-CSC' } })[0]?.id).not.toBe(told({})[0]?.id)
    const nothings: readonly Told[] = [
      { caller: { ...caller, purpose: 'ASSESSMENT_S17' } },
      { facts: {} },
      { health: {} },
      { outcome: 'REFUSED' },
    ]
    for (const nothing of nothings) expect(told(nothing)).toEqual([])
    const entry = leaf({ caller, facts: { ordersSaid, responsibleLa: 'LA2' } })
    const own = {
      ...entry,
      children: entry.children.map((child) => ({ ...child, agencies: { socialCare: part(health) } })),
    }
    expect(obligationsOfEntry(own)).toEqual([])
  })

  it('come again on another day where the day is what they are about', () => {
    const id = (at: string) => obligationsOfEntry(leaf({ ...owed('RAISE_S47_PROMPT'), at }))[0]?.id
    expect(id('2026-11-20T08:00:00.000Z')).toBe(id('2026-11-20T20:00:00.000Z'))
    expect(id('2026-11-21T08:00:00.000Z')).not.toBe(id('2026-11-20T20:00:00.000Z'))
  })
})

describe('notices from a leaf', () => {
  const outsider = {
    organisation: '900005',
    role: 'DESIGNATED_SAFEGUARDING_LEAD',
    purpose: 'EDUCATION_SUPPORT',
  } as const

  it('tell the authority that was responsible then of whoever is not of it', () =>
    expect(noticesOfEntry(leaf({ caller: outsider }))).toEqual([
      { leafId: 'L1', childId: 'C1', la: 'LA2', at: '2026-11-20T12:00:00.000Z', breakGlass: false, ...outsider },
    ]))

  it('are none of its own organisations, of a child for whom none is responsible, and of what was refused', () => {
    expect(noticesOfEntry(leaf({}))).toEqual([])
    expect(noticesOfEntry(leaf({ caller: outsider, facts: { responsibleLa: 'NONE' } }))).toEqual([])
    expect(noticesOfEntry(leaf({ caller: outsider, outcome: 'REFUSED' }))).toEqual([])
  })

  for (const role of ['SARC_CLINICIAN', 'CAMHS_CLINICIAN'] as const)
    it(`are silent of ${role} for any purpose, save under broken glass`, () => {
      expect(isSilent({ role, purpose: 'S47_ENQUIRY' }, false)).toBe(true)
      expect(isSilent({ role, purpose: 'DIRECT_CARE' }, true)).toBe(false)
    })

  it('are silent of general practice in scheduled care alone', () => {
    expect(isSilent({ role: 'GP', purpose: 'DIRECT_CARE' }, false)).toBe(true)
    expect(isSilent({ role: 'GP', purpose: 'EMERGENCY' }, false)).toBe(false)
    expect(isSilent({ role: 'SCHOOL_NURSE', purpose: 'DIRECT_CARE' }, false)).toBe(false)
  })

  const readers = new Set([
    'INFORMATION_GOVERNANCE_OFFICER',
    'SOCIAL_WORKER',
    'TEAM_MANAGER',
    'REVIEWING_OFFICER',
    'MASH_ANALYST',
  ])
  for (const role of roles)
    it(`are ${readers.has(role) ? '' : 'not '}for ${role} of the authority, and never of another`, () => {
      const asked = { role, la: 'LA2', purpose: 'AUDIT' } as const
      expect(mayReadNotices(asked, 'LA2') === 'ALLOWED').toBe(readers.has(role))
      expect(mayReadNotices(asked, 'LA5')).not.toBe('ALLOWED')
      expect(mayReadNotices({ ...asked, purpose: 'SUBJECT_ACCESS' }, 'LA2')).not.toBe('ALLOWED')
    })
})

describe('the reader of the log', () => {
  let read: LogReader
  let another: LogReader

  beforeAll(async () => {
    const database = await openMigratedEmbedded()
    const now = new Date('2026-11-20T12:00:00Z')
    const clock = { now: () => now, today: () => now }
    const audit = await openAuditLog({ database, key: auditKey(), origin: 'test.example/audit', clock })
    const outside = { organisation: 'F4', role: 'POLICE_PUBLIC_PROTECTION', purpose: 'STRATEGY_DISCUSSION' } as const
    await Promise.all(
      Array.from({ length: 620 }, (_, index) =>
        audit.append(leaf({ id: `L${index}`, caller: outside, ...owed('RAISE_S47_PROMPT') })),
      ),
    )
    read = new LogReader(database)
    another = new LogReader(database)
  })

  it('writes each duty and notice once, though two read at once and the log is longer than a step', async () => {
    await Promise.all([read.follower.follow(), another.follower.follow()])
    await read.catchUp()
    expect(await read.ofChild('C1')).toHaveLength(1)
    const notices = await read.notices('LA2', null, { first: 1000, after: null })
    expect(notices).toHaveLength(620)
    expect(new Set(notices.map(({ leafId }) => leafId)).size).toBe(620)
  })

  it('keeps a discharge when the same duty arises again', async () => {
    const [duty] = await read.ofChild('C1')
    expect(await read.discharge(duty?.id ?? '', 'WORKER, F4', 'Asked', new Date())).toBe(true)
    expect(await read.discharge(duty?.id ?? '', 'WORKER, F4', 'Again', new Date())).toBe(false)
    await read.catchUp()
    expect(await read.ofOwners(['organisation:F4'], { first: 10, after: null })).toEqual([])
  })
})

const modules = await loadAgencies()

describe('duties of a view', () => {
  const policy = compilePolicy(readPack())
  const dutiesFor = (change: Parameters<typeof callerOf>[0], facts: Partial<ChildFacts> = {}) => {
    const child = childFactsOf({ childId: 'C1', ...facts })
    const caller = callerOf(change)
    return obligationsOfView({
      facts: child,
      grants: eachAgency((agency) =>
        policy.grantFor(
          caller,
          child,
          { agency, home: modules[agency].contract.home, labels: [...labels] },
          '2026-11-20T00:00:00Z',
        ),
      ),
      obligationsOf: policy.obligationsOf,
      sharing: [],
      states: { health: 'UNAVAILABLE' },
      ownAgency: null,
      organisation: caller.organisation,
    })
  }
  const hold = {
    id: 'H',
    agency: 'health',
    organisation: 'NHS-LA2-GP',
    kind: 'DETRIMENT',
    recordId: null,
    reviewOn: '2026-12-01',
  } as const
  const school = { agencyType: 'EDUCATION', role: 'DESIGNATED_SAFEGUARDING_LEAD', purpose: 'MASH_ENQUIRY' } as const

  it('name the hold that was told and not the one that is hidden', () => {
    const escalations = (label: 'HEALTH_GENERAL' | 'HEALTH_SEXUAL') =>
      dutiesFor(label === 'HEALTH_GENERAL' ? {} : school, { holds: [{ ...hold, label }] }).filter(
        ({ kind }) => kind === 'ESCALATE_TO_HOLDER',
      )
    expect(escalations('HEALTH_GENERAL')).toEqual([
      expect.objectContaining({ agency: 'health', label: 'HEALTH_GENERAL' }),
    ])
    expect(escalations('HEALTH_SEXUAL')).toEqual([])
  })

  it('are the same whether or not something hidden is held back', () =>
    expect(dutiesFor(school, { holds: [{ ...hold, label: 'HEALTH_SARC' }] })).toEqual(dutiesFor(school)))

  it('are of a hold on one record what they are of one on its kind, and nothing where that kind is not known', () => {
    const one = { ...hold, label: 'HEALTH_GENERAL', recordId: 'r1' } as const
    expect(dutiesFor({}, { holds: [one] })).toEqual(dutiesFor({}, { holds: [{ ...one, recordId: null }] }))
    expect(dutiesFor({}, { holds: [one] })).not.toEqual(dutiesFor({}))
    expect(dutiesFor({}, { holds: [{ ...one, label: null }] })).toEqual(dutiesFor({}))
    expect(dutiesFor(school, { holds: [{ ...one, label: 'HEALTH_SARC' }] })).toEqual(dutiesFor(school))
  })

  it('are to chase who did not answer, and to tell fact from opinion', () =>
    expect(dutiesFor({}).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['CHASE_MISSING_AGENCY', 'SHOW_FACT_OPINION']),
    ))

  it('are not of reading for one who may read nothing', () =>
    expect(dutiesFor({ ...school, purpose: 'EMERGENCY' }, { relationship: 'NONE' }).map(({ kind }) => kind)).toEqual([
      'CHASE_MISSING_AGENCY',
    ]))
})
