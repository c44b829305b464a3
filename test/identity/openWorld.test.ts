import { describe, expect, it } from 'vitest'
import { MemoryIndex } from '../../lab/linkage/memoryIndex.ts'
import { world } from '../../lab/linkage/openWorld.ts'
import { search } from '../../lab/linkage/searchAccuracy.ts'
import { learnt } from '../../lab/linkage/trainOnSynthetic.ts'
import { children } from '../../seeds/population/children.ts'
import { heldOf, recordOf, scenarios } from '../../seeds/population/mistakes.ts'
import { chance } from '../../seeds/population/random.ts'
import { linkageModelToJson } from '../../src/identity/linkageModel.ts'
import { nhsNumber } from '../../src/identity/normalise.ts'
import { personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel, parseLinkageModel } from '../../src/identity/readLinkageModel.ts'

describe('the population', () => {
  const some = children(4000, 5)

  it('is the same for the same seed, and another for another', () => {
    expect(children(4000, 5)).toEqual(some)
    expect(children(4000, 6)).not.toEqual(some)
  })

  it('has families, twins, earlier addresses, aliases and names in two scripts', () => {
    const twins = some.filter(({ twin }) => twin !== null)
    expect(twins.length).toBeGreaterThan(40)
    for (const child of twins) {
      const other = some[child.twin ?? -1]
      expect(other).toMatchObject({ birth: child.birth, postcode: child.postcode, house: child.house, twin: child.id })
      expect(other?.given).not.toBe(child.given)
    }
    expect(some.some(({ previous }) => previous.length > 0)).toBe(true)
    expect(some.some(({ family }) => /\p{Script=Cyrillic}/u.test(family))).toBe(true)
    expect(new Set(some.map(({ origin }) => origin)).size).toBe(9)
  })

  it('has another valid NHS number for every child, none of which is in use', () => {
    const numbers = some.map((child) => child.nhsNumber)
    expect(new Set(numbers).size).toBe(some.length)
    for (const number of numbers) expect(nhsNumber(number)).toBe(number)
    expect(numbers.every((number) => number.startsWith('9'))).toBe(true)
  })

  it('is written down with mistakes, missing and defaulted dates, and missing names', () => {
    const dice = chance(3)
    const written = some.map((child) =>
      recordOf(child, scenarios.local, () => ({ postcode: 'QX1 1AA', house: '1' }), dice),
    )
    const share = (is: (record: (typeof written)[number]) => boolean) => written.filter(is).length / written.length
    expect(share(({ birth }) => birth === '')).toBeGreaterThan(0.005)
    expect(share(({ birth }) => birth?.endsWith('-01-01') ?? false)).toBeGreaterThan(0.005)
    expect(share(({ given }) => given === '')).toBeGreaterThan(0.005)
    expect(share(({ nhsNumber: number }) => number !== '')).toBe(0)
  })
})

describe('an open world', () => {
  const people = world(12_000, 0.9)
  const model = learnt(people, 0.9)
  const index = new MemoryIndex(people.index, () => undefined)
  const scenarioNames = ['local', 'with-nhs', 'transfer', 'twins'] as const

  it.each(scenarioNames)('has no false link without a person: %s', (scenario) => {
    const outcomes = search(scenario, 1500, people, index, model, () => undefined)
    expect(outcomes.filter(({ kind, isRight }) => kind === 'SAME' && !isRight)).toEqual([])
    const known = outcomes.filter(({ isOnFile }) => isOnFile)
    // A twin on file is told from the other by a number alone.
    const least = scenario === 'twins' ? 0 : 0.7
    expect(known.filter(({ kind }) => kind === 'SAME').length / known.length).toBeGreaterThan(least)
    expect(known.filter(({ kind }) => kind === 'NONE').length / known.length).toBeLessThan(0.02)
  })

  it('is searched by keys under which every child finds itself', () => {
    for (const child of people.all.slice(0, 300)) {
      const place = people.places[child.id] ?? -1
      if (place < 0) continue
      expect(index.candidates(personOf(heldOf(child))).map(({ id }) => id)).toContain(String(place))
    }
  })

  it('teaches a model that survives its file', () => {
    const read = parseLinkageModel(linkageModelToJson(model))
    expect(read.levels.map(({ name }) => name)).toEqual(model.levels.map(({ name }) => name))
    expect(read.people).toBe(model.people)
  })
})

describe('a model', () => {
  it('that is shipped is whole', () => {
    const { levels, people } = defaultLinkageModel()
    expect(levels.length).toBe(8)
    expect(people).toBeGreaterThan(900_000)
  })

  it('may know more names than a call takes arguments, and then says how common an unlisted one is', () => {
    const { unlisted: _unlisted, ...file } = JSON.parse(linkageModelToJson(defaultLinkageModel()))
    const fullNames = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`name ${at}`, 1 / (at + 2)]))
    expect(parseLinkageModel(JSON.stringify({ ...file, fullNames })).unlisted.fullNames).toBe(1 / 200_001)
    expect(parseLinkageModel(JSON.stringify({ ...file, fullNames: {} })).unlisted.fullNames).toBe(file.rarest)
  })

  it.each([
    ['no JSON', 'model'],
    ['another shape', '{"version":"x"}'],
    ['a share above 1', linkageModelToJson({ ...defaultLinkageModel(), onFile: 2 })],
  ])('of %s is refused', (_, text) => expect(() => parseLinkageModel(text)).toThrow())
})
