import { describe, expect, it } from 'vitest'
import { alertRules } from '../../src/alerts/rules.ts'
import type { ChildAnswers } from '../../src/disclosure/childAccess.ts'
import { caseVerdictsOf } from '../../src/oversight/caseAudit.ts'
import { auditThemes, profileThemes } from '../../src/oversight/themes.ts'
import { readPack } from '../../src/policy/pack.ts'
import { answersOf, asOf, groundOf, registry, row } from '../childView/fixtures.ts'

describe('the question of a theme', () => {
  it('is what is counted, and never what ought to be instead', () => {
    const rules = new Set(alertRules.map(({ rule }) => rule))
    const questions = [...auditThemes, ...profileThemes].map(({ rule }) => rule.rule)
    expect(questions.filter((question) => rules.has(question))).toEqual([])
    expect(auditThemes.find(({ name }) => name === 'POLICE_SHARE_LAG')?.rule.rule).toBe(
      'Something that the police recorded reached social care after the end of the next working day.',
    )
  })
})

describe('sessions missed at school', () => {
  const verdictOf = (dateOfBirth: string, to: string | null, codes: readonly object[] = []) => {
    const ground = groundOf()
    const answers = answersOf({
      socialCare: { person: [row('socialCare:p', { dateOfBirth })] },
      education: {
        enrolments: [row('education:e', { eventAt: '2020-09-01', from: '2020-09-01', to })],
        attendance: codes.map((code) => row('education:a', { eventAt: '2020-10-01', codes: [code] as never })),
      },
    })
    const of = { child: { grants: ground.grants, asOf }, answers } as unknown as ChildAnswers
    const found = caseVerdictsOf(of, { contracts: ground.contracts, registry, pack: readPack() })
    return [...found].find(([{ name }]) => name === 'MISSING_EDUCATION')?.[1]
  }

  it('are not known of a child of school age of whom no school is known: none on record is not none', () => {
    expect(verdictOf('2015-01-15', '2026-07-17')).toMatchObject({
      holds: null,
      without: [{ agency: 'EDUCATION', state: 'PARTIAL', reason: 'NOT_RECORDED' }],
    })
    expect(verdictOf('2015-01-15', '2026-07-17', [{ code: 'U', count: 3 }])).toMatchObject({ holds: true, without: [] })
  })

  it('are none where a school could have recorded them, or the child is past school age', () => {
    expect(verdictOf('2015-01-15', null)).toMatchObject({ holds: false, without: [] })
    expect(verdictOf('2005-01-15', '2021-07-17')).toMatchObject({ holds: false, without: [] })
  })
})
