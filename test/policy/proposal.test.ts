import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../src/policy/compilePolicy.ts'
import { decide } from '../../src/policy/decide.ts'
import { explain, type ListReading } from '../../src/policy/explain.ts'
import { type Label, labels } from '../../src/policy/labels.ts'
import { noEpisode } from '../../src/policy/lacksMissingEpisode.ts'
import { parsePack, pathOf, proposedPack, purposeIn, readPack } from '../../src/policy/pack.ts'
import { packInForce } from '../../src/policy/packInForce.ts'
import { accessOf } from '../../src/policy/roleAccess.ts'
import { type AgencyType, type Purpose, purposes, type Role } from '../../src/policy/vocabulary.ts'
import { readers } from '../../src/transfer/authorise.ts'
import { callerOf } from '../registers/people.ts'
import { childFactsOf } from '../support/childFacts.ts'
import { asking, pack as packInUse } from './situations.ts'

const pack = readPack(proposedPack)

type Asked = Parameters<typeof asking>[0]
const by = (asked: Asked) => decide(pack, asking(asked))
/** Another organisation's record, for a role and purpose. */
const of = (role: Role, purpose: Purpose, more: Asked = {}) =>
  by({ own: false, ...more, caller: { role, purpose, ...more?.caller } })
const refusedByChild = { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' } as const

describe('the proposal of November 2026', () => {
  it('comes into force by its name alone', () => {
    const choice = { policyPack: null, statutoryDutyFrom: null, adoptsProposals: false }
    expect(packInForce([packInUse, pack], choice, '2030-01-01').id).toBe('england-2024-05')
    expect(packInForce([packInUse, pack], { ...choice, policyPack: pack.id }, '2026-11-20').id).toBe(pack.id)
  })

  it('never gives the chair, or the manager who authorises, less than the worker', () => {
    for (const label of labels)
      for (const purpose of purposes)
        for (const harmPath of [true, false])
          for (const own of [true, false]) {
            const path = pathOf(pack, purpose)
            const at = (role: Role) => accessOf(pack, { label, caller: { role, purpose }, path, harmPath, own })
            const worker = at('SOCIAL_WORKER')
            for (const role of ['TEAM_MANAGER', 'REVIEWING_OFFICER'] as const) {
              if (worker.headline) expect(at(role).headline, `${role} ${label} ${purpose}`).toBe(true)
              if (worker.content) expect(at(role).content, `${role} ${label} ${purpose}`).toBe(true)
              if (!worker.hidden) expect(at(role).hidden, `${role} ${label} ${purpose}`).toBe(false)
            }
          }
  })

  it('tells every statutory partner of status, plan and lead worker on the harm path, over a hold and without agreement', () => {
    const partners: readonly Role[] = [
      'SOCIAL_WORKER',
      'TEAM_MANAGER',
      'REVIEWING_OFFICER',
      'MASH_ANALYST',
      'RECEIVING_OFFICER',
      'POLICE_PUBLIC_PROTECTION',
      'MISSING_COORDINATOR',
      'GP',
      'DESIGNATED_NURSE',
      'SCHOOL_NURSE',
      'CAMHS_CLINICIAN',
      'SARC_CLINICIAN',
      'DESIGNATED_SAFEGUARDING_LEAD',
      'ADULT_SERVICES_WORKER',
      'CARE_WORKER',
    ]
    for (const role of partners)
      for (const purpose of ['STRATEGY_DISCUSSION', 'EMERGENCY', 'MISSING_RESPONSE'] as const)
        expect(
          of(role, purpose, { label: 'SOCIAL_CARE', row: { hold: 'DETRIMENT' }, child: { agreement: false } }).outcome,
          `${role} ${purpose}`,
        ).toBe('PERMIT')
  })

  type Row = readonly [string, Role, Purpose, Asked, string]
  const rows: readonly Row[] = [
    ['C1', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'MANAGED_OFFENDER' }, 'PERMIT'],
    [
      'C1 but never the name',
      'RECEIVING_OFFICER',
      'S47_ENQUIRY',
      { label: 'MANAGED_OFFENDER', level: 'CONTENT' },
      'SILENT|WITHHOLD',
    ],
    [
      'C1 the name for public protection',
      'POLICE_PUBLIC_PROTECTION',
      'STRATEGY_DISCUSSION',
      { label: 'MANAGED_OFFENDER', level: 'CONTENT' },
      'PERMIT',
    ],
    ['C2', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'THIRD_PARTY', level: 'CONTENT' }, 'PERMIT'],
    ['C3', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'DOMESTIC_ABUSE', level: 'CONTENT' }, 'PERMIT'],
    ['C3', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'HEALTH_MENTAL' }, 'PERMIT'],
    ['C3', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'CHILD_SUBSTANCE', level: 'CONTENT' }, 'PERMIT'],
    ['C3', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'COURT_CONFIDENTIAL', level: 'CONTENT' }, 'PERMIT'],
    ['C3', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'EQUALITY', level: 'CONTENT' }, 'PERMIT'],
    ['O2 no referrer on a transfer', 'RECEIVING_OFFICER', 'TRANSFER_RECEIVE', { label: 'REFERRER_IDENTITY' }, 'SILENT'],
    ...(['RECEIVING_OFFICER', 'SOCIAL_WORKER', 'TEAM_MANAGER'] as const).flatMap((role): readonly Row[] => {
      const placed = { child: { relationship: 'PLACED_IN_AREA', harm: 'REASONABLE_CAUSE' } } as const
      return [
        ['O2 notice of a placement', role, 'CLA_REVIEW', { label: 'SOCIAL_CARE', ...placed }, 'PERMIT'],
        ['O2 no more', role, 'CLA_REVIEW', { label: 'SOCIAL_CARE', level: 'CONTENT', ...placed }, 'WITHHOLD'],
        ['O2 nor by consent', role, 'EARLY_HELP', { label: 'EDUCATION', ...placed }, 'WITHHOLD'],
        ['O2 the area', role, 'CLA_REVIEW', { label: 'ADDRESS_PROTECTED', level: 'CONTENT', ...placed }, 'REDACT'],
        ['O2 for harm', role, 'S47_ENQUIRY', { label: 'SOCIAL_CARE', level: 'CONTENT', ...placed }, 'PERMIT'],
      ]
    }),
    [
      'O2 no transfer set without a transfer',
      'RECEIVING_OFFICER',
      'TRANSFER_RECEIVE',
      { label: 'THIRD_PARTY', level: 'CONTENT', child: { relationship: 'PLACED_IN_AREA', harm: 'REASONABLE_CAUSE' } },
      'WITHHOLD',
    ],
    ['C4', 'POLICE_PUBLIC_PROTECTION', 'STRATEGY_DISCUSSION', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    ['C4', 'POLICE_PUBLIC_PROTECTION', 'CP_CONFERENCE', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    ['C4 names', 'POLICE_PUBLIC_PROTECTION', 'CP_CONFERENCE', { label: 'THIRD_PARTY', level: 'CONTENT' }, 'PERMIT'],
    ['C5', 'CAMHS_CLINICIAN', 'EMERGENCY', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    ['C6', 'CARE_WORKER', 'CLA_REVIEW', { label: 'HEALTH_GENERAL', level: 'CONTENT' }, 'PERMIT'],
    ['C6', 'CARE_WORKER', 'CLA_REVIEW', { label: 'COURT_CONFIDENTIAL' }, 'PERMIT'],
    ['C7', 'MISSING_COORDINATOR', 'MISSING_RESPONSE', { label: 'HEALTH_MENTAL' }, 'PERMIT'],
    ['C7', 'MISSING_COORDINATOR', 'MISSING_RESPONSE', { label: 'THIRD_PARTY', level: 'CONTENT' }, 'PERMIT'],
    ['C7', 'MISSING_COORDINATOR', 'MISSING_RESPONSE', { label: 'ADDRESS_PROTECTED', level: 'CONTENT' }, 'PERMIT'],
    ['C8', 'SOCIAL_WORKER', 'S47_ENQUIRY', { label: 'POLICE_INTELLIGENCE' }, 'PERMIT'],
    [
      'C8 headline alone',
      'SOCIAL_WORKER',
      'S47_ENQUIRY',
      { label: 'POLICE_INTELLIGENCE', level: 'CONTENT' },
      'SILENT|WITHHOLD',
    ],
    ['C8 not on duty', 'SOCIAL_WORKER', 'ASSESSMENT_S17', { label: 'POLICE_INTELLIGENCE' }, 'SILENT|WITHHOLD'],
    ['C9', 'REVIEWING_OFFICER', 'CLA_REVIEW', { label: 'CHILD_SUBSTANCE', level: 'CONTENT' }, 'PERMIT'],
    ['C9', 'TEAM_MANAGER', 'S47_ENQUIRY', { label: 'HEALTH_SARC' }, 'PERMIT'],
    ['C10', 'SCHOOL_NURSE', 'DOMESTIC_ABUSE_NOTICE', { label: 'DOMESTIC_ABUSE' }, 'PERMIT'],
    ['C10', 'DESIGNATED_NURSE', 'STRATEGY_DISCUSSION', { label: 'POLICE_RECORD', level: 'CONTENT' }, 'PERMIT'],
    ['C11', 'MASH_ANALYST', 'S47_ENQUIRY', { label: 'HEALTH_SEXUAL', child: { ageBand: 'UNDER_13' } }, 'PERMIT'],
    ['C12', 'MASH_ANALYST', 'MASH_ENQUIRY', { label: 'THIRD_PARTY', level: 'CONTENT' }, 'PERMIT'],
    ['C13', 'MASH_ANALYST', 'MASH_ENQUIRY', { label: 'REFERRER_IDENTITY', level: 'CONTENT' }, 'PERMIT'],
    ['C14 the flag', 'GP', 'DIRECT_CARE', { label: 'ADDRESS_PROTECTED' }, 'REDACT'],
    ['C14 never the place', 'GP', 'DIRECT_CARE', { label: 'ADDRESS_PROTECTED', level: 'CONTENT' }, 'REDACT'],
    ['C15', 'DESIGNATED_SAFEGUARDING_LEAD', 'EMERGENCY', { label: 'HEALTH_MENTAL' }, 'PERMIT'],
    [
      'C15 own school',
      'DESIGNATED_SAFEGUARDING_LEAD',
      'EDUCATION_SUPPORT',
      { label: 'CHILD_CONFIDENCE', level: 'CONTENT', own: true },
      'PERMIT',
    ],
    ['C16', 'DESIGNATED_SAFEGUARDING_LEAD', 'EDUCATION_SUPPORT', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    ['C16', 'GP', 'DIRECT_CARE', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    ['C17', 'SOCIAL_WORKER', 'MASH_ENQUIRY', { label: 'EDUCATION', child: { agreement: false } }, 'PERMIT'],
    ['C19', 'SOCIAL_WORKER', 'S47_ENQUIRY', { label: 'EDUCATION', row: { hold: 'DETRIMENT' } }, 'PERMIT'],
    [
      'C19 not the content',
      'SOCIAL_WORKER',
      'S47_ENQUIRY',
      { label: 'EDUCATION', level: 'CONTENT', row: { hold: 'DETRIMENT' } },
      'WITHHOLD',
    ],
    [
      'C20',
      'SOCIAL_WORKER',
      'CP_CONFERENCE',
      { label: 'CHILD_SUBSTANCE', level: 'CONTENT', consent: { ...refusedByChild, state: 'EXPIRED' } },
      'PERMIT',
    ],
    [
      'C20 unknown harm',
      'MASH_ANALYST',
      'MASH_ENQUIRY',
      { label: 'CHILD_SUBSTANCE', level: 'CONTENT', consent: refusedByChild, child: { harm: 'UNKNOWN' } },
      'PERMIT',
    ],
    ['C22', 'DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE', { label: 'COURT_CONFIDENTIAL' }, 'PERMIT'],
    [
      'C22 not the documents',
      'DESIGNATED_SAFEGUARDING_LEAD',
      'CP_CONFERENCE',
      { label: 'COURT_CONFIDENTIAL', level: 'CONTENT' },
      'WITHHOLD',
    ],
    [
      'C24 own',
      'DESIGNATED_SAFEGUARDING_LEAD',
      'EDUCATION_SUPPORT',
      { label: 'EQUALITY', level: 'CONTENT', own: true },
      'PERMIT',
    ],
    ['C26', 'DESIGNATED_SAFEGUARDING_LEAD', 'PRACTICE_REVIEW', { label: 'SOCIAL_CARE' }, 'PERMIT'],
    [
      'O1 refused to another trust',
      'GP',
      'DIRECT_CARE',
      { label: 'HEALTH_MENTAL', level: 'CONTENT', consent: refusedByChild },
      'WITHHOLD',
    ],
    ['O1 sexual health', 'GP', 'DIRECT_CARE', { label: 'HEALTH_SEXUAL', level: 'CONTENT' }, 'WITHHOLD|SILENT'],
    [
      'O2 a hold of the sending authority',
      'RECEIVING_OFFICER',
      'TRANSFER_RECEIVE',
      { label: 'SOCIAL_CARE', row: { hold: 'DETRIMENT' } },
      'WITHHOLD',
    ],
    ['O3', 'LEGAL_OFFICER', 'PRACTICE_REVIEW', { label: 'LEGAL_PRIVILEGE', level: 'CONTENT' }, 'WITHHOLD|SILENT'],
    ['O3 an order', 'LEGAL_OFFICER', 'COURT_ORDER', { label: 'LEGAL_PRIVILEGE', ordered: true }, 'WITHHOLD|SILENT'],
    ['O4', 'POLICE_PUBLIC_PROTECTION', 'POLICING', { label: 'POLICE_INTELLIGENCE', row: { ncnd: true } }, 'SILENT'],
    [
      'O4 conditions',
      'POLICE_PUBLIC_PROTECTION',
      'STRATEGY_DISCUSSION',
      { label: 'POLICE_INTELLIGENCE', level: 'CONTENT', row: { conditions: true } },
      'WITHHOLD|SILENT',
    ],
    ['O7', 'SOCIAL_WORKER', 'MISSING_RESPONSE', { label: 'HEALTH_SARC' }, 'PERMIT'],
    [
      'O7 no episode',
      'SOCIAL_WORKER',
      'MISSING_RESPONSE',
      { label: 'HEALTH_SARC', child: { missing: 'UNSUPPORTED' } },
      'WITHHOLD',
    ],
    ['O13 no order on record', 'SOCIAL_WORKER', 'COURT_ORDER', { label: 'COURT_CONFIDENTIAL' }, 'WITHHOLD'],
    ['C18 over a hold', 'SOCIAL_WORKER', 'COURT_ORDER', { ordered: true, row: { hold: 'DETRIMENT' } }, 'PERMIT'],
    ['C18 any agency', 'GP', 'COURT_ORDER', { label: 'SOCIAL_CARE', ordered: true }, 'PERMIT'],
    ['C18 adoption', 'LEGAL_OFFICER', 'COURT_ORDER', { label: 'ADOPTION', level: 'CONTENT', ordered: true }, 'PERMIT'],
    [
      'C18 a prohibition beats it',
      'SOCIAL_WORKER',
      'COURT_ORDER',
      { ordered: true, row: { hold: 'COURT_PROHIBITED' } },
      'WITHHOLD',
    ],
    [
      'C21',
      'GP',
      'EARLY_HELP',
      {
        label: 'HEALTH_GENERAL',
        level: 'CONTENT',
        child: { ageBand: '16_TO_17' },
        consent: { state: 'GIVEN', giver: 'BEST_INTERESTS', competence: 'NOT_COMPETENT' },
      },
      'PERMIT',
    ],
    [
      'C23 before the order',
      'SOCIAL_WORKER',
      'ASSESSMENT_S17',
      { label: 'ADOPTION', own: true, child: { placedForAdoption: true } },
      'PERMIT',
    ],
    ['C23 after it', 'SOCIAL_WORKER', 'ASSESSMENT_S17', { label: 'ADOPTION', own: true }, 'SILENT|WITHHOLD'],
    ['O15', 'SOCIAL_WORKER', 'CP_CONFERENCE', { label: 'VICTIM_ANONYMITY', level: 'CONTENT' }, 'PERMIT'],
    ['O15 by no consent', 'SOCIAL_WORKER', 'EARLY_HELP', { label: 'VICTIM_ANONYMITY' }, 'WITHHOLD'],
    [
      'O5',
      'POLICE_PUBLIC_PROTECTION',
      'CP_CONFERENCE',
      { label: 'CHILD_CONFIDENCE', consent: refusedByChild },
      'WITHHOLD',
    ],
    ['O5 for harm', 'MASH_ANALYST', 'S47_ENQUIRY', { label: 'CHILD_CONFIDENCE', level: 'CONTENT' }, 'PERMIT'],
    [
      'O6',
      'POLICE_PUBLIC_PROTECTION',
      'POLICING',
      { label: 'CHILD_CONFIDENCE', child: { harm: 'REASONABLE_CAUSE' } },
      'SILENT|WITHHOLD',
    ],
    [
      'O6',
      'POLICE_PUBLIC_PROTECTION',
      'POLICING',
      { label: 'HEALTH_SARC', child: { harm: 'REASONABLE_CAUSE', ageBand: 'UNDER_13' } },
      'WITHHOLD',
    ],
    ['O9', 'GP', 'EARLY_HELP', { label: 'INVOLVEMENT', level: 'CONTENT' }, 'WITHHOLD'],
    [
      'O11',
      'SOCIAL_WORKER',
      'ASSESSMENT_S17',
      { label: 'CHILD_SUBSTANCE', level: 'CONTENT', child: { ageBand: 'ADULT' } },
      'WITHHOLD',
    ],
    [
      'O11 vital interests',
      'SOCIAL_WORKER',
      'EMERGENCY',
      { label: 'CHILD_SUBSTANCE', level: 'CONTENT', child: { ageBand: 'ADULT' } },
      'PERMIT',
    ],
    [
      'O12',
      'GP',
      'EARLY_HELP',
      { label: 'CHILD_SUBSTANCE', level: 'CONTENT', child: { ageBand: 'UNDER_13' } },
      'WITHHOLD',
    ],
  ]
  for (const [review, role, purpose, asked, outcome] of rows)
    it(`${review}: ${role} for ${purpose} of ${asked?.label} at ${asked?.level ?? 'HEADLINE'}: ${outcome}`, () =>
      expect(outcome.split('|')).toContain(of(role, purpose, asked).outcome))

  it('says that it is the want of an episode which keeps intelligence from the missing co-ordinator', () => {
    const caller = callerOf({ role: 'MISSING_COORDINATOR', agencyType: 'POLICE', purpose: 'MISSING_RESPONSE' })
    const said = (missing: 'SUPPORTED' | 'UNSUPPORTED', label: Label) =>
      explain(compilePolicy(pack), {
        ...{ field: 'PoliceMissingEpisode.foundWith', label, level: 'HEADLINE', caller },
        facts: childFactsOf({ missing }),
        source: { agency: 'police', home: 'POLICE' },
      })
    expect(said('UNSUPPORTED', 'POLICE_INTELLIGENCE')).toMatchObject({ outcome: 'WITHHOLD', rule: noEpisode.id })
    expect(said('UNSUPPORTED', 'POLICE_INTELLIGENCE').facts).toContainEqual(
      expect.objectContaining({ name: 'missingEpisode', value: 'UNSUPPORTED' }),
    )
    expect(said('SUPPORTED', 'POLICE_INTELLIGENCE').outcome).toBe('PERMIT')
    // Where the table would give nothing with an episode either, it is the table.
    expect(said('UNSUPPORTED', 'IMMIGRATION').rule).toBe('11b')
  })

  it('explains a row that one service owns as it is read: by that service, and by nobody else without its content', () => {
    const said = (role: Role, agencyType: AgencyType, isOwned: boolean) =>
      explain(compilePolicy(pack), {
        ...{ field: 'PoliceNotice.kind', label: 'POLICE_RECORD', level: 'HEADLINE' },
        list: { label: 'POLICE_RECORD', level: 'HEADLINE', isOwned },
        caller: callerOf({ role, agencyType, purpose: 'CP_CONFERENCE' }),
        facts: childFactsOf({}),
        source: { agency: 'police', home: 'POLICE' },
      })
    const lead = ['DESIGNATED_SAFEGUARDING_LEAD', 'EDUCATION'] as const
    expect(said(...lead, false)).toMatchObject({ outcome: 'PERMIT', level: 'HEADLINE' })
    expect(said(...lead, true)).toMatchObject({ outcome: 'WITHHOLD', rule: '11b', level: 'CONTENT' })
    expect(said(...lead, true).facts).toContainEqual(
      expect.objectContaining({ name: 'rowsOwnedByOwnService', value: expect.stringMatching(/^PERMIT /) }),
    )
    expect(said('TEAM_MANAGER', 'SOCIAL_CARE', true)).toMatchObject({ outcome: 'PERMIT', level: 'HEADLINE' })
  })

  it('explains a field as it is read, in a row of which it may be told that it is there', () => {
    const said = (list?: ListReading) =>
      explain(compilePolicy(pack), {
        ...{ field: 'Crime.role', label: 'VICTIM_ANONYMITY', level: 'HEADLINE', ...(list ? { list } : {}) },
        caller: callerOf({ role: 'GP', agencyType: 'HEALTH', purpose: 'S47_ENQUIRY' }),
        facts: childFactsOf({}),
        source: { agency: 'police', home: 'POLICE' },
      })
    expect(said().outcome).toBe('PERMIT')
    expect(said({ label: 'POLICE_RECORD', level: 'CONTENT', isOwned: false })).toMatchObject({
      ...{ outcome: 'WITHHOLD', label: 'POLICE_RECORD', level: 'CONTENT', rule: '11b' },
    })
  })

  it('asks for what follows: an agreement reviewed, who is on call rung, an emergency confirmed, the family told', () => {
    expect(of('SOCIAL_WORKER', 'MASH_ENQUIRY', { child: { agreement: false } }).obligations).toContain(
      'REVIEW_AGREEMENT',
    )
    const held = of('SOCIAL_WORKER', 'S47_ENQUIRY', {
      label: 'EDUCATION',
      level: 'CONTENT',
      row: { hold: 'DETRIMENT' },
    })
    expect(held.obligations).toEqual(['ESCALATE_TO_HOLDER', 'ON_CALL_NOW'])
    expect(of('SOCIAL_WORKER', 'EMERGENCY').obligations).toEqual([
      'CONFIRM_EMERGENCY',
      'ALERT_PRIVACY_OFFICER',
      'INFORM_CHILD_UNLESS_UNSAFE',
    ])
  })
})

describe('a path in a pack', () => {
  it('moves a purpose, and the duty of section 16LA those that rest on consent, where it is in force and reaches them', () => {
    const copy = structuredClone(pack)
    copy.purposes.EARLY_HELP = { ...purposeIn(copy, 'EARLY_HELP'), path: 'DUTY' }
    expect(pathOf(parsePack(copy), 'EARLY_HELP')).toBe('DUTY')
    const reaching = { ...pack, statutoryDuty16LA: { inForce: true, opensConsentPath: true } }
    expect(pathOf(parsePack(reaching), 'DIRECT_CARE')).toBe('DUTY')
    expect(
      pathOf(parsePack({ ...reaching, statutoryDuty16LA: { inForce: false, opensConsentPath: true } }), 'DIRECT_CARE'),
    ).toBe('CONSENT')
  })

  it('never opens what is closed, metadata or a court’s', () => {
    const copy = structuredClone(pack)
    for (const purpose of ['AUDIT', 'RESEARCH', 'SUBJECT_ACCESS', 'COURT_ORDER'] as const) {
      copy.purposes[purpose] = { ...purposeIn(copy, purpose), path: 'DUTY' }
      expect(pathOf(parsePack(copy), purpose)).toBe(pathOf(packInUse, purpose))
    }
  })
})

describe('a signed record', () => {
  it('is read by no role that the pack gives less for a transfer than the officer it is made for', () => {
    for (const label of labels)
      for (const purpose of ['TRANSFER_RECEIVE', 'TRANSFER_SEND'] as const)
        for (const harmPath of [true, false]) {
          const path = pathOf(pack, purpose)
          const at = (role: Role) => accessOf(pack, { label, caller: { role, purpose }, path, harmPath, own: false })
          const made = at('RECEIVING_OFFICER')
          for (const role of readers)
            expect([role, label, at(role).headline || !made.headline, at(role).content || !made.content]).toEqual([
              ...[role, label, true, true],
            ])
        }
  })
})

describe('what a home wrote in the system of social care', () => {
  it('is its own by a row of the pack, which decides, explains and is proven like any other', () => {
    const own = { own: true, home: 'SOCIAL_CARE', label: 'SOCIAL_CARE', level: 'CONTENT' } as const
    const at = (role: Role, agencyType: 'CARE_PROVIDER' | 'EDUCATION') =>
      by({ ...own, caller: { role, agencyType, purpose: 'CLA_REVIEW' } }).code
    expect(at('CARE_WORKER', 'CARE_PROVIDER')).toBe('OK_OWN_RECORD')
    expect(at('FOSTER_CARER', 'CARE_PROVIDER')).toBe('OK_OWN_RECORD')
    expect(at('SCHOOL_NURSE', 'EDUCATION')).not.toBe('OK_OWN_RECORD')
  })
})
