import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctor, doctorHere, practice, recordOf } from './support/children.ts'
import { grantWithout, never, openSource, rowsOf, whole } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer()
  for (const resource of [practice, doctor, doctorHere, ...recordOf('rowan'), ...recordOf('ash')])
    await server.put(resource)
})
afterAll(() => server?.close())

const row = async (list: string, nth = 0) =>
  (await rowsOf(openSource(server.url).source, grantWithout(['rowan'])))[list]?.[nth]

describe('resources become records of the health schema', () => {
  it('names the person by the name in use, with the number and whether it is verified', async () => {
    expect(await row('person')).toMatchObject({
      id: 'AGS:Patient/rowan',
      nhsNumber: '9990000018',
      nhsNumberVerified: true,
      family: 'Thorn',
      given: 'Rowan Lee',
      dateOfBirth: '2014-05-06',
      sex: 'female',
    })
  })

  it('tells the practice by its code, and not since when: a patient’s record does not say', async () => {
    expect(await row('registrations')).toMatchObject({
      practice: 'Y00001',
      name: 'Ash Grove Surgery',
      contact: '0191 498 0001',
      from: null,
      to: null,
    })
  })

  it('tells an emergency attendance with its injury, its reason and who saw the child', async () => {
    expect(await row('unscheduledAttendances')).toMatchObject({
      id: 'AGS:Encounter/rowan-ed',
      eventAt: '2026-02-03T22:15:00Z',
      setting: 'EMERGENCY_DEPARTMENT',
      injury: true,
      reason: 'Fracture of lower end of radius',
      outcome: 'Discharge to home',
      mentalHealthReferral: null,
      'provenance.recordedBy': 'Dr Hazel Alder',
      'provenance.agency': 'HEALTH_GP',
      'provenance.organisation': 'Y00001',
      'provenance.la': 'LA2',
      'provenance.recordedAt': '2026-03-02T09:00:00Z',
      'provenance.evidence': 'FACT',
      sensitivity: [],
    })
  })

  it('says of a child who did not come that somebody did not bring them', async () => {
    expect(await row('appointments')).toMatchObject({
      eventAt: '2026-01-12T10:00:00Z',
      service: 'Accident prevention service',
      outcome: 'WAS_NOT_BROUGHT',
      'provenance.recordedAt': '2025-12-01T09:00:00Z',
    })
  })

  it('tells who is involved, of an episode and of a care team, and nobody of the family', async () => {
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan']))
    expect(rows['involvements']).toMatchObject([
      {
        kind: 'Medical practitioner',
        service: 'Ash Grove Surgery',
        professional: 'Dr Hazel Alder',
        from: '2024-01-01',
      },
      {
        kind: 'School nursing service',
        service: 'Ash Grove Surgery',
        professional: 'Dr Hazel Alder',
        contact: '0191 498 0001',
        from: '2025-09-01',
        to: null,
      },
    ])
  })

  it('keeps a date partial: a month is a month, and no day of it', async () => {
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan']))
    const asthma = rows['gpEntries']?.find(({ id }) => id === 'AGS:Condition/rowan-asthma')
    expect(asthma).toMatchObject({
      eventAt: null,
      text: 'Asthma, since May 2019, active',
      'provenance.recordedAt': '2019-06-02T00:00:00Z',
      'provenance.recordedBy': 'Dr Hazel Alder',
    })
  })

  it('tells findings, flags with what they mean for safeguarding, and that a document is there without where', async () => {
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan']))
    expect(rows['gpEntries']?.map(({ text, safeguardingRelevance }) => [text, safeguardingRelevance])).toEqual([
      ['Flag: Subject to child protection plan', 'Subject to child protection plan'],
      ['Body weight: 27.5 kg', null],
      ['Document at the holder: Outpatient letter', null],
      ['Asthma, since May 2019, active', null],
    ])
    expect(JSON.stringify(rows)).not.toContain('elsewhere.example')
  })

  it('tells an immunisation', async () => {
    expect(await row('immunisations')).toMatchObject({
      vaccine: 'Measles, mumps and rubella vaccine',
      status: 'GIVEN',
      eventAt: '2015-06-01T00:00:00Z',
    })
  })
})

describe('a month or a year', () => {
  it('stands in the text of whatever it is of, and no day is made up for it', async () => {
    const patient = { reference: 'Patient/partial' }
    const coded = (code: string, display: string) => ({ coding: [{ system: 'http://snomed.info/sct', code, display }] })
    const type = [coded('310162006', 'School nursing service')]
    const common = { status: 'finished', class: { code: 'AMB' }, subject: patient }
    for (const resource of [
      { resourceType: 'Patient', id: 'partial' },
      {
        ...{ resourceType: 'Immunization', id: 'partial-mmr', status: 'completed', patient },
        ...{ vaccineCode: coded('38598009', 'MMR vaccine'), occurrenceDateTime: '2015-06' },
      },
      {
        resourceType: 'EpisodeOfCare',
        id: 'partial-nurse',
        status: 'active',
        type,
        patient,
        period: { start: '2026-01' },
      },
      { ...common, resourceType: 'Encounter', id: 'partial-visit', type, period: { start: '2024' } },
    ])
      await server.put(resource)
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['partial']))
    expect(rows['immunisations']).toMatchObject([{ vaccine: 'MMR vaccine, in June 2015', eventAt: null }])
    expect(rows['involvements']).toMatchObject([{ kind: 'School nursing service, since January 2026', from: null }])
    expect(rows['appointments']).toMatchObject([{ service: 'School nursing service, in 2024', eventAt: null }])
  })
})

describe('one exchange for many children', () => {
  it('asks for all of them in one batch, and gives each their own', async () => {
    const { source } = openSource(server.url)
    server.exchanges.length = 0
    const grants = [grantWithout(['rowan']), grantWithout(['ash']), grantWithout(['nobody'])]
    const answers = await source.fetch(grants, whole, never)
    // The batch, and what it named: practices and people, roles before whom they are of.
    expect(server.exchanges.map(({ method }) => method)).toEqual(['POST', 'POST'])
    expect(
      answers
        .get('rowan')
        ?.records.rows('person')
        .map(({ id }) => id),
    ).toEqual(['AGS:Patient/rowan'])
    expect(
      answers
        .get('ash')
        ?.records.rows('person')
        .map(({ id }) => id),
    ).toEqual(['AGS:Patient/ash'])
    expect(answers.get('nobody')?.records.ids().count).toBe(0)
    expect(answers.get('rowan')?.holdings.find(({ list }) => list === 'gpEntries')).toMatchObject({ count: 4 })
  })

  it('asks for nothing but what gives the lists that were asked for', async () => {
    const { source } = openSource(server.url)
    server.asked.length = 0
    await source.fetch(
      [grantWithout(['rowan'])],
      { lists: new Map([['immunisations', new Set(['vaccine'])]]), holdings: false },
      never,
    )
    expect(server.asked.map((url) => url.split('?')[0])).toEqual(['Immunization'])
  })

  it('asks nothing of the server where nothing may be read, and nothing about nobody', async () => {
    const { source } = openSource(server.url)
    server.exchanges.length = 0
    await rowsOf(source, grantWithout(['rowan'], [], { headline: 0, content: 0 }))
    await rowsOf(source, grantWithout([]))
    await rowsOf(source, grantWithout(['../Patient?x=', 'a b', 'x,Patient/ash']))
    expect(server.exchanges).toEqual([])
  })
})
