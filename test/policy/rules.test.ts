import { describe, expect, it } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { parsePack } from '../../src/policy/pack.ts'
import { asking, pack } from './situations.ts'

type Asked = Parameters<typeof asking>[0]
type Case = readonly [title: string, asked: Asked, outcome: string, code: string, rule: string]

const dsl = { role: 'DESIGNATED_SAFEGUARDING_LEAD', purpose: 'EDUCATION_SUPPORT' } as const
const earlyHelp = { role: 'EARLY_HELP_WORKER', purpose: 'EARLY_HELP' } as const
const refusedByChild = { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' } as const
const givenByParent = { state: 'GIVEN', giver: 'PARENT', competence: 'NOT_ASSESSED' } as const
const nurse = { role: 'SCHOOL_NURSE', purpose: 'DIRECT_CARE' } as const

const cases: readonly Case[] = [
  [
    '1 keeps adoption from everybody outside the adoption team',
    { label: 'ADOPTION' },
    'SILENT',
    'W_STATUTORY_PROHIBITION',
    '1',
  ],
  [
    '1 keeps adoption from break-glass',
    { label: 'ADOPTION', child: { breakGlass: true } },
    'SILENT',
    'W_STATUTORY_PROHIBITION',
    '1',
  ],
  [
    '1 opens adoption to the adoption team',
    { label: 'ADOPTION', caller: { role: 'ADOPTION_WORKER' } },
    'PERMIT',
    'OK_OWN_RECORD',
    '6',
  ],
  [
    '1 opens adoption to nobody without a relationship',
    { label: 'ADOPTION', caller: { role: 'ADOPTION_WORKER' }, child: { relationship: 'NONE' } },
    'WITHHOLD',
    'W_STATUTORY_PROHIBITION',
    '1',
  ],
  [
    '2 keeps legal advice from a transfer',
    { label: 'LEGAL_PRIVILEGE', caller: { role: 'RECEIVING_OFFICER', purpose: 'TRANSFER_RECEIVE' } },
    'SILENT',
    'W_LEGAL_PRIVILEGE',
    '2',
  ],
  [
    '2 keeps legal advice even under a court order',
    { label: 'LEGAL_PRIVILEGE', caller: { purpose: 'COURT_ORDER' } },
    'SILENT',
    'W_LEGAL_PRIVILEGE',
    '2',
  ],
  [
    '3 neither confirms nor denies outside the holder',
    { label: 'POLICE_RECORD', row: { ncnd: true } },
    'SILENT',
    'S_NCND',
    '3',
  ],
  [
    '3 shows such a row to its holder',
    { label: 'POLICE_RECORD', caller: { role: 'POLICE_PUBLIC_PROTECTION', purpose: 'POLICING' }, row: { ncnd: true } },
    'PERMIT',
    'OK_OWN_RECORD',
    '6',
  ],
  [
    '4 gives an auditor metadata only',
    { caller: { role: 'INFORMATION_GOVERNANCE_OFFICER', purpose: 'AUDIT' } },
    'WITHHOLD',
    'W_METADATA_ONLY',
    '4',
  ],
  ['5 closes research', { caller: { purpose: 'RESEARCH' } }, 'WITHHOLD', 'W_PURPOSE_NOT_PERMITTED', '5'],
  ['5 closes subject access', { caller: { purpose: 'SUBJECT_ACCESS' } }, 'WITHHOLD', 'W_PURPOSE_NOT_PERMITTED', '5'],
  [
    '6 sets agreement, holds and consent aside for an own record',
    { label: 'SOCIAL_CARE', child: { agreement: false }, row: { hold: 'DETRIMENT' }, consent: refusedByChild },
    'PERMIT',
    'OK_OWN_RECORD',
    '6',
  ],
  [
    '6 does not set the list of the label aside',
    { label: 'HEALTH_SARC', caller: nurse },
    'SILENT',
    'W_ROLE_NOT_PERMITTED',
    '11b',
  ],
  [
    '6 needs a relationship',
    { label: 'SOCIAL_CARE', child: { relationship: 'NONE' } },
    'WITHHOLD',
    'W_NO_RELATIONSHIP',
    '10',
  ],
  ['7 needs an agreement', { child: { agreement: false } }, 'WITHHOLD', 'W_NO_AGREEMENT', '7'],
  [
    '7 needs none in an emergency',
    { child: { agreement: false }, caller: { purpose: 'EMERGENCY' } },
    'PERMIT',
    'OK_EMERGENCY',
    '16b',
  ],
  [
    "8 lets the holder's decision stand against an enquiry",
    { caller: { purpose: 'S47_ENQUIRY' }, row: { hold: 'DETRIMENT' } },
    'WITHHOLD',
    'W_HOLDER_DETRIMENT',
    '8',
  ],
  [
    "8 lets the holder's decision stand against break-glass",
    { child: { breakGlass: true }, row: { hold: 'DETRIMENT' } },
    'WITHHOLD',
    'W_HOLDER_DETRIMENT',
    '8',
  ],
  ['9 lets an embargo stand on the duty path', { row: { hold: 'EMBARGO' } }, 'WITHHOLD', 'W_HOLDER_EMBARGO', '9'],
  [
    '9 lifts an embargo for harm',
    { row: { hold: 'EMBARGO' }, child: { harm: 'REASONABLE_CAUSE' } },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  ['10 refuses who has no relationship', { child: { relationship: 'NONE' } }, 'WITHHOLD', 'W_NO_RELATIONSHIP', '10'],
  [
    '10 refuses who has none in an enquiry too',
    { child: { relationship: 'NONE' }, caller: { purpose: 'S47_ENQUIRY' } },
    'WITHHOLD',
    'W_NO_RELATIONSHIP',
    '10',
  ],
  [
    '10 needs none under a court order',
    { child: { relationship: 'NONE' }, caller: { purpose: 'COURT_ORDER' } },
    'PERMIT',
    'OK_COURT_ORDER',
    '16a',
  ],
  [
    '11 refuses a purpose that is not open to the organisation',
    { label: 'SOCIAL_CARE', caller: { ...dsl, purpose: 'ASSESSMENT_S17' } },
    'WITHHOLD',
    'W_PURPOSE_NOT_PERMITTED',
    '11a',
  ],
  [
    '11 refuses a role that is not on the list',
    { label: 'EQUALITY', caller: { role: 'GP', purpose: 'CP_CONFERENCE' } },
    'WITHHOLD',
    'W_ROLE_NOT_PERMITTED',
    '11b',
  ],
  [
    '11 is silent to a role from which existence is hidden',
    { label: 'HEALTH_MENTAL', caller: { ...dsl, purpose: 'CP_CONFERENCE' } },
    'SILENT',
    'W_ROLE_NOT_PERMITTED',
    '11b',
  ],
  [
    '12 keeps what is not relevant',
    { caller: { purpose: 'EMERGENCY' }, row: { relevance: 'NOT_RELEVANT' } },
    'WITHHOLD',
    'W_NOT_RELEVANT',
    '12a',
  ],
  [
    '12 queues what nobody judged, of an adult',
    { label: 'ADULT_HEALTH', row: { relevance: 'UNDECIDED' } },
    'WITHHOLD',
    'W_RELEVANCE_UNDECIDED',
    '12b',
  ],
  [
    '12 lets what nobody judged pass for harm',
    { label: 'ADULT_HEALTH', row: { relevance: 'UNDECIDED' }, child: { harm: 'REASONABLE_CAUSE' } },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  [
    '13 keeps intelligence under handling conditions off the harm path',
    { label: 'MANAGED_OFFENDER', row: { conditions: true } },
    'WITHHOLD',
    'W_HANDLING_CONDITIONS',
    '13',
  ],
  [
    '13 opens it to social care for harm',
    { label: 'MANAGED_OFFENDER', row: { conditions: true }, caller: { purpose: 'S47_ENQUIRY' } },
    'PERMIT',
    'OK_S47',
    '16d',
  ],
  [
    '14 shows another person under a pseudonym',
    { label: 'THIRD_PARTY', level: 'CONTENT' },
    'REDACT',
    'R_THIRD_PARTY_PSEUDONYMISED',
    '14',
  ],
  [
    '15 coarsens a protected place for policing elsewhere',
    { label: 'ADDRESS_PROTECTED', level: 'CONTENT', caller: { role: 'POLICE_PUBLIC_PROTECTION', purpose: 'POLICING' } },
    'REDACT',
    'R_LOCATION_COARSENED',
    '15',
  ],
  [
    '15 gives a protected place to the police for an enquiry',
    {
      label: 'ADDRESS_PROTECTED',
      level: 'CONTENT',
      caller: { role: 'POLICE_PUBLIC_PROTECTION', purpose: 'S47_ENQUIRY' },
    },
    'PERMIT',
    'OK_S47',
    '16d',
  ],
  [
    '16 does not lower an enquiry that no record supports',
    { caller: { purpose: 'S47_ENQUIRY' }, consent: refusedByChild },
    'PERMIT',
    'OK_S47',
    '16d',
  ],
  [
    '16 lets a missing coordinator act',
    { label: 'SOCIAL_CARE', home: 'POLICE', caller: { role: 'SOCIAL_WORKER', purpose: 'MISSING_RESPONSE' } },
    'PERMIT',
    'OK_MISSING_RESPONSE',
    '16c',
  ],
  [
    '17 leaves a competent refusal of a sensitive service to the holder',
    { label: 'HEALTH_MENTAL', caller: { purpose: 'CLA_REVIEW' }, consent: refusedByChild },
    'WITHHOLD',
    'W_DETRIMENT_PRESUMED_SENSITIVE',
    '17',
  ],
  [
    '17 does the same when social care cannot be reached',
    { label: 'HEALTH_MENTAL', caller: { purpose: 'CLA_REVIEW' }, consent: refusedByChild, child: { harm: 'UNKNOWN' } },
    'WITHHOLD',
    'W_DETRIMENT_PRESUMED_SENSITIVE',
    '17',
  ],
  [
    '17 does not hear a refusal of a child not judged competent',
    {
      label: 'HEALTH_MENTAL',
      caller: { purpose: 'CLA_REVIEW' },
      consent: { ...refusedByChild, competence: 'NOT_ASSESSED' },
    },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  [
    '17 does not hear a refusal of a child under 13',
    {
      label: 'HEALTH_MENTAL',
      caller: { purpose: 'CLA_REVIEW' },
      consent: refusedByChild,
      child: { ageBand: 'UNDER_13' },
    },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  [
    "17 does not hear a parent's refusal",
    { label: 'HEALTH_MENTAL', caller: { purpose: 'CLA_REVIEW' }, consent: { ...refusedByChild, giver: 'PARENT' } },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  [
    '17 gives way to concern that social care recorded',
    { label: 'HEALTH_MENTAL', caller: { purpose: 'CLA_REVIEW' }, consent: refusedByChild, child: { harm: 'CONCERN' } },
    'PERMIT',
    'OK_DUTY',
    '18',
  ],
  ['17 leaves general health alone', { label: 'HEALTH_GENERAL', consent: refusedByChild }, 'PERMIT', 'OK_DUTY', '18'],
  [
    '18 moves a record with the child whatever the parents say',
    {
      label: 'EDUCATION',
      level: 'CONTENT',
      caller: { role: 'RECEIVING_OFFICER', purpose: 'TRANSFER_RECEIVE' },
      consent: { ...givenByParent, state: 'REFUSED' },
    },
    'PERMIT',
    'OK_TRANSFER',
    '18',
  ],
  [
    '19 sets consent aside for reasonable cause on the consent path',
    { caller: earlyHelp, child: { harm: 'REASONABLE_CAUSE' }, consent: refusedByChild },
    'PERMIT',
    'OK_DUTY',
    '19',
  ],
  [
    '20 opens with break-glass what the role may read',
    { caller: earlyHelp, child: { relationship: 'NONE', breakGlass: true } },
    'PERMIT',
    'OK_BREAK_GLASS',
    '20',
  ],
  [
    '20 does not widen the role',
    { label: 'HEALTH_SARC', caller: dsl, child: { breakGlass: true } },
    'SILENT',
    'W_ROLE_NOT_PERMITTED',
    '11b',
  ],
  [
    '21 opens identity without consent',
    { label: 'CORE_IDENTITY', caller: earlyHelp, home: 'HEALTH', consent: refusedByChild },
    'PERMIT',
    'OK_BASE',
    '21',
  ],
  ['21 opens involvement without consent', { label: 'INVOLVEMENT', caller: dsl }, 'PERMIT', 'OK_BASE', '21'],
  [
    '21a opens no police record by consent',
    { label: 'POLICE_RECORD', caller: nurse, consent: givenByParent },
    'WITHHOLD',
    'W_PURPOSE_NOT_PERMITTED',
    '21a',
  ],
  [
    '21a opens no other agency for policing',
    { label: 'DOMESTIC_ABUSE', home: 'SOCIAL_CARE', caller: { role: 'POLICE_PUBLIC_PROTECTION', purpose: 'POLICING' } },
    'WITHHOLD',
    'W_PURPOSE_NOT_PERMITTED',
    '21a',
  ],
  [
    "22 opens with a parent's consent for a child under 16",
    { caller: earlyHelp, consent: givenByParent },
    'PERMIT',
    'OK_CONSENT',
    '22',
  ],
  [
    "22 does not open with a parent's consent at 16",
    { caller: earlyHelp, consent: givenByParent, child: { ageBand: '16_TO_17' } },
    'WITHHOLD',
    'W_CONSENT_NOT_SOUGHT',
    '23',
  ],
  [
    '22 opens with the consent of a young person of 16',
    {
      caller: earlyHelp,
      consent: { state: 'GIVEN', giver: 'CHILD', competence: 'NOT_ASSESSED' },
      child: { ageBand: '16_TO_17' },
    },
    'PERMIT',
    'OK_CONSENT',
    '22',
  ],
  [
    '22 does not open with the consent of a child not judged competent',
    { caller: earlyHelp, consent: { state: 'GIVEN', giver: 'CHILD', competence: 'NOT_ASSESSED' } },
    'WITHHOLD',
    'W_CONSENT_NOT_SOUGHT',
    '23',
  ],
  [
    '23 withholds what was refused',
    { caller: earlyHelp, consent: refusedByChild },
    'WITHHOLD',
    'W_CONSENT_REFUSED',
    '23',
  ],
  [
    '23 withholds what was withdrawn',
    { caller: earlyHelp, consent: { ...givenByParent, state: 'WITHDRAWN' } },
    'WITHHOLD',
    'W_CONSENT_WITHDRAWN',
    '23',
  ],
  [
    '23 withholds what has run out',
    { caller: earlyHelp, consent: { ...givenByParent, state: 'EXPIRED' } },
    'WITHHOLD',
    'W_CONSENT_EXPIRED',
    '23',
  ],
  ['23 withholds what nobody asked for', { caller: earlyHelp }, 'WITHHOLD', 'W_CONSENT_NOT_SOUGHT', '23'],
]

describe('the ordered rules', () => {
  for (const [title, asked, outcome, code, rule] of cases)
    it(`rule ${title}`, () => expect(decide(pack, asking(asked))).toMatchObject({ outcome, code, rule }))
})

describe('obligations', () => {
  const obligations = (asked: Asked) => decide(pack, asking(asked)).obligations

  it('asks for an enquiry to be raised when the purpose has no record behind it', () => {
    expect(obligations({ caller: { purpose: 'S47_ENQUIRY' } })).toEqual(['RAISE_S47_PROMPT'])
    expect(obligations({ caller: { purpose: 'S47_ENQUIRY' }, child: { harm: 'REASONABLE_CAUSE' } })).toEqual([])
  })

  it('asks for the reason when a refusal on file is set aside', () =>
    expect(obligations({ consent: refusedByChild })).toContain('RECORD_OVERRIDE_REASON'))

  it('escalates, queues and alerts', () => {
    expect(obligations({ row: { hold: 'DETRIMENT' } })).toEqual(['ESCALATE_TO_HOLDER'])
    expect(obligations({ label: 'ADULT_HEALTH', row: { relevance: 'UNDECIDED' } })).toEqual(['QUEUE_FOR_HOLDER'])
    expect(obligations({ caller: earlyHelp, child: { breakGlass: true } })).toContain('ALERT_PRIVACY_OFFICER')
  })
})

describe('the pack', () => {
  it('names the statutory duty once the pack says it is in force', () => {
    const later = { ...pack, statutoryDuty16LA: { inForce: true, from: '2026-09-30' } }
    expect(decide(later, asking()).code).toBe('OK_DUTY_S16LA')
  })

  it('refuses a label that is missing, a role that nobody has and a member nobody knows', () => {
    const { ADOPTION: _, ...fewer } = pack.labels
    expect(() => parsePack({ ...pack, labels: fewer })).toThrow(/ADOPTION/)
    expect(() => parsePack({ ...pack, owner: 'x' })).toThrow(/Policy pack/)
    const wrong = { ...pack.labels.ADOPTION, access: [{ roles: ['JANITOR'], level: 'CONTENT' }] }
    expect(() => parsePack({ ...pack, labels: { ...pack.labels, ADOPTION: wrong } })).toThrow(/JANITOR is no role/)
  })
})
