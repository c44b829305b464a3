import { describe, expect, it } from 'vitest'
import { bitOf } from '../../src/policy/labels.ts'
import {
  mayReadWords,
  maySign,
  type PartyReader,
  type PlacedOrganisation,
  partyReading,
} from '../../src/policy/namedParty.ts'
import { placeReaches } from '../../src/policy/placePrecision.ts'
import { agencyTypes } from '../../src/policy/vocabulary.ts'

const reader: PartyReader = { organisation: 'LA2-ASC', headline: 0, places: 'NONE', ownPlaces: 'NONE', keeper: 'LA2' }
const at = (agencyType: PlacedOrganisation['agencyType'], la: string | null = 'LA5'): PlacedOrganisation => ({
  agencyType,
  la,
})

describe('who did something about a child', () => {
  it('is named to its own organisation, whatever it is and wherever', () => {
    const own = { organisation: 'NHS-LA5-SARC', role: 'SARC_CLINICIAN' }
    expect(partyReading(own, at('HEALTH'), { ...reader, organisation: own.organisation })).toBe('NAMED')
  })

  it('is no school, practice or home to whom the place is not open, near or far', () => {
    for (const type of ['EDUCATION', 'HEALTH', 'CARE_PROVIDER'] as const)
      for (const la of ['LA2', 'LA5'])
        for (const places of ['NONE', 'AREA'] as const)
          expect(partyReading({ organisation: 'X', role: 'GP' }, at(type, la), { ...reader, places })).toBe('PLACE')
  })

  it('is of the area where the area may be read, and of the keeper always', () => {
    const worker = { organisation: 'LA5-CSC', role: 'SOCIAL_WORKER' }
    expect(partyReading(worker, at('SOCIAL_CARE'), reader)).toBe('PLACE')
    expect(partyReading(worker, at('SOCIAL_CARE', 'LA2'), reader)).toBe('NAMED')
    expect(partyReading(worker, at('SOCIAL_CARE', null), reader)).toBe('PLACE')
    expect(partyReading(worker, at('SOCIAL_CARE'), { ...reader, places: 'AREA' })).toBe('NAMED')
    expect(partyReading(worker, null, { ...reader, places: 'AREA' })).toBe('PLACE')
  })

  it('is never a sensitive setting, by role or by name, whatever else may be read', () => {
    const all: PartyReader = { ...reader, places: 'ALL', headline: ~0 }
    const settings = [
      { organisation: 'NHS-LA5-SARC', role: 'NAMED_NURSE' },
      { organisation: 'X', role: 'SARC_CLINICIAN' },
      { organisation: 'NHS-LA5-CAMHS', role: 'HEALTH_VISITOR' },
    ]
    for (const party of settings)
      for (const type of agencyTypes) expect(partyReading(party, at(type), all)).toBe('SENSITIVE_SETTING')
  })

  it('signs no register as health, a practice no more than mental health, but to its own people and to governance', () => {
    const open: PartyReader = { ...reader, places: 'ALL', headline: ~0 }
    const signs = (organisation: string, role: string, type: PlacedOrganisation['agencyType'], as = open) =>
      maySign({ organisation, role }, at(type), as)
    expect(signs('NHS-LA5-GP', 'GP', 'HEALTH')).toBe(false)
    expect(signs('NHS-LA5-CAMHS', 'CAMHS_CLINICIAN', 'HEALTH')).toBe(false)
    expect(signs('NHS-LA5-GP', 'GP', 'HEALTH', { ...open, organisation: 'NHS-LA5-GP' })).toBe(true)
    expect(signs('LA5-CSC', 'SOCIAL_WORKER', 'SOCIAL_CARE')).toBe(true)
  })

  it('is given no words of another where a place, or who wrote them, is not theirs to know', () => {
    const open: PartyReader = { ...reader, places: 'ALL', headline: ~0 }
    const read = (organisation: string, type: PlacedOrganisation['agencyType'], as: PartyReader) =>
      mayReadWords({ organisation, role: 'SOCIAL_WORKER' }, at(type, 'LA2'), as)
    for (const places of placeReaches) {
      expect(read('LA2-CSC', 'SOCIAL_CARE', { ...open, places })).toBe(places === 'ALL')
      expect(mayReadWords(null, null, { ...open, places })).toBe(places === 'ALL')
      // A colleague may know of a place that is kept from the reader.
      for (const ownPlaces of placeReaches)
        expect(read(reader.organisation, 'SOCIAL_CARE', { ...open, places, ownPlaces })).toBe(ownPlaces === 'ALL')
    }
  })

  it('is given the words of health where no setting that these could name is hidden from the reader', () => {
    const open: PartyReader = { ...reader, places: 'ALL', headline: ~0 }
    for (const organisation of ['NHS-LA5-GP', 'NHS-LA5-CAMHS', 'NHS-LA5-SARC'])
      for (const label of ['HEALTH_MENTAL', 'HEALTH_SEXUAL', 'HEALTH_SARC', 'CHILD_SUBSTANCE'] as const) {
        const read = (as: PartyReader) => mayReadWords({ organisation, role: 'GP' }, at('HEALTH'), as)
        expect(read(open)).toBe(true)
        expect(read({ ...open, headline: ~bitOf(label) })).toBe(false)
        expect(read({ ...open, places: 'AREA' })).toBe(false)
      }
  })

  it('is no service of an adult whose headline may not be read', () => {
    const probation = { organisation: 'LA2-PROBATION', role: 'PROBATION_PRACTITIONER' }
    for (const places of placeReaches) {
      expect(partyReading(probation, at('ADULT', 'LA2'), { ...reader, places })).toBe('SENSITIVE_SETTING')
      expect(partyReading(probation, at('ADULT', 'LA2'), { ...reader, places, headline: bitOf('ADULT_JUSTICE') })).toBe(
        'NAMED',
      )
    }
  })
})
