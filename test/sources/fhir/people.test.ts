import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entryOf } from '../../../src/composition/fhirPeople.ts'
import { fhirClient } from '../../../src/sources/bindings/fhir/client.ts'
import { type FhirPerson, fhirPeople } from '../../../src/sources/bindings/fhir/people.ts'
import { patient } from './support/children.ts'
import { never } from './support/reading.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const address = [
  { postalCode: 'ZZ99 3VZ', period: { start: '2024-01-01' } },
  { postalCode: 'ZZ99 3WZ', period: { start: '2020-01-01', end: '2023-12-31' } },
]

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer({ pageSize: 3 })
  for (let nth = 0; nth < 7; nth += 1) await server.put(patient(`p${nth}`, { address }), '2026-01-01T00:00:00Z')
  const hidden = { address, meta: { security: [{ system: confidentiality, code: 'R' }] }, birthDate: '2014-05' }
  await server.put(patient('hidden', hidden), '2026-02-01T00:00:00Z')
  const merged = { link: [{ other: { reference: 'Patient/p1' }, type: 'replaced-by' }] }
  await server.put(patient('merged', merged), '2026-02-02T00:00:00Z')
})
afterAll(() => server?.close())

const everybody = async (changedSince?: string): Promise<readonly FhirPerson[]> => {
  const client = fhirClient({ base: server.url, tokens: null })
  const found: FhirPerson[] = []
  for await (const page of fhirPeople(client, { changedSince, timeZone: 'Europe/London', signal: () => never }))
    found.push(...page)
  return found
}

describe('people for the identity register', () => {
  it('are taken in by whose they are, with the parts that are compared', async () => {
    const found = await everybody()
    const entry = (id: string) => {
      const person = found.find(({ localId }) => localId === id)
      return person && entryOf({ id: 'AGS', kind: 'health' }, person)
    }
    expect(entry('p0')).toMatchObject({
      agency: 'health',
      holder: 'AGS',
      localId: 'p0',
      isProtected: false,
      person: { birth: '20140506', nhs: '9990000018', nhsVerified: true, sex: 'F' },
    })
    // No place of a real or invented home: the series stands for no place, and is no evidence.
    expect(entry('p0')?.person.postcode).toBe('')
    expect(entry('p0')?.person.previous).toEqual([])
    expect(entry('hidden')).toMatchObject({ isProtected: true, hasProtectedPlace: true, person: { postcode: '' } })
  })

  it('are all, page by page, with names, births, numbers and addresses', async () => {
    const found = await everybody()
    expect(found.map(({ localId }) => localId).sort()).toEqual(
      ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'hidden', 'merged'].sort(),
    )
    expect(found.find(({ localId }) => localId === 'p0')).toEqual({
      localId: 'p0',
      given: 'Rowan Lee',
      family: 'Thorn',
      formerNames: [{ given: 'Rowan', family: 'Birch' }],
      dateOfBirth: '2014-05-06',
      sex: 'female',
      nhsNumber: '9990000018',
      nhsNumberVerified: true,
      addresses: [
        { postcode: 'ZZ99 3VZ', from: '2024-01-01', to: null },
        { postcode: 'ZZ99 3WZ', from: '2020-01-01', to: '2023-12-31' },
      ],
      isProtected: false,
      replacedBy: [],
      changedAt: '2026-01-01T00:00:00Z',
    })
  })

  it('are those changed since, where that is asked', async () => {
    expect((await everybody('2026-02-01T00:00:00Z')).map(({ localId }) => localId)).toEqual(['hidden', 'merged'])
  })

  it('have no address where it must not be found, and keep a birth as partial as it is', async () => {
    const found = await everybody()
    expect(found.find(({ localId }) => localId === 'hidden')).toMatchObject({
      isProtected: true,
      addresses: [],
      dateOfBirth: '2014-05',
    })
    expect(found.find(({ localId }) => localId === 'merged')?.replacedBy).toEqual(['p1'])
  })

  it('are never some taken for all: a page that fails ends them', async () => {
    let pages = 0
    server.instead = (request, response) => {
      if (!request.url?.includes('_page')) return false
      pages += 1
      response.writeHead(500, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"OperationOutcome"}')
      return true
    }
    await expect(everybody()).rejects.toThrow('status 500')
    server.instead = null
    expect(pages).toBe(1)
  })
})
