import { describe, expect, it } from 'vitest'
import { status } from '../../src/childView/banner.ts'
import { involvementNeeds, involvements, toldInvolvements } from '../../src/childView/involvements.ts'
import { readsContent } from '../../src/childView/mayReadContent.ts'
import {
  communication,
  expectedDate,
  identifiers,
  names,
  personField,
} from '../../src/childView/namesAndIdentifiers.ts'
import { sourceReports, type stateOf } from '../../src/childView/sourceReports.ts'
import { withheldFromChild } from '../../src/childView/withheld.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import {
  answered,
  answersOf,
  asOf,
  contractsOf,
  down,
  grantOf,
  grantsOf,
  groundOf,
  registry,
  row,
  told as toldLabel,
} from './fixtures.ts'

const contracts = contractsOf()

describe('names and identifiers', () => {
  const answers = answersOf({
    socialCare: {
      person: [
        row('socialCare:2', { family: 'Novicki', given: 'David', isAlias: true }),
        row('socialCare:1', {
          family: 'Nowicki',
          given: 'Dawid',
          isAlias: false,
          nhsNumber: '9991018212',
          laChildId: '1',
        }),
      ],
    },
    health: {
      person: [
        row('health:1', { family: 'Nowicki', given: 'Dawid', nhsNumber: '9991018212', nhsNumberVerified: true }),
      ],
    },
    education: { person: [row('education:1', { family: null, upn: 'W992501015109' })] },
    adultServices: { person: [row('adultServices:1', { name: 'Mother', family: 'Never' })] },
  })

  it('keeps every spelling, legal names first and the lead agency before others', () => {
    expect(names(answers, contracts).map(({ given, isAlias, agency }) => [given, isAlias, agency])).toEqual([
      ['Dawid', false, 'CHILDRENS_SOCIAL_CARE'],
      ['Dawid', false, 'HEALTH'],
      ['David', true, 'CHILDRENS_SOCIAL_CARE'],
    ])
  })

  it('verifies a number only where the agency that vouches for it gave it', () => {
    expect(identifiers(answers, contracts).map(({ scheme, verified, agency }) => [scheme, verified, agency])).toEqual([
      ['NHS_NUMBER', false, 'CHILDRENS_SOCIAL_CARE'],
      ['LA_CHILD_ID', true, 'CHILDRENS_SOCIAL_CARE'],
      ['NHS_NUMBER', true, 'HEALTH'],
      ['UPN', true, 'EDUCATION'],
    ])
  })

  it('takes sex and date of birth from social care, else from another, else from nobody', () => {
    const given = (agency: 'socialCare' | 'health') => ({
      [agency]: { person: [row(`${agency}:1`, { sex: agency, dateOfBirth: '2013-06-27' })] },
    })
    expect(personField(answersOf({ ...given('socialCare'), ...given('health') }), 'sex')).toBe('socialCare')
    expect(personField(answersOf({ ...given('health'), socialCare: down }), 'sex')).toBe('health')
    expect(personField(answersOf(), 'dateOfBirth')).toBeNull()
  })

  it('takes the expected date from the maternity booking where social care has none', () => {
    const booking = { maternityBookings: [row('health:1', { expectedDate: '2027-01-18' })] }
    expect(expectedDate(answersOf({ health: booking }))).toBe('2027-01-18')
    expect(expectedDate(answersOf({ health: down }))).toBeNull()
  })

  it("never tells an agency's own person id as whose need it is", () => {
    const need = (whose: string) => row('socialCare:1', { language: 'lt', interpreterRequired: true, whose })
    const told = (whose: string) =>
      communication(answersOf({ socialCare: { communication: [need(whose)] } }))[0]?.person
    expect([told('MOTHER'), told('EV-41873'), told('p-1')]).toEqual(['MOTHER', 'NOT_STATED', 'NOT_STATED'])
  })
})

describe('the banner', () => {
  const shared = { 'provenance.la': 'LA2', from: '2025-05-19', to: null }
  const socialCare = {
    legalStatuses: [row('socialCare:1', { ...shared, code: 'C2' })],
    placements: [row('socialCare:2', { ...shared, la: 'LA5', force: null })],
    exploitation: [
      row('socialCare:3', { eventAt: '2026-01-01', toolLevel: 'HIGH', professionalLevel: 'HIGH' }),
      row('socialCare:4', { eventAt: '2026-09-01', toolLevel: 'MEDIUM', professionalLevel: 'VERY_HIGH' }),
    ],
    involvements: [
      row('socialCare:5', {
        ...shared,
        kind: 'LEAD_PROFESSIONAL',
        professional: 'Maria Osei',
        contact: '01632 960112',
      }),
    ],
    referrals: [row('socialCare:6', { closureProposedOn: '2026-11-16', closedOn: null })],
  }
  const education = { enrolments: [row('education:1', { 'provenance.la': 'LA5', from: '2025-09-01', to: null })] }
  const of = (given: Parameters<typeof answersOf>[0], grant = grantOf('socialCare')) =>
    status(
      answersOf(given),
      { grants: { ...grantsOf(), socialCare: grant }, contracts: contractsOf() },
      registry,
      asOf,
      { keepsCase: true, lastKnown: null },
    )

  it('says where the child stands', () => {
    expect(of({ socialCare, education })).toEqual({
      level: 'LOOKED_AFTER',
      levelEvidence: 'socialCare:1',
      responsibleLa: 'LA2',
      areaLa: 'LA5',
      areaForce: 'F4',
      educationLa: 'LA5',
      legalStatus: 'C2',
      cpCategory: null,
      exploitation: 'VERY_HIGH',
      missingNow: false,
      leadProfessional: 'Maria Osei, 01632 960112',
      authoritiesAsLastKnown: false,
      pendingClosure: true,
      asOf,
    })
  })

  it('guesses no level where social care did not answer or may not be read', () => {
    expect(of({ socialCare: down }).level).toBeNull()
    const blind = grantOf('socialCare', { headline: bitOf('CORE_IDENTITY'), content: 0 })
    expect(of({}, blind).level).toBeNull()
    expect(of({}).level).toBe('UNIVERSAL')
  })

  it('says who keeps the case where one value cannot be read and all records are of one authority', () => {
    const unread = new Map([['legalStatuses', new Set(['to'])]])
    const read = (lists: Parameters<typeof plainRecords>[0]) =>
      of({ socialCare: { state: 'ANSWERED', records: plainRecords(lists, unread), holdings: [] } })
    const status = (id: string, la: string) =>
      row(id, { 'provenance.la': la, eventAt: '2026-01-01', code: 'C2', from: '2026-01-01', to: null })
    const plan = row('socialCare:p', { 'provenance.la': 'LA2', eventAt: '2026-01-01', level: 'LOOKED_AFTER' })
    expect(read({ legalStatuses: [status('socialCare:1', 'LA2')], plans: [plan] })).toMatchObject({
      ...{ responsibleLa: 'LA2', legalStatus: null },
    })
    // Another authority's status may be the one that lasts.
    const both = [status('socialCare:1', 'LA2'), status('socialCare:2', 'LA5')]
    expect(read({ legalStatuses: both, plans: [plan] }).responsibleLa).toBeNull()
  })

  it('does not propose a closure that was decided or lies ahead', () => {
    const referral = (closureProposedOn: string, closedOn: string | null) =>
      of({ socialCare: { referrals: [row('socialCare:6', { closureProposedOn, closedOn })] } }).pendingClosure
    expect([referral('2026-11-16', '2026-11-18'), referral('2026-11-25', null)]).toEqual([false, false])
  })
})

const modules = await loadAgencies()

describe('who already knows this child', () => {
  const contracts = contractsOf(eachAgency((agency) => modules[agency].contract.lists))
  const answers = answersOf({
    health: {
      registrations: [
        row('health:1', { name: 'Eastvale Surgery', from: '2019-03-11', to: '2025-05-26' }),
        row('health:2', { name: 'Southmere Practice', from: '2025-05-27', to: null, 'provenance.agency': 'HEALTH_GP' }),
      ],
    },
    adultServices: {
      services: [
        row('adultServices:1', {
          service: 'SUBSTANCE_SERVICE',
          relation: 'MOTHER',
          worker: 'A. Hill',
          from: '2025-11-01',
        }),
        row('adultServices:2', { service: null, relation: null, from: '2025-11-02' }),
      ],
    },
    police: {
      missingEpisodes: [
        row('police:2', { eventAt: '2026-02-01T10:00:00Z', 'provenance.force': 'F4' }),
        row('police:1', { eventAt: '2026-01-01T10:00:00Z', 'provenance.force': 'F4' }),
      ],
      intelligence: [row('police:3', { eventAt: '2026-01-01T10:00:00Z', 'provenance.force': 'F2' })],
    },
  })

  it('lists open involvements of every agency, and one for each force with records', () => {
    const open = involvements(answers, contracts, registry, asOf, true)
    expect(open.map(({ id, service, concerning, force }) => [id, service, concerning, force])).toEqual([
      ['health:2', 'Southmere Practice', 'CHILD', null],
      ['police:1', 'Force 4', 'CHILD', 'F4'],
      ['adultServices:1', 'SUBSTANCE_SERVICE', 'MOTHER', null],
      ['adultServices:2', 'ADULT_SERVICES', 'ADULT', null],
    ])
  })

  it('lists ended ones only when asked', () => {
    expect(involvements(answers, contracts, registry, asOf, false).map(({ id }) => id)).toContain('health:1')
  })

  it('never asks for intelligence, managed offenders or persons of concern', () => {
    for (const list of ['intelligence', 'managedOffenders', 'personsOfConcern', 'onlineIdentifiers'])
      expect(Object.keys(involvementNeeds(contracts).police ?? {})).not.toContain(list)
  })

  it('is null where that there is nobody cannot be told: a source is away, or what is there is withheld', () => {
    const withheld = { headline: 0, content: 0, withheld: [toldLabel('INVOLVEMENT', 'HEADLINE')] }
    const told = (ground: ReturnType<typeof groundOf>, of = answersOf()) =>
      toldInvolvements([], { ...ground, answers: of })
    expect(told(groundOf())).toEqual([])
    expect(told(groundOf(), answersOf({ health: down }))).toBeNull()
    expect(told(groundOf({ health: withheld }))).toBeNull()
    // What is hidden from the role may be there, of any child.
    expect(told(groundOf({ health: { ...withheld, withheld: [] } }))).toBeNull()
  })
})

describe('what each source could say', () => {
  const held = [
    { list: 'registrations', service: 'HEALTH_GP', count: 2, latest: '2026-05-01T00:00:00Z' },
    { list: 'gpEntries', service: 'HEALTH_GP', count: 1, latest: '2026-10-27T00:00:00Z' },
    { list: 'involvements', service: 'HEALTH_COMMUNITY', count: 1, latest: null },
    { list: 'person', service: 'HEALTH_GP', count: 1, latest: '2026-11-01T00:00:00Z' },
  ]
  const withheld = [
    { label: 'HEALTH_MENTAL', level: 'HEADLINE', reason: 'W_ROLE', rule: 'r', requestable: true },
  ] as const
  const report = (answer: Parameters<typeof stateOf>[0], labels: readonly (typeof withheld)[number][] = []) =>
    sourceReports(answersOf({ health: answer }), grantsOf({ health: { withheld: labels } }), contracts, registry)[0]

  it('counts records that may be read, without the person entry, by service', () => {
    expect(report(answered({}, held))).toEqual({
      agency: 'HEALTH',
      state: 'COMPLETE',
      asOf: '2026-10-27T00:00:00Z',
      recordCount: 4,
      services: [
        { agency: 'HEALTH_COMMUNITY', state: 'COMPLETE', recordCount: 1 },
        { agency: 'HEALTH_GP', state: 'COMPLETE', recordCount: 3 },
      ],
      withheld: [],
      contact: 'health desk',
      holders: [],
    })
  })

  it('tells partial, withheld, nothing held and unavailable apart', () => {
    expect(report(answered({}, held), withheld)).toMatchObject({ state: 'PARTIAL', recordCount: 4 })
    expect(report(answered(), withheld)).toMatchObject({ state: 'WITHHELD', recordCount: null, services: [] })
    expect(report(answered())).toMatchObject({ state: 'NOTHING_HELD', recordCount: 0 })
    expect(report(down)).toMatchObject({ state: 'UNAVAILABLE', recordCount: null, services: [] })
    expect(report({ state: 'STALE', detail: '' })).toMatchObject({ state: 'STALE' })
  })

  it('says of a holder that was loaded long ago that it is stale where rows came, and else that nobody looked', () => {
    const [holder] = registry.holders.values()
    if (!holder) throw new Error('no holder')
    const gap = (state: 'STALE' | 'NOT_LOOKED_FOR') => ({ gaps: [{ holder, state }] })
    expect(report({ ...answered({}, held), ...gap('STALE') })).toMatchObject({ state: 'STALE', recordCount: 4 })
    expect(report({ ...answered(), ...gap('STALE') })).toMatchObject({ state: 'NOT_LOOKED_FOR', recordCount: null })
    expect(report({ ...answered({}, held), ...gap('NOT_LOOKED_FOR') })).toMatchObject({ state: 'PARTIAL' })
  })

  it('is the same for an agency that hides everything and one that holds nothing, linked or not', () => {
    const hiding = sourceReports(answersOf(), grantsOf({ health: { persons: ['H-1'] } }), contracts, registry)
    const empty = sourceReports(answersOf(), grantsOf({ health: { persons: [] } }), contracts, registry)
    expect(hiding).toEqual(empty)
  })

  it('says once for each label what is withheld, at its strongest', () => {
    const list = withheldFromChild(
      grantsOf({ health: { withheld: [{ ...withheld[0], level: 'CONTENT' }, ...withheld] } }),
      contracts,
      nowhere,
    )
    expect(list).toEqual([
      {
        reason: 'W_ROLE',
        text: expect.any(String),
        category: 'HEALTH_MENTAL',
        level: 'HEADLINE',
        categories: [{ category: 'HEALTH_MENTAL', level: 'HEADLINE', elsewhere: expect.any(Function) }],
        controller: 'HEALTH',
        contact: 'health desk',
        requestable: true,
      },
    ])
    expect(withheldFromChild(grantsOf(), contracts, nowhere)).toEqual([])
  })
})

const nowhere = () => ({ purposes: [], roles: [] })

describe('what may be read in full', () => {
  const care = row('socialCare:1', { 'provenance.organisation': 'HOME-LA5' })
  const bit = bitOf('SOCIAL_CARE')
  it('is what the grant permits, or the own organisation wrote', () => {
    expect(readsContent(grantOf('socialCare'), 'SOCIAL_CARE')(care)).toBe(true)
    const own = grantOf('socialCare', {
      content: 0,
      own: { ...grantOf('socialCare'), content: bit },
      organisation: 'HOME-LA5',
    })
    expect(readsContent(own, 'SOCIAL_CARE')(care)).toBe(true)
    expect(readsContent({ ...own, organisation: 'HOME-LA2' }, 'SOCIAL_CARE')(care)).toBe(false)
    expect(readsContent(grantOf('socialCare', { content: 0 }), 'SOCIAL_CARE')(care)).toBe(false)
  })
})
