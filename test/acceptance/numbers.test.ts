import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectedAnswers } from '../../seeds/expected.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type Persona, personas } from './support/people.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const ask = async (persona: Persona, childId: string, selection: string) =>
  gateway.ask(persona, `{ child(id: "${childId}") { ${selection} } }`)

const wholeReaders = ['mash-analyst', 'social-worker', 'team-manager', 'reviewing-officer'] as const

describe.each(wholeReaders)('the numbers of the story cases, told to %s', (persona) => {
  it.each(expectedAnswers)('$child: $question', async ({ child, selection, expected }) => {
    const { data, errors } = await ask(persona, child, selection)
    expect(errors).toEqual([])
    expect(data?.['child']).toMatchObject(expected)
  })

  it('finds the four professionals of the new area whom no meeting about Sam invited', async () => {
    const { data } = await ask(persona, 'C04', 'meetingGaps { missingInvitees { agency la } }')
    const gaps: unknown = data?.['child']?.['meetingGaps']
    const invitees = ['EDUCATION', 'HEALTH_COMMUNITY', 'HEALTH_GP', 'POLICE'].map((agency) => ({ agency, la: 'LA5' }))
    expect(gaps).toHaveLength(5)
    for (const gap of Array.isArray(gaps) ? gaps : [])
      expect(gap).toEqual({ missingInvitees: expect.arrayContaining(invitees) })
  })
})

interface Counts {
  readonly missing: number
  readonly restraint: number
  readonly attendances: number
  readonly contacts: number
}
const counts = (missing: number, restraint: number, attendances: number, contacts: number): Counts => ({
  missing,
  restraint,
  attendances,
  contacts,
})

/** Each reader's count is that of what this reader may read: nothing that is withheld is counted for anyone. */
const sam: Partial<Record<Persona, Counts>> = {
  'receiving-officer': counts(50, 30, 8, 1),
  'school-dsl': counts(50, 17, 0, 0),
  'designated-nurse': counts(11, 17, 8, 0),
  // The attendances are the acute trust's: to other health organisations they are another's, and consent was not sought.
  'school-nurse': counts(0, 0, 0, 0),
  gp: counts(0, 0, 0, 0),
  'camhs-clinician': counts(0, 0, 0, 0),
  'police-public-protection': counts(45, 0, 0, 0),
  'missing-coordinator': counts(45, 0, 0, 0),
  'care-home-worker': counts(45, 0, 0, 0),
  'adult-services-worker': counts(0, 0, 0, 0),
  // Missing from the home is the home's record, and not the authority's own.
  'early-help-worker': counts(0, 0, 0, 0),
  'adoption-worker': counts(0, 0, 0, 0),
  'legal-officer': counts(0, 0, 0, 0),
  'information-governance': counts(0, 0, 0, 0),
}
const bryony: Partial<Record<Persona, Counts>> = {
  'school-dsl-eastvale': counts(19, 0, 0, 0),
  'missing-coordinator': counts(14, 0, 0, 0),
  'adult-services-worker': counts(0, 0, 0, 0),
  'early-help-worker': counts(5, 0, 0, 0),
  'adoption-worker': counts(0, 0, 0, 0),
  'legal-officer': counts(0, 0, 0, 0),
  'information-governance': counts(0, 0, 0, 0),
}

describe.each([
  { childId: 'C04', readers: sam },
  { childId: 'C05', readers: bryony },
])('the counts of $childId, told to those who may read a part', ({ childId, readers }) => {
  const selection = `missing { total } restrictivePractice { total } attendanceAndRestraint { attendances }
    contactsAndReferrals { total }`

  it.each(personas.filter((one) => !wholeReaders.some((whole) => whole === one)))('%s', async (persona) => {
    const { data, errors } = await ask(persona, childId, selection)
    const expected = readers[persona]
    if (!expected) {
      expect([data, errors.map((each) => each.extensions['code'])]).toEqual([{ child: null }, ['NOT_FOUND']])
      return
    }
    expect(data?.['child']).toEqual({
      missing: { total: expected.missing },
      restrictivePractice: { total: expected.restraint },
      attendanceAndRestraint: { attendances: expected.attendances },
      contactsAndReferrals: { total: expected.contacts },
    })
  })

  it('says to each of them that something is withheld, so that a low count is not taken for the whole', async () => {
    for (const persona of personas) {
      if (!readers[persona]) continue
      const { data } = await ask(persona, childId, 'withheld { category }')
      expect(JSON.stringify(data), persona).toContain('"category"')
    }
  })
})

describe('the control', () => {
  const patterns = `missing { total reported unreported byForce { force } overnight absentSessionsDuring episodes { from } }
    restrictivePractice { total bySetting { name } byTechnique { name } ground injuries incidents { id } }
    contactsAndReferrals { total accepted sources bySource { name } weeks undisposed }
    meetingGaps { meetingId } attendanceAndRestraint { withinDayOfRestraint }`

  it.each(personas)('gives %s no pattern at all', async (persona) => {
    const { data, errors } = await ask(persona, 'C12', patterns)
    if (errors.length > 0) {
      expect(errors.map((each) => each.extensions['code'])).toEqual(['NOT_FOUND'])
      return
    }
    expect(data?.['child']).toEqual({
      missing: {
        total: 0,
        reported: 0,
        unreported: 0,
        byForce: [],
        overnight: 0,
        absentSessionsDuring: 0,
        episodes: [],
      },
      restrictivePractice: { total: 0, bySetting: [], byTechnique: [], ground: 0, injuries: 0, incidents: [] },
      contactsAndReferrals: { total: 0, accepted: 0, sources: 0, bySource: [], weeks: 0, undisposed: [] },
      meetingGaps: [],
      attendanceAndRestraint: { withinDayOfRestraint: 0 },
    })
  })
})
