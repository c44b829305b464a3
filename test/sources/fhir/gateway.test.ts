import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { authorities, contacts, forces } from '../../../seeds/authoritiesAndForces.ts'
import { startTestGateway, type TestGateway } from '../../support/gateway.ts'
import { condition, doctor, doctorHere, hiddenOf, practice, recordOf, snomed } from './support/children.ts'
import { type FhirServer, startFhirServer } from './support/server.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

/** The practice's own id of a child of the story. */
const child = 'C04'
const person = 'H-509274'

let server: FhirServer
let gateway: TestGateway
beforeAll(async () => {
  server = await startFhirServer()
  const holder = {
    id: 'NHS-LA5-GP',
    kind: 'health',
    service: 'HEALTH_GP',
    organisation: 'NHS-LA5-GP',
    name: 'Ash Grove Surgery',
    areas: ['LA5'],
    contact: { office: 'Safeguarding lead, Ash Grove Surgery, 01632 960099' },
    binding: { type: 'fhir', url: server.url.href },
  }
  const file = join(mkdtempSync(join(tmpdir(), 'fhir-registry-')), 'registry.json')
  writeFileSync(file, JSON.stringify({ authorities, forces, contacts, holders: [holder] }))
  gateway = await startTestGateway({ REGISTRY_FILE: file })
})
afterAll(async () => {
  await gateway?.close()
  await server?.close()
})

/** The server holds this of the child, and nothing else. */
const holds = async (...resources: Parameters<FhirServer['put']>[0][]): Promise<void> => {
  await server.clear()
  for (const resource of [practice, doctor, doctorHere, ...resources]) await server.put(resource)
}

const question = `query ($id: ID!) {
  child(id: $id) {
    sources { agency state recordCount withheld { reason category level requestable contact } }
    health {
      state
      withheld { reason category level requestable }
      holdings { list service count latest }
      person { id nhsNumber nhsNumberVerified family given dateOfBirth }
      registrations { id practice name contact from }
      involvements { id kind service professional contact from to }
      unscheduledAttendances { id eventAt setting injury reason outcome sensitivity
        provenance { agency la organisation system sourceRecordId recordedBy recordedAt evidence } }
      appointments { id service outcome sensitivity }
      gpEntries { id text safeguardingRelevance sensitivity }
      camhsEpisodes { id service status }
      sexualHealth { id text }
      sarcAttendances { id }
      substanceItems { id substance }
      immunisations { id vaccine status }
    }
    chronology(first: 50, agencies: [HEALTH]) { total events { headline } }
  }
}`

const ask = async (persona: string, purpose?: 'MASH_ENQUIRY' | 'S47_ENQUIRY' | 'DIRECT_CARE') => {
  const received = await gateway.ask(persona, question, { variables: { id: child }, ...(purpose ? { purpose } : {}) })
  if (received.errors.length > 0) throw new Error(JSON.stringify(received.errors))
  return received.data as unknown as {
    child: { health: Record<string, { id: string }[] & string>; sources: unknown[]; chronology: { events: unknown[] } }
  }
}

const hidden = hiddenOf(person).map(({ resourceType, id }) => `${resourceType}/${id}`)
const unclassified = ['uncoded', 'local', 'none', 'restricted'].map((name) => `Condition/${person}-${name}`)

const idsIn = (answer: unknown): string[] =>
  [...JSON.stringify(answer).matchAll(/"id":"[^":]+:([^"]+)"/g)].map(([, id]) => id ?? '')

describe('a health holder behind a FHIR server, through the gateway over HTTP', () => {
  it('answers an analyst at the front door with what is general, and says that there may be what nobody classified', async () => {
    await holds(...recordOf(person), ...hiddenOf(person))
    const { child: found } = await ask('mash-analyst', 'MASH_ENQUIRY')
    expect(found.health).toMatchObject({
      state: 'PARTIAL',
      person: [{ nhsNumber: '9990000018', nhsNumberVerified: true, family: 'Thorn', given: 'Rowan Lee' }],
      unscheduledAttendances: [
        {
          setting: 'EMERGENCY_DEPARTMENT',
          injury: true,
          provenance: {
            agency: 'HEALTH_GP',
            organisation: 'NHS-LA5-GP',
            sourceRecordId: `Encounter/${person}-ed`,
            evidence: 'FACT',
          },
        },
      ],
    })
    expect(found.health['withheld']).toContainEqual({
      reason: 'W_UNCLASSIFIED',
      category: null,
      level: 'HEADLINE',
      requestable: true,
    })
    expect(idsIn(found).filter((id) => unclassified.includes(id))).toEqual([])
    expect(JSON.stringify(found.chronology)).toContain('Appointment: Accident prevention service, was not brought')
  })

  it('lets the practice’s own doctor read what nobody classified', async () => {
    await holds(...recordOf(person), ...hiddenOf(person))
    const ids = idsIn(await ask('gp', 'DIRECT_CARE'))
    expect(ids).toEqual(expect.arrayContaining(unclassified))
  })

  it('says that the source is away where the server is, and nothing of why', async () => {
    server.instead = (_, response) => {
      response
        .writeHead(500, { 'content-type': 'application/fhir+json' })
        .end('{"resourceType":"OperationOutcome","issue":[{"diagnostics":"table patient is locked"}]}')
      return true
    }
    const received = await gateway.ask('mash-analyst', question, { variables: { id: child }, purpose: 'MASH_ENQUIRY' })
    server.instead = null
    expect(received.errors.map(({ extensions }) => extensions['code'])).toEqual(['SOURCE_UNAVAILABLE'])
    expect(received.text).not.toContain('locked')
    expect(received.data?.['child']).toMatchObject({ health: null })
  })
})

describe('two servers that differ only in what is hidden from the caller', () => {
  const personas = [
    ['mash-analyst', 'MASH_ENQUIRY'],
    ['gp', 'DIRECT_CARE'],
  ] as const

  it.each(personas)('give %s the same answer, byte for byte', async (persona, purpose) => {
    await holds(...recordOf(person), ...hiddenOf(person))
    const seen = new Set(idsIn(await ask(persona, purpose)))
    const unseen = hiddenOf(person).filter(({ resourceType, id }) => !seen.has(`${resourceType}/${id}`))
    expect(unseen.length + [...seen].filter((id) => hidden.includes(id)).length).toBe(hidden.length)
    await holds(...recordOf(person))
    const plain = JSON.stringify((await ask(persona, purpose)).child)
    await holds(...recordOf(person), ...unseen)
    expect(JSON.stringify((await ask(persona, purpose)).child)).toBe(plain)
    await holds(...recordOf(person), condition('more', person, snomed('195967001', 'Asthma')))
    expect(JSON.stringify((await ask(persona, purpose)).child)).not.toBe(plain)
  })
})
