import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { personas, purposesOfRole } from '../../seeds/personas.ts'
import { withBrought } from '../../src/composition/everyPersona.ts'
import { pathOfPurpose, roles } from '../../src/policy/vocabulary.ts'

describe('the personas', () => {
  it('are told apart by id and by subject', () => {
    expect(new Set(personas.map(({ id }) => id)).size).toBe(personas.length)
    expect(new Set(personas.map(({ subject }) => subject)).size).toBe(personas.length)
  })

  it('are refused by name where the seed of an agency brings one whose id there is, or one twice', () => {
    const [first, second] = personas
    if (!first || !second) throw new Error('There are personas.')
    const own = { ...first, id: 'own' }
    expect(withBrought([first], [['health', [own, second]]])).toEqual([first, own, second])
    expect(() =>
      withBrought(
        [first, second],
        [
          ['health', [own, own]],
          ['police', [first]],
        ],
      ),
    ).toThrow(
      expect.objectContaining({
        problems: [
          expect.stringContaining('seeds/health.ts has a persona "own"'),
          expect.stringContaining(`seeds/police.ts has a persona "${first.id}"`),
        ],
      }),
    )
  })

  it('play every role, but those of which docs/policy-sources.md says why none does', () => {
    const page = readFileSync(new URL('../../docs/policy-sources.md', import.meta.url), 'utf8')
    const played = new Set(personas.map(({ role }) => role))
    for (const role of roles) {
      const line = page.split('\n').find((each) => each.startsWith(`| ${role} |`)) ?? ''
      expect(played.has(role), role).toBe(!/\| none: .{10,} \|$/.test(line))
    }
  })

  it.each(personas)('$id may ask for the default purpose', ({ purposes, defaultPurpose }) => {
    expect(purposes).toContain(defaultPurpose)
  })

  it.each(Object.entries(purposesOfRole))(
    '%s may ask for no purpose twice, and for none that is closed, but governance for the subject',
    (role, purposes) => {
      expect(new Set(purposes).size).toBe(purposes.length)
      const closed = purposes.filter((purpose) => pathOfPurpose[purpose] === 'CLOSED')
      expect(closed).toEqual(role === 'INFORMATION_GOVERNANCE_OFFICER' ? ['SUBJECT_ACCESS'] : [])
    },
  )

  it('may all declare an emergency but for those who advise, review or look back', () => {
    const others = Object.entries(purposesOfRole).filter(([, purposes]) => !purposes.includes('EMERGENCY'))
    expect(others.map(([role]) => role)).toEqual([
      'LEGAL_OFFICER',
      'INFORMATION_GOVERNANCE_OFFICER',
      'CHILDRENS_GUARDIAN',
      'REVIEW_AUTHOR',
      'QUALITY_ASSURANCE_OFFICER',
    ])
  })

  it('may audit only as information governance', () => {
    const auditors = Object.entries(purposesOfRole).filter(([, purposes]) => purposes.includes('AUDIT'))
    expect(auditors).toEqual([['INFORMATION_GOVERNANCE_OFFICER', ['AUDIT', 'SUBJECT_ACCESS']]])
  })
})
