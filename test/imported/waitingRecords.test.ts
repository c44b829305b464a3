import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { run } from '../../src/cli/program.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { cases } from './cases.ts'
import { type ImportedCase, kindOf, nhsNumberOf, rec } from './record.ts'
import { importedWorld } from './world.ts'

/** Placed in Southmere, where the centre and the force serve. */
const known = ['Tilda', 'Rhoda', 'Severin'].flatMap((name) => cases.find(({ given }) => given === name) ?? [])
const numberOf = (given: string): string => nhsNumberOf(known.findIndex((each) => each.given === given))
/** Somebody else whom both know already: their people were taken in before. */
const other: ImportedCase = {
  ...{ rows: [], given: 'Corwin', family: 'Hartnoll', born: '2012-10-04' },
  held: { 'LA5-CSC': {}, 'NHS-LA5-SARC': {}, F4: {} },
}

let world: Awaited<ReturnType<typeof importedWorld>>
let gateway: TestGateway | null = null

/** Hands in a record that is nearly of a child: another day of birth, and a number that nobody verified. */
async function handIn(holder: string, of: string, list: string) {
  const file = join(world.environment['DATA_DIR'] ?? '', `near-${holder}.json`)
  const { given, family, born } = known.find((each) => each.given === of) ?? other
  const person = { id: `near-${holder}`, given, family: family.slice(0, -1), dateOfBirth: `${born.slice(0, 8)}28` }
  const records = { [list]: [{ person: person.id, ...rec('2026-08-02T20:00:00Z') }] }
  const people = [{ ...person, nhsNumber: numberOf(of), nhsNumberVerified: false }]
  writeFileSync(file, JSON.stringify({ format: 'wholeview-records/1', kind: kindOf(holder), people, records }))
  let said = ''
  const out = {
    write: (text: string) => {
      said += text
      return true
    },
  }
  const code = await run(['--json', 'import', holder, file], world.environment, { out, err: out })
  rmSync(file)
  expect(code, said).toBe(0)
  return said
}

const started = async (): Promise<TestGateway> => {
  gateway = await startTestGateway(world.environment, { clockRuns: false })
  return gateway
}
const stopped = async () => {
  await gateway?.close()
  gateway = null
}

const reviews = '{ identityReviews(first: 50) { reference kind record candidates { id fields { field sent } } } }'
const countsOf = (given: string) => `{ findChild(nhsNumber: "${numberOf(given)}") {
  missing { total { value completeness without { agency holder state reason } } }
  sources { agency state holders { holder state } } alerts { code explanation } } }`

const toldTo = async (persona: string): Promise<string> => {
  const asked = [reviews, ...known.map(({ given }) => countsOf(given))].map(async (query) => {
    const { data, errors } = (await gateway?.ask(persona, query)) ?? {}
    return JSON.stringify({ data, errors: errors?.map(({ message, path }) => ({ message, path })) })
  })
  return (await Promise.all(asked)).join('\n')
}

const toldToAll = async (): Promise<ReadonlyMap<string, string>> => {
  await started()
  const told = new Map<string, string>()
  for (const { id } of personas) told.set(id, await toldTo(id))
  await stopped()
  return told
}

interface Review {
  readonly reference: string
  readonly kind: string
  readonly record: string | null
  readonly candidates: readonly { readonly id: string }[]
}
const recordsFor = async (persona: string): Promise<readonly Review[]> => {
  const { data, errors } = (await gateway?.ask(persona, reviews)) ?? {}
  expect(errors).toEqual([])
  const found: { identityReviews?: readonly Review[] } = data ?? {}
  return (found.identityReviews ?? []).filter(({ kind }) => kind === 'RECORD')
}
const decide = async (persona: string, reference: string, verdict: string) => {
  const query = `mutation { decideIdentity(reference: "${reference}", verdict: ${verdict}, reason: "Seen on paper.") { verdict awaitsSecond } }`
  const { data, errors } = (await gateway?.ask(persona, query)) ?? {}
  return errors?.[0]?.extensions['code'] ?? data?.['decideIdentity']
}

beforeAll(async () => {
  world = await importedWorld([...known, other])
  expect(world.outcomes.filter(({ code }) => code !== 0)).toEqual([])
}, 240_000)
afterAll(async () => {
  await stopped()
  world?.remove()
})

describe('a record that waits for a person to say whose it is', () => {
  it('of a service that reveals by being there, changes no answer to anybody but that service', async () => {
    const before = await toldToAll()
    expect(await handIn('NHS-LA5-SARC', 'Tilda', 'sarcAttendances')).toMatch(/"(asked|questions)":\s*1/)
    const after = await toldToAll()
    expect(before.get('team-manager')).toContain('"missing"')
    for (const [persona, told] of before)
      if (persona !== 'sarc-clinician') expect(after.get(persona), persona).toBe(told)
    expect(after.get('sarc-clinician')).not.toBe(before.get('sarc-clinician'))
  }, 240_000)

  it('is put to that service’s own reviewer, who may compare it with nobody whom they may not read', async () => {
    await started()
    const [own, ...more] = await recordsFor('sarc-clinician')
    expect(more).toEqual([])
    expect(own).toMatchObject({ record: 'near-NHS-LA5-SARC', candidates: [] })
    const reference = own?.reference ?? ''
    for (const persona of ['team-manager', 'mash-analyst', 'designated-nurse'])
      expect(await decide(persona, reference, 'SAME'), persona).toBe('NOT_FOUND')
    for (const verdict of ['SAME', 'DIFFERENT'])
      expect(await decide('sarc-clinician', reference, verdict)).toBe('BAD_INPUT')
    expect(await decide('sarc-clinician', reference, 'CANNOT_TELL')).toMatchObject({ awaitsSecond: false })
    expect(await recordsFor('sarc-clinician')).toEqual([])
    await stopped()
  }, 120_000)

  it('of another holder is lacking in numbers until the reviewer has answered, and no longer', async () => {
    await handIn('F4', 'Rhoda', 'missingEpisodes')
    await started()
    expect(await toldTo('team-manager')).toContain('MATCH_WAITS')
    const [question] = await recordsFor('team-manager')
    expect(question).toMatchObject({ record: null, candidates: [expect.anything()] })
    const reference = question?.reference ?? ''
    expect(await decide('team-manager', reference, 'DIFFERENT')).toMatchObject({ awaitsSecond: false })
    await expect.poll(() => toldTo('team-manager'), { timeout: 8000, interval: 500 }).not.toContain('MATCH_WAITS')
    await stopped()
  }, 120_000)

  it('is linked once the authority has proposed the child and its holder’s reviewer, who knows of none, agrees', async () => {
    await handIn('900005', 'Severin', 'enrolments')
    await started()
    const [own] = await recordsFor('school-dsl')
    expect(own).toMatchObject({ record: 'near-900005', candidates: [] })
    const reference = own?.reference ?? ''
    expect(await decide('school-dsl', reference, 'SAME')).toBe('BAD_INPUT')
    expect(await decide('team-manager', reference, 'SAME')).toMatchObject({ awaitsSecond: true })
    expect(await decide('school-dsl-eastvale', reference, 'SAME')).toBe('NOT_FOUND')
    expect(await decide('school-dsl', reference, 'SAME')).toMatchObject({ awaitsSecond: false })
    expect(await recordsFor('team-manager')).toEqual([])
    await stopped()
  }, 120_000)
})
