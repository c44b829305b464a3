import { describe, expect, it } from 'vitest'
import { wordOnOrder } from '../../src/facts/registerEntitlement.ts'
import type { AgencyType } from '../../src/policy/vocabulary.ts'

const organisations: Readonly<Record<string, { readonly agencyType: AgencyType; readonly la: string | null }>> = {
  'LA2-CSC': { agencyType: 'SOCIAL_CARE', la: 'LA2' },
  'LA2-MASH': { agencyType: 'MASH', la: 'LA2' },
  'LA2-IG': { agencyType: 'GOVERNANCE', la: 'LA2' },
  'LA5-IG': { agencyType: 'GOVERNANCE', la: 'LA5' },
  'NHS-1': { agencyType: 'HEALTH', la: 'LA2' },
  F1: { agencyType: 'POLICE', la: null },
}
const placed = (code: string) => organisations[code] ?? null

/** What comes of it when somebody confirms an order that LA2's solicitor recorded for a recipient. */
const word = (organisation: string, recipient: string, subject = 'another') =>
  wordOnOrder(
    { ...(placed(organisation) ?? { agencyType: 'COURT', la: null }), organisation, subject, issuer: 'i' },
    { recipient, recordedBy: 'LEGAL_OFFICER, LA2-CSC', recorder: { subject: 'solicitor', issuer: 'i' } },
    placed,
  )

describe('a word on an order of a court', () => {
  it('is never that of whoever recorded it, of their organisation or of the one that it names', () => {
    expect(word('LA2-CSC', 'NHS-1')).toBe('OWN_ORGANISATION')
    expect(word('NHS-1', 'NHS-1')).toBe('OWN_ORGANISATION')
    expect(word('F1', 'NHS-1', 'solicitor')).toBe('SAME_PERSON')
  })

  it('is nobody’s of an authority on what the authority is to read by it, in whatever service', () => {
    for (const recipient of ['LA2-CSC', 'LA2-MASH'])
      for (const organisation of ['LA2-IG', 'LA2-MASH', 'LA2-CSC'])
        expect([recipient, organisation, word(organisation, recipient)]).not.toContain('ALLOWED')
  })

  it('counts from a holder, from another authority, and from governance on what others are to read', () => {
    expect(['NHS-1', 'F1', 'LA5-IG'].map((organisation) => word(organisation, 'LA2-CSC'))).toEqual(
      Array.from({ length: 3 }, () => 'ALLOWED'),
    )
    expect(word('LA2-IG', 'NHS-1')).toBe('ALLOWED')
  })
})
