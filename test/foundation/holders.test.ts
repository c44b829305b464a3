import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { authorities, forces, holders } from '../../seeds/authoritiesAndForces.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { addressVariable, expectedHolders, type Holder, services, wholeKind } from '../../src/foundation/holder.ts'
import { LiveRegistry } from '../../src/foundation/liveRegistry.ts'
import { holdersOfKind, registryOf } from '../../src/foundation/registry.ts'
import { registryFrom } from '../../src/foundation/registryFile.ts'
import { readSdl } from '../../src/graphql/schemaModel.ts'

const folder = mkdtempSync(join(tmpdir(), 'holders-'))
const fileOf = (content: unknown): string => {
  const file = join(folder, `${Math.random()}.json`)
  writeFileSync(file, JSON.stringify(content))
  return file
}
const force4 = {
  id: 'F4',
  kind: 'police',
  service: 'POLICE',
  organisation: 'F4',
  name: 'Force 4',
  areas: ['LA5'],
  contact: { office: 'Force 4 desk, 01632 960024' },
  binding: { type: 'sql', database: 'south' },
}
const registryWith = (...named: readonly object[]) => fileOf({ authorities, forces, holders: named })
const problemsOf = (...named: readonly object[]): readonly string[] => {
  try {
    registryFrom(registryWith(...named))
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.problems.map((each) => each.replace(/^.*?\.json, /, ''))
    throw error
  }
}

describe('a registry of holders', () => {
  it('is read, with what is left out', () => {
    const registry = registryFrom(registryWith(force4))
    expect(registry.holders.get('F4')).toEqual({ ...force4, la: null, timeZone: 'Europe/London', freshnessHours: null })
  })

  it('lets a kind of which no holder is named stand as a whole', () => {
    const registry = registryFrom(registryWith(force4))
    for (const kind of agencies.filter((name) => name !== 'police'))
      expect(holdersOfKind(registry, kind)).toEqual([wholeKind(kind)])
    expect(holdersOfKind(registry, 'police').map(({ id }) => id)).toEqual(['F4'])
  })

  it.each<[object, string]>([
    [{ kind: 'polce' }, 'holders.0.kind'],
    [{ service: 'POLIS' }, 'holders.0.service'],
    [{ id: 'f 4' }, 'holders.0.id'],
    [{ organisation: '' }, 'holders.0.organisation'],
    [{ name: '' }, 'holders.0.name'],
    [{ areas: ['LA55'] }, 'holders.0.areas: LA55'],
    [{ la: 'LA55' }, 'holders.0.la: LA55'],
    [{ contact: {} }, 'holders.0.contact.office'],
    [{ contact: { office: 'x', byLabel: { 'no label': 'x' } } }, 'holders.0.contact.byLabel.no label'],
    [{ timeZone: 'Europe/Atlantis' }, 'holders.0.timeZone'],
    [{ freshnessHours: 0 }, 'holders.0.freshnessHours'],
    [{ binding: { type: 'ftp' } }, 'holders.0.binding.type'],
    [{ binding: { type: 'subgraph' } }, 'holders.0.binding.server'],
    [{ binding: { type: 'sql', database: 'postgres://user:secret@db/x' } }, 'holders.0.binding.database'],
    [{ colour: 'blue' }, 'holders.0: Unrecognized key: "colour"'],
  ])('names the place of what is wrong: %j', (change, place) => {
    const problems = problemsOf({ ...force4, ...change })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(place)
    expect(problems[0]).not.toContain('secret')
  })

  it('names every problem at once', () => {
    const problems = problemsOf(force4, { ...force4, areas: ['LA9'] })
    expect(problems).toEqual([
      'holders.1.id: F4 is also that of holders.0.',
      'holders.1.organisation: F4 is also that of holders.0, of the same kind.',
      'holders.1.areas: LA9 is not among authorities.',
    ])
  })

  it('keeps an organisation that holds two kinds apart', () => {
    expect(problemsOf(force4, { ...force4, id: 'F4-CARE', kind: 'socialCare', service: 'CHILDRENS_HOME' })).toEqual([])
  })
})

describe('expected holders', () => {
  const all = holdersOfKind(registryOf(authorities, forces, {}, holders), 'police')
  it.each<[readonly string[], readonly string[]]>([
    [
      ['LA2', 'LA5'],
      ['F1', 'F4'],
    ],
    [['LA2'], ['F1']],
    [[], []],
  ])('of %j are those who serve there', (places, ids) => {
    expect(expectedHolders(all, new Set(places)).map(({ id }) => id)).toEqual(ids)
  })

  it('are the whole kind where no holder is named', () => {
    const whole: Holder = wholeKind('police')
    expect(expectedHolders([whole], new Set())).toEqual([whole])
  })
})

it('knows the services of the schema', () => {
  const known = parse(readSdl('shared')).definitions.flatMap((each) =>
    each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'Agency'
      ? (each.values ?? []).map(({ name }) => name.value)
      : [],
  )
  expect(known.length).toBeGreaterThan(0)
  expect([...services].sort()).toEqual(known.sort())
})

it('names the variable of an address', () => {
  expect(addressVariable('south-east')).toBe('HOLDER_SOUTH_EAST_URL')
})

describe('a registry that is read again', () => {
  const before = registryFrom(registryWith(force4))

  it('has new names, areas and contacts for whoever holds it', () => {
    const live = new LiveRegistry(before)
    const changed = { ...force4, name: 'Southern Force', areas: ['LA5', 'LA3'], contact: { office: 'A new desk' } }
    live.next(registryFrom(registryWith(changed)))()
    expect(live.holders.get('F4')).toMatchObject({ ...changed, freshnessHours: null })
  })

  it.each<[string, readonly object[]]>([
    ['another binding', [{ ...force4, binding: null }]],
    ['one more', [force4, { ...force4, id: 'F9', organisation: 'F9' }]],
    ['one less', []],
  ])('keeps what it was, and says so, with %s', (_, named) => {
    const live = new LiveRegistry(before)
    expect(() => live.next(registryFrom(registryWith(...named)))).toThrow(/start the gateway again/)
    expect(live.holders.get('F4')).toEqual(before.holders.get('F4'))
  })
})
