import { describe, expect, it } from 'vitest'
import { personas, purposesOfRole } from '../../seeds/personas.ts'
import { pathOfPurpose, roles } from '../../src/policy/vocabulary.ts'

describe('the personas', () => {
  it('are told apart by id and by subject', () => {
    expect(new Set(personas.map(({ id }) => id)).size).toBe(personas.length)
    expect(new Set(personas.map(({ subject }) => subject)).size).toBe(personas.length)
  })

  it('play every role there is', () => {
    expect(new Set(personas.map(({ role }) => role))).toEqual(new Set(roles))
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

  it('may all declare an emergency but for legal and governance officers', () => {
    const others = Object.entries(purposesOfRole).filter(([, purposes]) => !purposes.includes('EMERGENCY'))
    expect(others.map(([role]) => role)).toEqual(['LEGAL_OFFICER', 'INFORMATION_GOVERNANCE_OFFICER'])
  })

  it('may audit only as information governance', () => {
    const auditors = Object.entries(purposesOfRole).filter(([, purposes]) => purposes.includes('AUDIT'))
    expect(auditors).toEqual([['INFORMATION_GOVERNANCE_OFFICER', ['AUDIT', 'SUBJECT_ACCESS']]])
  })
})
