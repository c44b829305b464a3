import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectedAnswers } from '../../seeds/expectedAnswers.ts'
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
  const told = expectedAnswers.filter(({ withheldFrom = [] }) => !withheldFrom.includes(persona))
  it.each(told)('$child: $question', async ({ child, selection, expected }) => {
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

/** Null: none of it may be read, and no number is given. */
interface Counts {
  readonly missing: number | null
  readonly restraint: number | null
  readonly attendances: number | null
  readonly contacts: number | null
}
type CountOf = Counts[keyof Counts]
const counts = (missing: CountOf, restraint: CountOf, attendances: CountOf, contacts: CountOf): Counts => ({
  missing,
  restraint,
  attendances,
  contacts,
})

/** Each reader's count is that of what this reader may read: of nothing that may be read there is no number. */
const sam: Partial<Record<Persona, Counts>> = {
  'receiving-officer': counts(50, 30, 8, 1),
  'school-dsl': counts(50, 17, null, null),
  'designated-nurse': counts(50, 17, 8, null),
  // The attendances are the acute trust's: those who treat the child share them as direct care.
  'school-nurse': counts(null, 0, 8, null),
  gp: counts(11, 0, 8, null),
  'camhs-clinician': counts(null, 0, 8, null),
  'police-public-protection': counts(50, 0, 8, null),
  'missing-coordinator': counts(50, 0, 8, null),
  // The home counts what it logged itself beside what others tell it: at least so many.
  'care-home-worker': counts(50, 4, 8, null),
  // Missing from the home is the home's record, and not the authority's own: none of one's own is no number.
  'early-help-worker': counts(null, null, null, null),
  'adoption-worker': counts(11, 0, 8, null),
  'legal-officer': counts(null, null, null, null),
  'information-governance': counts(null, null, null, null),
}
const bryony: Partial<Record<Persona, Counts>> = {
  'school-dsl-eastvale': counts(19, null, null, null),
  'missing-coordinator': counts(19, 0, 1, null),
  'adult-services-worker': counts(19, null, null, null),
  'early-help-worker': counts(5, null, null, null),
  'adoption-worker': counts(5, 0, 1, 9),
  'legal-officer': counts(null, null, null, null),
  'information-governance': counts(null, null, null, null),
}

describe.each([
  { childId: 'C04', readers: sam },
  { childId: 'C05', readers: bryony },
])('the counts of $childId, told to those who may read a part', ({ childId, readers }) => {
  const selection = `missing { total { value } } restrictivePractice { total { value } }
    attendanceAndRestraint { attendances { value } } contactsAndReferrals { total { value } }`

  it.each(personas.filter((one) => !wholeReaders.some((whole) => whole === one)))('%s', async (persona) => {
    const { data, errors } = await ask(persona, childId, selection)
    const expected = readers[persona]
    if (!expected) {
      expect([data, errors.map((each) => each.extensions['code'])]).toEqual([{ child: null }, ['NOT_FOUND']])
      return
    }
    expect(data?.['child']).toEqual({
      missing: { total: { value: expected.missing } },
      restrictivePractice: { total: { value: expected.restraint } },
      attendanceAndRestraint: { attendances: { value: expected.attendances } },
      contactsAndReferrals: { total: { value: expected.contacts } },
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
  const none = '{ value }'
  const patterns = `missing { total ${none} reported ${none} unreported ${none} byForce { force } overnight ${none}
      absentSessionsDuring ${none} episodes { from } }
    restrictivePractice { total ${none} bySetting { name } byTechnique { name } ground ${none} injuries ${none}
      incidents { id } }
    contactsAndReferrals { total ${none} accepted ${none} sources ${none} bySource { name } weeks ${none} undisposed }
    meetingGaps { meetingId } attendanceAndRestraint { withinDayOfRestraint ${none} }`

  it.each(personas)('gives %s no pattern at all: none, or nothing that may be told', async (persona) => {
    const { data, errors } = await ask(persona, 'C12', patterns)
    if (errors.length > 0) {
      expect(errors.map((each) => each.extensions['code'])).toEqual(['NOT_FOUND'])
      return
    }
    expect(JSON.stringify(data)).not.toMatch(/"value":[1-9]|"(id|name|force|from|meetingId)":/)
    expect(Object.keys(data?.['child'] ?? {})).toHaveLength(5)
  })

  it('counts nothing for the hub, and says that it is all', async () => {
    const { data } = await ask('mash-analyst', 'C12', 'missing { total { value completeness without { label } } }')
    expect(data?.['child']).toEqual({ missing: { total: { value: 0, completeness: 'WHOLE', without: [] } } })
  })
})
