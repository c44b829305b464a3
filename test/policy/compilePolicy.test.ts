import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/policy/caller.ts'
import { compilePolicy, type PolicySource } from '../../src/policy/compilePolicy.ts'
import { explain } from '../../src/policy/explain.ts'
import type { ChildFacts, HoldFact } from '../../src/policy/facts.ts'
import { type Grant, permits, withoutApart } from '../../src/policy/grant.ts'
import { bitOf, type Label, labels } from '../../src/policy/labels.ts'
import { placeGrains, placeReading } from '../../src/policy/placePrecision.ts'
import { type Purpose, purposes, type Role, roles } from '../../src/policy/vocabulary.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { pack, typeOfRole } from './situations.ts'

const asOf = '2026-11-20T23:59:59Z'
const policy = compilePolicy(pack)
const health: PolicySource = {
  agency: 'health',
  home: 'HEALTH',
  labels: [
    'CORE_IDENTITY',
    'INVOLVEMENT',
    'HEALTH_GENERAL',
    'HEALTH_MENTAL',
    'HEALTH_SEXUAL',
    'HEALTH_SARC',
    'CHILD_SUBSTANCE',
  ],
}
const police: PolicySource = {
  agency: 'police',
  home: 'POLICE',
  labels: [
    'CORE_IDENTITY',
    'POLICE_RECORD',
    'POLICE_INTELLIGENCE',
    'MANAGED_OFFENDER',
    'DOMESTIC_ABUSE',
    'THIRD_PARTY',
    'EQUALITY',
  ],
}
const callerAs = (role: Role, purpose: Purpose): Caller => ({
  issuer: 'https://issuer.example',
  subject: 's1',
  clientId: 'c1',
  tokenId: 't1',
  organisation: 'LA2-CSC',
  agencyType: typeOfRole[role],
  la: 'LA2',
  force: 'F1',
  role,
  purpose,
  expiresAt: 0,
})
const facts = (change: Partial<ChildFacts> = {}) =>
  childFactsOf({ childId: 'C99', persons: { health: ['h9'], police: ['p9'] }, ...change })
const hold = (change: Partial<HoldFact>): HoldFact => ({
  id: 'H1',
  agency: 'health',
  organisation: 'NHS-LA2-GP',
  kind: 'DETRIMENT',
  recordId: null,
  label: null,
  reviewOn: '2026-12-01',
  ...change,
})
const withheldLabels = (
  role: Role,
  purpose: Purpose,
  source: PolicySource,
  change: Partial<ChildFacts> = {},
): Label[] => policy.grantFor(callerAs(role, purpose), facts(change), source, asOf).withheld.map((each) => each.label)

describe('a grant', () => {
  it('opens headline and content by bits, and content never without headline', () => {
    const grant = policy.grantFor(callerAs('SOCIAL_WORKER', 'ASSESSMENT_S17'), facts(), health, asOf)
    expect(permits(grant, bitOf('HEALTH_GENERAL'), 'HEADLINE')).toBe(true)
    expect(permits(grant, bitOf('HEALTH_GENERAL'), 'CONTENT')).toBe(false)
    expect(permits(grant, bitOf('HEALTH_SARC'), 'HEADLINE')).toBe(false)
    expect(grant.headline & grant.content).toBe(grant.content)
    expect(grant).toMatchObject({
      persons: ['h9'],
      childId: 'C99',
      callerType: 'SOCIAL_CARE',
      organisation: 'LA2-CSC',
      asOf,
    })
  })

  it('keeps every grant of every role consistent', () => {
    for (const role of Object.keys(typeOfRole) as Role[])
      for (const purpose of ['EMERGENCY', 'CLA_REVIEW', 'EARLY_HELP', 'AUDIT', 'COURT_ORDER'] as const)
        for (const source of [health, police]) {
          const grant = policy.grantFor(callerAs(role, purpose), facts(), source, asOf)
          expect(grant.content & ~grant.headline).toBe(0)
          expect(grant.redact & grant.content).toBe(0)
          const { own } = grant
          expect(own !== null).toBe(typeOfRole[role] === source.home)
          // Whatever is read of others' rows is read of own rows too, and never the other way round.
          for (const part of ['headline', 'content'] as const) expect(grant[part] & ~(own ?? grant)[part]).toBe(0)
          if (own) expect([own.content & ~own.headline, own.redact & own.content]).toEqual([0, 0])
          for (const told of grant.withheld) expect(source.labels).toContain(told.label)
        }
  })

  it('names what is withheld and never what is hidden', () => {
    expect(withheldLabels('DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE', health)).toEqual([
      'INVOLVEMENT',
      'HEALTH_GENERAL',
    ])
    expect(withheldLabels('SOCIAL_WORKER', 'ASSESSMENT_S17', police)).toEqual(['MANAGED_OFFENDER', 'THIRD_PARTY'])
    // Whose headline a role is given it knows of: what is kept back beside it is withheld, and nothing is as if empty.
    const { headline, content, withheld } = policy.grantFor(
      callerAs('DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE'),
      facts(),
      police,
      asOf,
    )
    expect([headline & bitOf('POLICE_RECORD'), content & bitOf('POLICE_RECORD')]).toEqual([bitOf('POLICE_RECORD'), 0])
    expect(withheld).toContainEqual(
      expect.objectContaining({ label: 'POLICE_RECORD', level: 'CONTENT', reason: 'W_ROLE_NOT_PERMITTED' }),
    )
  })

  it('answers the same whether or not a hidden label is held back', () => {
    const caller = callerAs('DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE')
    const without = policy.grantFor(caller, facts(), health, asOf)
    const beside = policy.grantFor(caller, facts({ holds: [hold({ label: 'HEALTH_SARC' })] }), health, asOf)
    expect(beside).toEqual(without)
  })

  it('tells of a hold only to who would otherwise be given the label', () => {
    const held = facts({ holds: [hold({ label: 'HEALTH_SEXUAL' })] })
    const reason = (role: Role, purpose: Purpose, child: ChildFacts) =>
      policy
        .grantFor(callerAs(role, purpose), child, health, asOf)
        .withheld.find((each) => each.label === 'HEALTH_SEXUAL' && each.level === 'HEADLINE')?.reason
    expect(reason('SOCIAL_WORKER', 'S47_ENQUIRY', held)).toBe('W_HOLDER_DETRIMENT')
    for (const [role, purpose] of [
      ['TEAM_MANAGER', 'S47_ENQUIRY'],
      ['SOCIAL_WORKER', 'ASSESSMENT_S17'],
      ['MASH_ANALYST', 'MASH_ENQUIRY'],
    ] as const)
      expect(reason(role, purpose, held)).toBe(reason(role, purpose, facts()))
  })

  it("gives an auditor every label's name and no bit", () => {
    const grant = policy.grantFor(callerAs('INFORMATION_GOVERNANCE_OFFICER', 'AUDIT'), facts(), health, asOf)
    expect([grant.headline, grant.content, grant.redact]).toEqual([0, 0, 0])
    expect(grant.withheld.map((each) => each.reason)).toEqual(health.labels.map(() => 'W_METADATA_ONLY'))
    expect(grant.rows).toEqual({ ncnd: false, conditions: false, undecided: false, notRelevant: false })
  })

  it('gives no person of an agency that has no link', () =>
    expect(policy.grantFor(callerAs('GP', 'DIRECT_CARE'), facts({ persons: {} }), health, asOf).persons).toEqual([]))
})

describe('rows and holds', () => {
  const rowsFor = (role: Role, purpose: Purpose, source: PolicySource, change: Partial<ChildFacts> = {}) =>
    policy.grantFor(callerAs(role, purpose), facts(change), source, asOf).rows

  it('shows the holder every row of its own, and no other force the ones that it marked', () => {
    const { own, rows } = policy.grantFor(callerAs('POLICE_PUBLIC_PROTECTION', 'POLICING'), facts(), police, asOf)
    expect(own?.rows).toEqual({ ncnd: true, conditions: true, undecided: true, notRelevant: true })
    expect(rows).toMatchObject({ ncnd: false, conditions: false, notRelevant: false })
  })

  it('shows others neither what is not confirmed nor what is not relevant, even for harm', () =>
    expect(rowsFor('SOCIAL_WORKER', 'S47_ENQUIRY', police)).toEqual({
      ncnd: false,
      conditions: true,
      undecided: true,
      notRelevant: false,
    }))

  it('shows no conditioned row to who does not act on risk', () =>
    expect(rowsFor('GP', 'S47_ENQUIRY', police)).toMatchObject({ ncnd: false, conditions: false }))

  it('withholds one record by its id, and from the holder nothing', () => {
    const held = facts({
      holds: [
        hold({ recordId: 'r7' }),
        hold({ id: 'H2', recordId: 'r8', kind: 'EMBARGO' }),
        hold({ id: 'H3', agency: 'police', recordId: 'r9' }),
      ],
    })
    const grant = (role: Role, purpose: Purpose, organisation = 'LA2-CSC') =>
      policy.grantFor({ ...callerAs(role, purpose), organisation }, held, health, asOf)
    expect(grant('SOCIAL_WORKER', 'ASSESSMENT_S17').heldRecords).toEqual(['r7', 'r8'])
    expect(grant('SOCIAL_WORKER', 'S47_ENQUIRY').heldRecords).toEqual(['r7'])
    expect(grant('GP', 'DIRECT_CARE', 'NHS-LA5-GP')).toMatchObject({
      heldRecords: ['r7', 'r8'],
      own: { heldRecords: [] },
    })
    expect(grant('GP', 'DIRECT_CARE', 'NHS-LA2-GP')).toMatchObject({ heldRecords: [], own: { heldRecords: [] } })
  })

  it('tells of one record that is held back by its kind, to whom a hold on the whole kind would be told', () => {
    const held = (label: Label | null) => facts({ holds: [hold({ recordId: 'r7', label })] })
    const parts = (role: Role, purpose: Purpose, label: Label | null, organisation = 'LA2-CSC') =>
      policy.grantFor({ ...callerAs(role, purpose), organisation }, held(label), health, asOf).heldParts
    const told = {
      label: 'HEALTH_GENERAL',
      level: 'HEADLINE',
      reason: 'W_HOLDER_DETRIMENT',
      organisation: 'NHS-LA2-GP',
    }
    expect(parts('SOCIAL_WORKER', 'ASSESSMENT_S17', 'HEALTH_GENERAL')).toEqual([expect.objectContaining(told)])
    // Of a record whose kind is not known, of what is hidden from the role, and to its own holder, nothing.
    expect(parts('SOCIAL_WORKER', 'ASSESSMENT_S17', null)).toBeUndefined()
    expect(parts('EARLY_HELP_WORKER', 'EARLY_HELP', 'HEALTH_SARC')).toBeUndefined()
    expect(parts('GP', 'DIRECT_CARE', 'HEALTH_GENERAL', 'NHS-LA2-GP')).toBeUndefined()
    // Nor is one that its holder judged not relevant passed over: harm does not open it either.
    const judged = facts({ holds: [hold({ recordId: 'r7', kind: 'NOT_RELEVANT', label: 'HEALTH_GENERAL' })] })
    for (const purpose of ['ASSESSMENT_S17', 'S47_ENQUIRY'] as const)
      expect(policy.grantFor(callerAs('SOCIAL_WORKER', purpose), judged, health, asOf)).toMatchObject({
        heldRecords: ['r7'],
        heldParts: [{ ...told, reason: 'W_NOT_RELEVANT' }],
      })
    // No mask and nothing that is withheld of a kind moves: the other records of it are read.
    const { content, withheld } = policy.grantFor(callerAs('SOCIAL_WORKER', 'ASSESSMENT_S17'), facts(), health, asOf)
    expect(
      policy.grantFor(callerAs('SOCIAL_WORKER', 'ASSESSMENT_S17'), held('HEALTH_GENERAL'), health, asOf),
    ).toMatchObject({ content, withheld })
  })

  it('withholds from everybody what a hold of nobody known stands on', () => {
    const held = facts({ holds: [hold({ organisation: '', label: 'HEALTH_GENERAL' })] })
    const others = policy.grantFor({ ...callerAs('GP', 'CLA_REVIEW'), organisation: '' }, held, health, asOf)
    expect(others.headline & bitOf('HEALTH_GENERAL')).toBe(0)
  })

  it('keeps two organisations of one type apart, though their facts are equal', () => {
    const held = facts({ holds: [hold({ label: 'HEALTH_GENERAL' })] })
    const grantTo = (organisation: string) =>
      policy.grantFor({ ...callerAs('GP', 'CLA_REVIEW'), organisation }, held, health, asOf)
    const [holder, other] = [grantTo('NHS-LA2-GP'), grantTo('NHS-LA5-GP')]
    const bit = bitOf('HEALTH_GENERAL')
    expect([holder.headline & bit, other.headline & bit]).toEqual([bit, 0])
    expect(other.withheld.find(({ label }) => label === 'HEALTH_GENERAL')?.reason).toBe('W_HOLDER_DETRIMENT')
    expect(holder.withheld.some(({ reason }) => reason === 'W_HOLDER_DETRIMENT')).toBe(false)
  })

  it('withholds a label that its holder holds back, and says who decides', () => {
    const grant = policy.grantFor(
      callerAs('SOCIAL_WORKER', 'S47_ENQUIRY'),
      facts({ holds: [hold({ label: 'HEALTH_GENERAL' })] }),
      health,
      asOf,
    )
    expect(grant.headline & bitOf('HEALTH_GENERAL')).toBe(0)
    expect(grant.withheld.find((each) => each.label === 'HEALTH_GENERAL')).toMatchObject({
      reason: 'W_HOLDER_DETRIMENT',
      level: 'HEADLINE',
      requestable: true,
    })
  })
})

describe('who may know of a child', () => {
  const reaches = (purpose: Purpose, change: Partial<ChildFacts> = {}) =>
    policy.reachable(callerAs('SOCIAL_WORKER', purpose), facts({ relationship: 'NONE', ...change }))

  it('refuses without a relationship', () => expect(reaches('ASSESSMENT_S17')).toBe(false))
  it('refuses an enquiry without a relationship', () => expect(reaches('S47_ENQUIRY')).toBe(false))
  it('refuses closed purposes with one', () => expect(reaches('RESEARCH', { relationship: 'ALLOCATED' })).toBe(false))
  it('lets in a relationship, a court order, an emergency and break-glass', () => {
    expect(reaches('ASSESSMENT_S17', { relationship: 'ON_ROLL' })).toBe(true)
    expect(reaches('COURT_ORDER')).toBe(true)
    expect(reaches('EMERGENCY')).toBe(true)
    expect(reaches('ASSESSMENT_S17', { breakGlass: true })).toBe(true)
  })
})

describe('the compiled policy', () => {
  it('gives two children with equal facts equal masks and their own persons', () => {
    const caller = callerAs('GP', 'DIRECT_CARE')
    const one = policy.grantFor(caller, facts(), health, asOf)
    const two = policy.grantFor(caller, facts({ childId: 'C98', persons: { health: ['h8'] } }), health, asOf)
    expect(two).toEqual({ ...one, childId: 'C98', persons: ['h8'] })
  })

  it('decides anew as soon as a consent is withdrawn', () => {
    const caller = callerAs('EARLY_HELP_WORKER', 'EARLY_HELP')
    const consent = {
      id: 'K1',
      state: 'GIVEN',
      labels: [],
      recipient: null,
      purpose: null,
      giver: 'PARENT',
      competence: 'NOT_ASSESSED',
      recordedAt: asOf,
    } as const
    const bit = bitOf('HEALTH_GENERAL')
    expect(policy.grantFor(caller, facts({ consents: [consent] }), health, asOf).headline & bit).toBe(bit)
    expect(
      policy.grantFor(caller, facts({ consents: [{ ...consent, state: 'WITHDRAWN' }] }), health, asOf).headline & bit,
    ).toBe(0)
  })

  it('never lets one vector answer for another', () => {
    const caller = callerAs('EARLY_HELP_WORKER', 'EARLY_HELP')
    const given = (label: Label) =>
      ({
        id: 'K1',
        state: 'GIVEN',
        labels: [label],
        recipient: null,
        purpose: null,
        giver: 'PARENT',
        competence: 'NOT_ASSESSED',
        recordedAt: asOf,
      }) as const
    const headline = (change: Partial<ChildFacts>, source = health) =>
      policy.grantFor(caller, facts(change), source, asOf).headline
    const changes: readonly Partial<ChildFacts>[] = [
      { consents: [given('HEALTH_GENERAL')] },
      { consents: [given('EDUCATION')] },
      { consents: [given('HEALTH_GENERAL')], ageBand: '16_TO_17' },
      { consents: [given('HEALTH_GENERAL')], holds: [hold({ label: 'HEALTH_GENERAL' })] },
      { consents: [given('HEALTH_GENERAL')], agreement: false },
      { consents: [given('HEALTH_GENERAL')], relationship: 'NONE' },
      { harm: 'REASONABLE_CAUSE' },
    ]
    for (const change of changes) {
      const alone = compilePolicy(pack).grantFor(caller, facts(change), health, asOf).headline
      expect(headline(change)).toBe(alone)
    }
    expect(new Set(changes.map((change) => headline(change))).size).toBeGreaterThan(3)
  })

  it('names the content of its pack by a hash', () => {
    expect(policy.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(compilePolicy({ ...pack, title: 'Another' }).hash).not.toBe(policy.hash)
  })
})

describe('an explanation', () => {
  const ask = (role: Role, purpose: Purpose, label: Label, change: Partial<ChildFacts> = {}, source = health) =>
    explain(policy, {
      field: 'X.y',
      label,
      level: 'HEADLINE',
      caller: callerAs(role, purpose),
      facts: facts(change),
      source,
    })

  it('names rule, law, pack and facts with their origin', () => {
    const told = ask('SOCIAL_WORKER', 'ASSESSMENT_S17', 'HEALTH_MENTAL')
    expect(told).toMatchObject({
      outcome: 'WITHHOLD',
      reason: 'W_PURPOSE_NOT_PERMITTED',
      rule: '11b',
      pack: 'england-2024-05',
      packHash: policy.hash,
    })
    expect(told.legalBasis).toContain('GMC')
    expect(told.facts).toContainEqual({ name: 'purpose', value: 'ASSESSMENT_S17', origin: 'TOKEN' })
    expect(told.facts).toContainEqual({ name: 'harm', value: 'NONE', origin: 'DERIVED' })
  })

  it('agrees with what every role reads of a place, and tells nobody of one that they may not know of', () => {
    const source = { ...health, labels: [...health.labels, 'ADDRESS_PROTECTED' as const] }
    const seen = new Set<string>()
    for (const role of roles)
      for (const purpose of purposes) {
        const caller = callerAs(role, purpose)
        for (const place of placeGrains) {
          const told = (placeProtected: boolean) => {
            const of = facts({ placeProtected })
            const { places } = policy.grantFor(caller, of, source, asOf)
            const question = {
              ...({ field: 'X.y', label: 'HEALTH_GENERAL', level: 'HEADLINE' } as const),
              place,
              places,
            }
            const { outcome, facts: named } = explain(policy, { ...question, caller, facts: of, source })
            const isSaid = named.some(({ name }) => name === 'whereAPlaceIsProtected')
            return { outcome, isSaid, reading: placeReading(places, place) }
          }
          const [there, elsewhere] = [told(true), told(false)]
          const about = `${role} ${purpose} ${place}`
          if (there.outcome === 'PERMIT') expect(there.isSaid || there.reading === 'VALUE', about).toBe(true)
          if (elsewhere.outcome === 'PERMIT') expect(elsewhere.reading, about).toBe('VALUE')
          // Who may not know of it is told the same of every child.
          if (policy.hides(caller, 'ADDRESS_PROTECTED'))
            expect([there.outcome, there.isSaid], about).toEqual([elsewhere.outcome, elsewhere.isSaid])
          seen.add(`${there.outcome} ${there.reading} ${there.isSaid}`)
        }
      }
    expect([...seen]).toEqual(expect.arrayContaining(['PERMIT VALUE false', 'PERMIT NOTHING true']))
    expect([...seen].some((each) => /^(REDACT|WITHHOLD) NOTHING false$/.test(each))).toBe(true)
  })

  it('names consent only where consent decided', () => {
    const names = (purpose: Purpose) =>
      ask('EARLY_HELP_WORKER', purpose, 'HEALTH_GENERAL').facts.map((each) => each.name)
    expect(names('EARLY_HELP')).toContain('consent')
    expect(names('EMERGENCY')).not.toContain('consent')
  })

  it('says the same of a hidden label whether or not anything is held back', () => {
    for (const label of labels)
      for (const role of ['DESIGNATED_SAFEGUARDING_LEAD', 'CARE_WORKER', 'ADULT_SERVICES_WORKER'] as const) {
        if (!policy.hides(callerAs(role, 'CP_CONFERENCE'), label)) continue
        const bare = ask(role, 'CP_CONFERENCE', label, {}, police)
        const held = ask(role, 'CP_CONFERENCE', label, { holds: [hold({ agency: 'police', label })] }, police)
        expect(held).toEqual(bare)
        expect(bare.outcome).not.toBe('SILENT')
      }
  })
})

describe('holders that are told apart', () => {
  const byHolder: PolicySource = { ...health, isByHolder: true }
  const everybody = (['MASH_ANALYST', 'SOCIAL_WORKER', 'GP', 'DESIGNATED_SAFEGUARDING_LEAD'] as const).flatMap((role) =>
    (['S47_ENQUIRY', 'DIRECT_CARE', 'EARLY_HELP'] as const).map((purpose) => callerAs(role, purpose)),
  )
  const withoutPersons = ({ persons: _, ...grant }: Grant) => grant

  it.each(health.labels)('hold back %s of their own records, and nothing of anybody else’s', (label) => {
    for (const caller of everybody) {
      const none = policy.grantFor(caller, facts(), byHolder, asOf)
      const held = facts({ holds: [hold({ label })] })
      const { apart = [], ...others } = policy.grantFor(caller, held, byHolder, asOf)
      expect(others).toEqual(none)
      // What stands for all where they are not told apart is what stands for the one that holds it back.
      const strict = policy.grantFor(caller, held, health, asOf)
      if (apart.length === 0) expect(withoutPersons(strict)).toEqual(withoutPersons(none))
      for (const { heldBackBy, ...one } of apart) {
        expect(heldBackBy).toBe('NHS-LA2-GP')
        expect(one).toEqual(strict)
      }
    }
  })

  it('are held back together by one decision where whoever reads them cannot tell them apart', () => {
    for (const caller of everybody)
      for (const label of health.labels) {
        const held = facts({ holds: [hold({ label }), hold({ id: 'H2', organisation: 'NHS-LA5-GP', label })] })
        const { headline, content } = withoutApart(policy.grantFor(caller, held, byHolder, asOf))
        const strict = policy.grantFor(caller, held, health, asOf)
        expect([headline & ~strict.headline, content & ~strict.content]).toEqual([0, 0])
      }
  })

  it('are not told apart, nor named, to whom a protected place is kept back', () => {
    const held = facts({
      placeProtected: true,
      holds: [hold({ label: 'HEALTH_GENERAL' }), hold({ id: 'H2', recordId: 'r7', label: 'HEALTH_MENTAL' })],
    })
    for (const caller of everybody) {
      const grant = policy.grantFor(caller, held, byHolder, asOf)
      if (grant.places === 'ALL') continue
      expect(grant.apart).toBeUndefined()
      expect((grant.heldParts ?? []).map(({ organisation }) => organisation).filter((one) => one !== '')).toEqual([])
    }
    expect(everybody.some((caller) => policy.grantFor(caller, held, byHolder, asOf).places !== 'ALL')).toBe(true)
  })

  it('are not told apart by a hold that nobody known recorded', () => {
    const caller = callerAs('MASH_ANALYST', 'S47_ENQUIRY')
    const held = facts({ holds: [hold({ organisation: '', label: 'HEALTH_GENERAL' })] })
    expect(policy.grantFor(caller, held, byHolder, asOf)).toEqual(policy.grantFor(caller, held, health, asOf))
  })
})
