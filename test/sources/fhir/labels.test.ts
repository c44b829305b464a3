import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Label } from '../../../src/policy/labels.ts'
import { classify } from '../../../src/sources/bindings/fhir/classify.ts'
import { condition, hiddenOf, icd10, of, patient, practice, recordOf, snomed } from './support/children.ts'
import { book, grantWithout, never, openSource, ownClinician, rowsOf, whole } from './support/reading.ts'
import { type FhirServer, type Resource, startFhirServer } from './support/server.ts'

let server: FhirServer
beforeAll(async () => {
  server = await startFhirServer()
})
afterEach(() => server.clear())
afterAll(() => server?.close())

const sensitive: readonly Label[] = [
  'HEALTH_MENTAL',
  'HEALTH_SEXUAL',
  'HEALTH_SARC',
  'CHILD_SUBSTANCE',
  'DOMESTIC_ABUSE',
]
const general = 'GENERAL'
const nobodys = 'UNCLASSIFIED'

/** Codes as somebody who safeguards would sort them. */
const sorted: readonly (readonly [concept: object | undefined, expected: string])[] = [
  [snomed('195967001', 'Asthma'), general],
  [snomed('195967001'), general],
  [icd10('J45.9'), general],
  [icd10('F84.0', 'Childhood autism'), general],
  [icd10('F17.2'), general],
  [snomed('35489007'), 'HEALTH_MENTAL'],
  [snomed('999000001', 'Deliberate self-harm'), 'HEALTH_MENTAL'],
  [icd10('F32.1'), 'HEALTH_MENTAL'],
  [icd10('F321'), 'HEALTH_MENTAL'],
  [icd10('x71'), 'HEALTH_MENTAL'],
  [snomed('240589008'), 'HEALTH_SEXUAL'],
  [icd10('A56.0'), 'HEALTH_SEXUAL'],
  [icd10('Z30.0'), 'HEALTH_SEXUAL'],
  [snomed('999000002', 'Insertion of contraceptive implant'), 'HEALTH_SEXUAL'],
  // Pregnancy and what it brings, whether or not the code itself is listed.
  [snomed('11687002'), 'HEALTH_SEXUAL'],
  [snomed('398254007'), 'HEALTH_SEXUAL'],
  [snomed('237240001'), 'HEALTH_SEXUAL'],
  [snomed('999000010', 'Gestational diabetes mellitus in childbirth (disorder)'), 'HEALTH_SEXUAL'],
  [snomed('999000011', 'Hyperemesis gravidarum'), 'HEALTH_SEXUAL'],
  [snomed('999000012', 'Postpartum haemorrhage'), 'HEALTH_SEXUAL'],
  [snomed('999000013', 'Antenatal booking appointment'), 'HEALTH_SEXUAL'],
  // Of a newborn, whose own record says no more than how it was born.
  [snomed('999000014', 'Small for gestational age'), general],
  [snomed('999000015', 'Congenital heart disease'), general],
  [snomed('999000021', 'Photophobia'), general],
  [snomed('999000022', 'Ectopic beats'), general],
  [snomed('999000016', 'Born by caesarean section'), general],
  [snomed('999000017', 'Auditory hallucinations'), 'HEALTH_MENTAL'],
  [snomed('999000018', 'Reactive attachment disorder'), 'HEALTH_MENTAL'],
  [snomed('999000019', 'Binge drinker'), 'CHILD_SUBSTANCE'],
  [snomed('999000020', 'Violence by partner (abuse), partner violence'), 'DOMESTIC_ABUSE'],
  [icd10('F10.1'), 'CHILD_SUBSTANCE'],
  [snomed('999000003', 'Cannabis misuse'), 'CHILD_SUBSTANCE'],
  [icd10('T74.2'), 'HEALTH_SARC'],
  [snomed('706893006'), 'DOMESTIC_ABUSE'],
  [{ text: 'Asthma' }, nobodys],
  [{ coding: [{ system: 'urn:local', code: '1', display: 'Asthma' }] }, nobodys],
  [{ coding: [{ code: '195967001', display: 'Asthma' }] }, nobodys],
  [{ coding: [{ system: 'http://snomed.info/sct', display: 'Asthma' }] }, nobodys],
  [{ coding: [] }, nobodys],
  [{ coding: 'asthma' }, nobodys],
  [undefined, nobodys],
  // A translation: the code that was looked through says what it is.
  [{ coding: [{ system: 'urn:local', code: '1' }, ...snomed('195967001').coding] }, general],
]

describe('what a code says', () => {
  it.each(sorted.map(([concept, expected]) => ({ concept, expected })))(
    '$expected: $concept',
    ({ concept, expected }) => {
      const { labels, isUnclassified } = classify(book, {}, { of: concept ? [concept as never] : [] })
      if (expected === nobodys) expect(isUnclassified).toBe(true)
      else
        expect([isUnclassified, labels.join()]).toEqual([
          false,
          expect.stringContaining(expected === general ? '' : expected),
        ])
      if (expected === general) expect(labels).toEqual([])
    },
  )

  it('knows what one part alone does not: an item is as sensitive as any of its parts, and classified when all are', () => {
    const both = classify(book, {}, { of: [snomed('195967001'), icd10('F32.1')] })
    expect(both).toEqual({ labels: ['HEALTH_MENTAL'], isUnclassified: false })
    expect(classify(book, {}, { of: [snomed('195967001'), { text: 'x' }] }).isUnclassified).toBe(true)
    // What stands beside it makes it sensitive, and never general.
    expect(classify(book, {}, { of: [], beside: [snomed('195967001')] }).isUnclassified).toBe(true)
    expect(classify(book, {}, { of: [snomed('1')], beside: [icd10('F32.1')] }).labels).toEqual(['HEALTH_MENTAL'])
  })

  it('heeds the marks of the record itself', () => {
    const marked = (system: string, code: string) =>
      classify(book, { meta: { security: [{ system, code }] } }, { of: [snomed('195967001')] })
    const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
    expect(marked(confidentiality, 'N')).toEqual({ labels: [], isUnclassified: false })
    expect(marked(confidentiality, 'R').isUnclassified).toBe(true)
    expect(marked(confidentiality, 'V').isUnclassified).toBe(true)
    expect(marked('urn:of-our-own', 'SECRET').isUnclassified).toBe(true)
    expect(marked('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'ETH').labels).toEqual(['CHILD_SUBSTANCE'])
    expect(marked('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'SDV').labels).toEqual([
      'HEALTH_SARC',
      'DOMESTIC_ABUSE',
    ])
  })
})

const idsIn = (rows: Awaited<ReturnType<typeof rowsOf>>): string[] =>
  Object.values(rows)
    .flat()
    .map(({ id }) => id)

describe('what a grant withholds', () => {
  it('is in no answer, whatever codes a record bears, and everything else is', async () => {
    await server.put(patient('rowan'))
    for (const [nth, [concept]] of sorted.entries()) await server.put(condition(`c${nth}`, 'rowan', concept))
    await fc.assert(
      fc.asyncProperty(fc.subarray([...sensitive]), async (shut) => {
        const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan'], shut))
        const seen = new Set(idsIn(rows))
        for (const [nth, [, expected]] of sorted.entries()) {
          const isOpen = expected !== nobodys && !shut.some((label) => label === expected)
          expect([sorted[nth], seen.has(`AGS:Condition/c${nth}`)]).toEqual([sorted[nth], isOpen])
        }
      }),
      { numRuns: 20, seed: 7 },
    )
  })

  it('is in no request where the search can leave it out', async () => {
    for (const resource of [practice, ...recordOf('rowan'), ...hiddenOf('rowan')]) await server.put(resource)
    server.asked.length = 0
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan'], sensitive))
    const codedBy: Readonly<Record<string, string>> = {
      Condition: 'code',
      Observation: 'code',
      Encounter: 'type',
      Appointment: 'service-type',
      EpisodeOfCare: 'type',
      DocumentReference: 'type',
      Immunization: 'vaccine-code',
      CareTeam: 'category',
    }
    for (const [type, parameter] of Object.entries(codedBy)) {
      const url = server.asked.find((each) => each.startsWith(`${type}?`)) ?? ''
      expect(url).toContain(`&${parameter}:not=`)
      for (const code of ['35489007', '240589008', '37344009', '248110007', '706893006'])
        expect(url).toContain(`http://snomed.info/sct|${code}`)
    }
    for (const url of server.asked.filter((each) => /^(?!Patient|Practitioner|Organization)/.test(each)))
      expect(url).toContain('_security:not=')
    // What the search left out did not so much as leave the server.
    expect(server.given).toContain('Condition/rowan-asthma')
    for (const left of ['Condition/rowan-depression', 'Condition/rowan-chlamydia', 'Condition/rowan-restricted'])
      expect(server.given).not.toContain(left)
    expect(idsIn(rows).filter((id) => hiddenOf('rowan').some((hidden) => id.endsWith(`/${hidden.id}`)))).toEqual([])
  })

  it('is told in its own list to who may read that: an episode, an attendance, an item', async () => {
    for (const resource of [practice, patient('rowan'), ...hiddenOf('rowan')]) await server.put(resource)
    const rows = await rowsOf(openSource(server.url).source, grantWithout(['rowan']))
    expect(rows['camhsEpisodes']).toMatchObject([{ status: 'OPEN', service: 'Ash Grove Surgery', referredOn: null }])
    expect(rows['sarcAttendances']).toHaveLength(1)
    expect(rows['sexualHealth']).toMatchObject([{ text: 'Chlamydia trachomatis infection', sensitivity: [] }])
    expect(rows['substanceItems']).toMatchObject([{ substance: 'Cannabis abuse' }])
    expect(rows['gpEntries']?.map(({ sensitivity }) => sensitivity)).toEqual([['HEALTH_MENTAL'], ['HEALTH_MENTAL']])
    expect(rows['appointments']).toMatchObject([{ sensitivity: ['HEALTH_MENTAL'], outcome: 'WAS_NOT_BROUGHT' }])
  })

  it('is asked for whole, and judged all the same, where the server’s search cannot leave it out', async () => {
    for (const resource of [practice, ...recordOf('rowan'), ...hiddenOf('rowan')]) await server.put(resource)
    server.refuses = /:not=/
    const { source } = openSource(server.url)
    const first = await rowsOf(source, grantWithout(['rowan'], sensitive))
    expect(idsIn(first).filter((id) => id.includes('depression') || id.includes('chlamydia'))).toEqual([])
    expect(first['gpEntries']).toHaveLength(4)
    server.exchanges.length = 0
    // It is not tried again and again.
    expect(await rowsOf(source, grantWithout(['rowan'], sensitive))).toEqual(first)
    expect(server.exchanges).toHaveLength(1)
    server.refuses = null
  })
})

describe('what nobody classified', () => {
  const unclassified = ['uncoded', 'local', 'none', 'restricted'].map((name) => `AGS:Condition/rowan-${name}`)

  it('is read by the holder’s own clinicians alone', async () => {
    for (const resource of [practice, patient('rowan'), ...hiddenOf('rowan')]) await server.put(resource)
    const { source } = openSource(server.url)
    const own = idsIn(await rowsOf(source, ownClinician(['rowan'])))
    expect(own).toEqual(expect.arrayContaining(unclassified))
    const clinician = ownClinician(['rowan'])
    const others = [
      grantWithout(['rowan']),
      // Of another organisation; of another kind; who may not read general records of their own.
      { ...clinician, organisation: 'Y00002' },
      { ...clinician, callerType: 'SOCIAL_CARE' as const },
      { ...clinician, own: clinician.own && { ...clinician.own, content: 0 } },
      { ...clinician, own: null },
    ]
    for (const grant of others) {
      const ids = idsIn(await rowsOf(source, grant))
      expect(ids.filter((id) => unclassified.includes(id))).toEqual([])
    }
  })

  it('is in no count of anybody else', async () => {
    for (const resource of [practice, patient('rowan'), ...hiddenOf('rowan')]) await server.put(resource)
    const count = async (grant: ReturnType<typeof ownClinician>) =>
      (await openSource(server.url).source.fetch([grant], { lists: new Map(), holdings: true }, never))
        .get(grant.childId)
        ?.holdings.find(({ list }) => list === 'gpEntries')?.count
    expect(await count(grantWithout(['rowan']))).toBe(2)
    expect(await count(ownClinician(['rowan']))).toBe(6)
  })
})

describe('two servers that differ only in what is hidden from the caller answer alike', () => {
  const extra = (child: string): readonly Resource[] => [
    ...hiddenOf(child),
    { resourceType: 'Flag', id: `${child}-flag`, status: 'active', code: { text: 'Not coded' }, subject: of(child) },
    {
      resourceType: 'Immunization',
      id: `${child}-odd`,
      status: 'completed',
      patient: of(child),
      vaccineCode: { text: 'x' },
    },
    condition(`${child}-bad`, child, icd10('F20'), { onsetDateTime: 'never', recordedDate: 17 }),
  ]

  it.each(['none open', 'some open'])('%s', async (which) => {
    const shut = which === 'none open' ? sensitive : sensitive.slice(0, 3)
    const grant = grantWithout(['rowan', 'ash'], shut)
    const answer = async () => {
      const found = (await openSource(server.url).source.fetch([grant], whole, never)).get(grant.childId)
      return JSON.stringify([
        found?.records.lists.map((list) => [list, found.records.rows(list)]),
        found?.holdings,
        found?.records.ids(),
      ])
    }
    for (const resource of [practice, ...recordOf('rowan'), ...recordOf('ash')]) await server.put(resource)
    const plain = await answer()
    const isHidden = ({ id }: Resource) => which === 'none open' || !/cannabis/.test(id)
    for (const resource of [...extra('rowan'), ...extra('ash')].filter(isHidden)) await server.put(resource)
    expect(await answer()).toBe(plain)
    await server.put(condition('ash-seen', 'ash', snomed('195967001', 'Asthma')))
    expect(await answer()).not.toBe(plain)
  })
})
