import { describe, expect, it } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { type Label, labels } from '../../src/policy/labels.ts'
import { type Purpose, type Role, roles } from '../../src/policy/vocabulary.ts'
import { asking, pack } from './situations.ts'

const short: Readonly<Record<string, Role>> = {
  SW: 'SOCIAL_WORKER',
  TM: 'TEAM_MANAGER',
  IRO: 'REVIEWING_OFFICER',
  MASH: 'MASH_ANALYST',
  DSL: 'DESIGNATED_SAFEGUARDING_LEAD',
  SN: 'SCHOOL_NURSE',
  DN: 'DESIGNATED_NURSE',
  GP: 'GP',
  CAM: 'CAMHS_CLINICIAN',
  SARC: 'SARC_CLINICIAN',
  PPU: 'POLICE_PUBLIC_PROTECTION',
  MFC: 'MISSING_COORDINATOR',
  ASC: 'ADULT_SERVICES_WORKER',
  CAR: 'CARE_WORKER',
  RLO: 'RECEIVING_OFFICER',
  EH: 'EARLY_HELP_WORKER',
  ADO: 'ADOPTION_WORKER',
  LEG: 'LEGAL_OFFICER',
}
const everyone = 'SW TM IRO MASH DSL SN DN GP CAM SARC PPU MFC ASC CAR RLO EH ADO LEG'
const rest = 'REST'

/**
 * The label table in an emergency with a relationship, where the list alone decides: content; headline only; pseudonym;
 * hidden.
 */
const table: Readonly<Record<Label, { content: string; headline?: string; pseudonym?: string; hidden?: string }>> = {
  CORE_IDENTITY: { content: everyone },
  ADDRESS_PROTECTED: { content: 'SW TM PPU IRO RLO', hidden: rest },
  INVOLVEMENT: { content: 'SW TM MASH IRO PPU DN GP RLO CAM ASC', headline: 'DSL SN CAR MFC EH' },
  SOCIAL_CARE: { content: 'SW TM MASH IRO RLO', headline: 'DN GP DSL EH' },
  EDUCATION: { content: 'SW TM MASH SN DN RLO DSL IRO EH' },
  HEALTH_GENERAL: { content: 'DN SN GP CAM SARC', headline: 'SW TM MASH RLO IRO EH' },
  HEALTH_MENTAL: { content: 'CAM DN GP', headline: 'SW TM MASH', hidden: 'DSL CAR ASC' },
  HEALTH_SEXUAL: { content: 'DN GP', headline: 'SW PPU', hidden: 'DSL CAR ASC SN CAM SARC MFC EH ADO LEG' },
  HEALTH_SARC: { content: 'DN SARC', headline: 'SW PPU', hidden: 'DSL CAR ASC SN GP CAM MFC EH ADO LEG' },
  CHILD_SUBSTANCE: { content: 'DN GP SW MASH', hidden: 'DSL' },
  POLICE_RECORD: { content: 'PPU SW TM MASH IRO RLO MFC', headline: 'DSL CAR SN', hidden: 'ASC' },
  POLICE_INTELLIGENCE: { content: 'PPU', hidden: rest },
  MANAGED_OFFENDER: { content: 'PPU', headline: 'SW TM MASH', hidden: rest },
  DOMESTIC_ABUSE: { content: 'PPU SW MASH IRO TM', headline: 'DSL' },
  THIRD_PARTY: { content: 'SW TM MASH IRO ASC', pseudonym: 'RLO' },
  ADULT_HEALTH: { content: 'SW TM MASH IRO ASC', headline: 'RLO' },
  ADULT_JUSTICE: { content: 'SW TM MASH IRO ASC', headline: 'RLO' },
  REFERRER_IDENTITY: { content: 'SW TM', hidden: rest },
  ADOPTION: { content: 'ADO', hidden: rest },
  COURT_CONFIDENTIAL: { content: 'SW TM IRO LEG' },
  LEGAL_PRIVILEGE: { content: 'LEG', hidden: rest },
  VICTIM_ANONYMITY: { content: everyone, hidden: rest },
  WITNESS: { content: 'SW TM PPU', hidden: rest },
  IMMIGRATION: { content: 'SW TM MASH' },
  EQUALITY: { content: 'SW TM MASH' },
  CHILD_CONFIDENCE: { content: 'SW TM PPU', hidden: rest },
}

const rolesIn = (text = ''): Role[] => text.split(' ').flatMap((word) => short[word] ?? [])
const outcome = (
  label: Label,
  role: Role,
  level: 'HEADLINE' | 'CONTENT',
  purpose: Purpose,
  harm: 'NONE' | 'REASONABLE_CAUSE' = 'NONE',
) => decide(pack, asking({ label, level, caller: { role, purpose }, child: { harm } })).outcome

describe('the label table, in an emergency', () => {
  for (const label of labels) {
    const row = table[label]
    const content = rolesIn(row.content)
    const pseudonym = rolesIn(row.pseudonym)
    const headline = [...rolesIn(row.headline), ...content, ...pseudonym]
    const hidden = row.hidden === rest ? roles.filter((role) => !headline.includes(role)) : rolesIn(row.hidden)
    for (const role of roles.filter((each) => each !== 'INFORMATION_GOVERNANCE_OFFICER'))
      it(`answers ${label} to ${role}`, () => {
        const expected = hidden.includes(role) ? 'SILENT' : 'WITHHOLD'
        expect(outcome(label, role, 'HEADLINE', 'EMERGENCY')).toBe(headline.includes(role) ? 'PERMIT' : expected)
        const full = outcome(label, role, 'CONTENT', 'EMERGENCY')
        if (content.includes(role)) expect(full).toBe('PERMIT')
        else if (pseudonym.includes(role)) expect(full).toBe('REDACT')
        else expect(['WITHHOLD', 'SILENT']).toContain(full)
      })
  }
})

describe('what depends on the purpose', () => {
  it('gives mental health at headline for conference, review and hub, and not for a section 17 assessment', () => {
    expect(outcome('HEALTH_MENTAL', 'SOCIAL_WORKER', 'HEADLINE', 'CP_CONFERENCE')).toBe('PERMIT')
    expect(outcome('HEALTH_MENTAL', 'MASH_ANALYST', 'HEADLINE', 'MASH_ENQUIRY')).toBe('PERMIT')
    expect(outcome('HEALTH_MENTAL', 'SOCIAL_WORKER', 'HEADLINE', 'ASSESSMENT_S17')).toBe('WITHHOLD')
    expect(outcome('HEALTH_MENTAL', 'SOCIAL_WORKER', 'HEADLINE', 'ASSESSMENT_S17', 'REASONABLE_CAUSE')).toBe('PERMIT')
    expect(outcome('HEALTH_MENTAL', 'SOCIAL_WORKER', 'CONTENT', 'S47_ENQUIRY')).toBe('WITHHOLD')
  })

  it('gives sexual health and SARC to social worker and police on the harm path alone', () => {
    for (const label of ['HEALTH_SEXUAL', 'HEALTH_SARC'] as const) {
      expect(outcome(label, 'SOCIAL_WORKER', 'HEADLINE', 'CP_CONFERENCE')).toBe('WITHHOLD')
      expect(outcome(label, 'SOCIAL_WORKER', 'HEADLINE', 'ASSESSMENT_S17', 'REASONABLE_CAUSE')).toBe('PERMIT')
      expect(outcome(label, 'TEAM_MANAGER', 'HEADLINE', 'S47_ENQUIRY')).toBe('WITHHOLD')
    }
  })

  it('gives adults and third persons in full for harm and conference, and otherwise a headline and a pseudonym', () => {
    expect(outcome('ADULT_HEALTH', 'SOCIAL_WORKER', 'CONTENT', 'ASSESSMENT_S17')).toBe('WITHHOLD')
    expect(outcome('ADULT_HEALTH', 'SOCIAL_WORKER', 'HEADLINE', 'ASSESSMENT_S17')).toBe('PERMIT')
    expect(outcome('ADULT_HEALTH', 'SOCIAL_WORKER', 'CONTENT', 'CP_CONFERENCE')).toBe('PERMIT')
    expect(outcome('THIRD_PARTY', 'SOCIAL_WORKER', 'CONTENT', 'ASSESSMENT_S17')).toBe('REDACT')
    expect(outcome('THIRD_PARTY', 'MASH_ANALYST', 'CONTENT', 'CP_CONFERENCE')).toBe('PERMIT')
    expect(outcome('THIRD_PARTY', 'RECEIVING_OFFICER', 'CONTENT', 'S47_ENQUIRY')).toBe('REDACT')
  })

  it('names third persons to the agency whose own record it is', () => {
    const own = asking({ label: 'THIRD_PARTY', level: 'CONTENT', home: 'SOCIAL_CARE' })
    expect(decide(pack, own)).toMatchObject({ outcome: 'PERMIT', code: 'OK_OWN_RECORD' })
    expect(decide(pack, { ...own, caller: { ...own.caller, role: 'RECEIVING_OFFICER' } }).outcome).toBe('REDACT')
  })

  it("limits a school's lead to the rows of that school", () => {
    const asked = asking({
      label: 'EDUCATION',
      level: 'CONTENT',
      caller: { role: 'DESIGNATED_SAFEGUARDING_LEAD', purpose: 'EDUCATION_SUPPORT' },
    })
    expect(decide(pack, asked)).toMatchObject({ outcome: 'PERMIT', code: 'OK_OWN_RECORD' })
    expect(decide(pack, { ...asked, own: false })).toMatchObject({ outcome: 'WITHHOLD', code: 'W_ROLE_NOT_PERMITTED' })
    expect(decide(pack, asking({ label: 'EDUCATION', level: 'CONTENT' })).outcome).toBe('PERMIT')
  })

  it('gives an auditor nothing of any label, and says so of all alike', () => {
    for (const label of labels)
      for (const level of ['HEADLINE', 'CONTENT'] as const)
        expect(
          decide(pack, asking({ label, level, caller: { role: 'INFORMATION_GOVERNANCE_OFFICER', purpose: 'AUDIT' } })),
        ).toMatchObject({
          outcome: 'WITHHOLD',
          code: 'W_METADATA_ONLY',
        })
  })
})
