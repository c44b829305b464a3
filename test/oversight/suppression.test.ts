import { describe, expect, it } from 'vitest'
import { fewest, type Hidden, hiddenInPeriod, type Table } from '../../src/oversight/suppression.ts'
import { sized } from '../support/sample.ts'

const areaNames = ['A', 'B', 'C', 'D']
const quarterCount = 3

/** One child: the area where it lives in each quarter in which it is counted. */
type Child = readonly (string | null)[]
type Period = readonly [from: number, to: number]

const periods: readonly Period[] = [0, 1, 2].flatMap((from) =>
  [0, 1, 2].flatMap((to) => (to >= from ? [[from, to] as const] : [])),
)

const tableOf = (children: readonly Child[], [from, to]: Period): Table => {
  const areas = new Map(areaNames.map((name) => [name, 0]))
  const moved = new Set<string>()
  let total = 0
  for (const child of children) {
    const lived = child.slice(from, to + 1).filter((each) => each !== null)
    const area = lived.at(-1)
    if (!area) continue
    total += 1
    areas.set(area, (areas.get(area) ?? 0) + 1)
    if (new Set(lived).size > 1) for (const each of lived) moved.add(each)
  }
  return { total, areas, moved }
}

const hiddenOf = (children: readonly Child[], period: Period): Hidden => {
  const [from, to] = period
  return hiddenInPeriod(to - from, (first, last) => tableOf(children, [from + first, from + last]))
}

/** Every cell of a profile as whoever asked it reads it: null where it is kept back. */
const readOf = (children: readonly Child[], period: Period): readonly (number | null)[] => {
  const table = tableOf(children, period)
  const hidden = hiddenOf(children, period)
  return [
    hidden.total ? null : table.total,
    ...areaNames.map((name) => (hidden.areas.has(name) ? null : (table.areas.get(name) ?? 0))),
  ]
}

const valuesOf = (children: readonly Child[], period: Period): readonly number[] => {
  const { total, areas } = tableOf(children, period)
  return [total, ...areaNames.map((name) => areas.get(name) ?? 0)]
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

/** Few children in most areas, so that much is kept back. In every other population many move. */
function population(seed: number): Child[] {
  const next = random(seed)
  const pick = () => areaNames[Math.floor(next() ** 2 * areaNames.length)] ?? 'A'
  const moving = seed % 2 === 0 ? 0.4 : 0.1
  return Array.from({ length: 4 + Math.floor(next() * 34) }, () => {
    const area = pick()
    const moves = next() < moving ? pick() : area
    const from = next() < 0.5 ? 1 : 2
    return Array.from({ length: quarterCount }, (_, at) => (next() < 0.5 ? (at >= from ? moves : area) : null))
  })
}

/** Populations that differ from one by where one child or two lived, or whether they were counted, in a quarter. */
function* changed(children: readonly Child[], next: () => number): Iterable<readonly Child[]> {
  const with_ = (at: number, child: Child) => children.map((each, place) => (place === at ? child : each))
  // Two areas change names, in one quarter or in all: whoever does not know which is which reads the same.
  for (const one of areaNames)
    for (const other of areaNames)
      if (one < other)
        for (const quarter of [-1, 0, 1, 2])
          yield children.map((child) =>
            child.map((area, at) =>
              quarter >= 0 && at !== quarter ? area : area === one ? other : area === other ? one : area,
            ),
          )
  for (const [place, child] of children.entries())
    for (let quarter = 0; quarter < quarterCount; quarter += 1)
      for (const area of [...areaNames, null])
        if (child[quarter] !== area)
          yield with_(
            place,
            child.map((each, at) => (at === quarter ? area : each)),
          )
  for (let tries = 0; tries < sized(250, 3000); tries += 1) {
    let some = children
    for (let times = 0; times < 2 + Math.floor(next() * 3); times += 1) {
      const place = Math.floor(next() * some.length)
      const quarter = Math.floor(next() * quarterCount)
      const to = [...areaNames, null][Math.floor(next() * 5)] ?? null
      some = some.map((child, at) => (at === place ? child.map((each, on) => (on === quarter ? to : each)) : child))
    }
    yield some
    if (tries % 3 === 0)
      yield [...some, Array.from({ length: quarterCount }, () => areaNames[Math.floor(next() * 4)] ?? null)]
  }
}

describe('what a profile keeps back', () => {
  it('is every number from 1 to 4, and nothing where there is none', () => {
    for (let seed = 1; seed <= 300; seed += 1)
      for (const period of periods) {
        const children = population(seed)
        const values = valuesOf(children, period)
        for (const [at, read] of readOf(children, period).entries())
          if (read !== null) expect([read, read === 0 || read >= fewest]).toEqual([values[at], true])
      }
    const many: Child[] = Array.from({ length: 12 }, () => ['A', null, null])
    expect(readOf(many, [0, 0])).toEqual([12, 12, 0, 0, 0])
  })

  it('is as much besides that it cannot be had from the total', () => {
    const read = (...counts: readonly number[]) =>
      readOf(
        counts.flatMap((count, at) => Array.from({ length: count }, () => [areaNames[at] ?? null, null, null])),
        [0, 0],
      )
    expect(read(40, 12, 2, 0)).toEqual([54, 40, null, null, 0])
    expect(read(40, 12, 12, 2)).toEqual([66, 40, null, null, null])
    expect(read(40, 2, 0, 0)).toEqual([42, null, null, 0, 0])
    expect(read(3, 0, 0, 0)).toEqual([null, null, 0, 0, 0])
  })

  it('is had from no pair of profiles: another population reads the same in both, and holds another number', () => {
    let kept = 0
    const had: string[] = []
    for (let seed = 1; seed <= sized(5, 150); seed += 1) {
      const children = population(seed)
      const next = random(seed * 7919)
      const twins = [...changed(children, next)].map((twin) => ({
        values: periods.map((period) => valuesOf(twin, period)),
        read: periods.map((period) => JSON.stringify(readOf(twin, period))),
      }))
      const own = periods.map((period) => JSON.stringify(readOf(children, period)))
      for (const [one, period] of periods.entries())
        for (const [other] of periods.entries())
          for (const [cell, read] of readOf(children, period).entries()) {
            if (read !== null) continue
            kept += 1
            const value = valuesOf(children, period)[cell]
            const isOpen = twins.some(
              (twin) =>
                twin.read[one] === own[one] && twin.read[other] === own[other] && twin.values[one]?.[cell] !== value,
            )
            if (!isOpen) had.push(`seed ${seed}, ${periods[one]} with ${periods[other]}, cell ${cell} is ${value}`)
          }
    }
    expect(kept).toBeGreaterThan(50)
    expect(had).toEqual([])
  })

  it('tells by no sum or difference of runs that overlap of fewer than five children', () => {
    // Ten in each quarter, eleven in both together: one of them is in the second alone.
    const one = [...Array.from({ length: 9 }, () => ['A', 'A', null]), ['A', null, null], [null, 'A', null]]
    expect([readOf(one, [0, 0])[0], readOf(one, [1, 1])[0], readOf(one, [0, 1])[0]]).toEqual([10, 10, null])
    let shown = 0
    for (let seed = 1; seed <= sized(60, 1000); seed += 1) {
      const children = Array.from({ length: 8 }, (_, at) => population(seed * 31 + at)).flat()
      const read = ([from, to]: Period, cell: number) => (from > to ? 0 : (readOf(children, [from, to])[cell] ?? null))
      for (const [from, to] of periods)
        for (let cell = 0; cell <= areaNames.length; cell += 1) {
          const [whole, first, last, between] = [
            read([from, to], cell),
            read([from, to - 1], cell),
            read([from + 1, to], cell),
            read([from + 1, to - 1], cell),
          ]
          // The total is told by the areas too, where all of them are.
          if (cell === 0 && from < to && whole === null)
            expect(areaNames.map((_, area) => read([from, to], area + 1))).toContain(null)
          if (from === to || whole === null) continue
          expect([first, last, between]).not.toContain(null)
          shown += 1
          const derived = [
            whole - (first ?? 0),
            whole - (last ?? 0),
            (first ?? 0) + (last ?? 0) - whole - (between ?? 0),
          ]
          for (const number of derived) expect(Math.abs(number) === 0 || Math.abs(number) >= fewest).toBe(true)
        }
    }
    expect(shown).toBeGreaterThan(50)
  })

  it('is had from no three profiles: two quarters, and both together', () => {
    // Six and five, then five and none, eleven in all: then one of A left, and nobody else came or went.
    const five = Array.from({ length: 5 }, (): Child => ['A', 'A', null])
    const six: Child[] = [...five, ['A', null, null], ...Array.from({ length: 5 }, (): Child => ['B', null, null])]
    expect([0, 1].map((at) => readOf(six, [at, at])[0])).toEqual([11, 5])
    expect(readOf(six, [0, 1]).slice(0, 2)).toEqual([null, null])

    // Every population of two areas whose children stay, came or left: of few who did, no reading tells how many.
    const still = [...'AB'].flatMap((area): Child[] => [
      [area, null, null],
      [null, area, null],
      [area, area, null],
    ])
    expect(toldOfFew(still, sized(6, 8), [0, 1, 3, 4])).toEqual([])
  })

  it('is had from no three profiles of overlapping periods laid beside each other', () => {
    const threes = periods.flatMap((_, one) =>
      periods.flatMap((__, other) =>
        periods.flatMap((___, third) => (one < other && other < third ? [[one, other, third]] : [])),
      ),
    )
    let kept = 0
    const had: string[] = []
    for (let seed = 201; seed <= 200 + sized(4, 60); seed += 1) {
      const children = population(seed)
      const own = periods.map((period) => ({
        values: valuesOf(children, period),
        read: JSON.stringify(readOf(children, period)),
      }))
      const few = own.flatMap(({ values, read }, period) =>
        (JSON.parse(read) as readonly (number | null)[]).flatMap((told, cell) =>
          told === null && (values[cell] ?? 0) < fewest ? [{ period, cell }] : [],
        ),
      )
      const open = new Set<string>()
      for (const twin of changed(children, random(seed * 7919))) {
        const alike = own.map(({ read }, at) => JSON.stringify(readOf(twin, periods[at] ?? [0, 0])) === read)
        if (!alike.includes(true)) continue
        const values = periods.map((period) => valuesOf(twin, period))
        for (const [at, three] of threes.entries())
          if (three.every((period) => alike[period]))
            for (const { period, cell } of few)
              if (three.includes(period) && values[period]?.[cell] !== own[period]?.values[cell])
                open.add(`${at} ${period} ${cell}`)
      }
      for (const [at, three] of threes.entries())
        for (const { period, cell } of few) {
          if (!three.includes(period)) continue
          kept += 1
          if (!open.has(`${at} ${period} ${cell}`))
            had.push(`seed ${seed}, ${three.join(' ')}: ${period}, cell ${cell}`)
        }
    }
    expect(kept).toBeGreaterThan(100)
    expect(had).toEqual([])
  })

  it('tells of nobody who moved between areas, nor of who came or left beside them', () => {
    // Five of B move to A, and one more comes there: the total of both would tell of that one, and so would its parts.
    const five = Array.from({ length: 5 }, (): Child => ['B', 'A', null])
    const one: Child[] = [...five, [null, 'A', null]]
    expect([readOf(one, [0, 0]), readOf(one, [1, 1])]).toEqual([
      [5, 0, 5, 0, 0],
      [6, 6, 0, 0, 0],
    ])
    expect(readOf(one, [0, 1]).slice(0, 3)).toEqual([null, null, null])

    // Ten move one way and ten the other: every number of both quarters is the same, and nobody is told that any moved.
    const crossing = [...'AB'].flatMap((area) =>
      Array.from({ length: 10 }, (): Child => [area, area === 'A' ? 'B' : 'A', null]),
    )
    expect(readOf(crossing, [0, 1]).slice(1, 3)).toEqual([null, null])

    // Every population of two areas whose children came, left or moved.
    const moving: Child[] = [
      ['A', null, null],
      [null, 'A', null],
      ['A', 'B', null],
      ['B', 'A', null],
      [null, 'B', null],
    ]
    expect(toldOfFew(moving, sized(7, 11), [0, 1, 2, 3, 4])).toEqual([])
  })

  /**
   * Every population of so many children of these kinds at most in two quarters and two areas, as both quarters and
   * both together are read: of which the reading tells that they are few, and how many.
   */
  function toldOfFew(kinds: readonly Child[], most: number, changes: readonly number[]): readonly string[] {
    const fits = new Map<string, { counts: readonly number[]; known: readonly Set<number>[] }>()
    const every = (counts: readonly number[]): void => {
      if (counts.length < kinds.length) {
        for (let count = 0; count < most; count += 1) every([...counts, count])
        return
      }
      const at = (first: number, last: number): Table => {
        const areas = new Map(areaNames.map((name) => [name, 0]))
        const moved = new Set<string>()
        let total = 0
        for (const [kind, count] of counts.entries()) {
          const lived = (kinds[kind] ?? []).slice(first, last + 1).filter((each) => each !== null)
          const area = lived.at(-1)
          if (!area || count === 0) continue
          total += count
          areas.set(area, (areas.get(area) ?? 0) + count)
          if (new Set(lived).size > 1) for (const each of lived) moved.add(each)
        }
        return { total, areas, moved }
      }
      const read = [[0, 0] as const, [1, 1] as const, [0, 1] as const].map(([from, to]) => {
        const hidden = hiddenInPeriod(to - from, (first, last) => at(from + first, from + last))
        const { total, areas } = at(from, to)
        return [
          hidden.total ? null : total,
          ...[...areas].map(([name, count]) => (hidden.areas.has(name) ? '-' : count)),
        ]
      })
      const key = JSON.stringify(read)
      const fit = fits.get(key) ?? { counts, known: changes.map(() => new Set<number>()) }
      for (const [index, kind] of changes.entries()) fit.known[index]?.add(counts[kind] ?? 0)
      fits.set(key, fit)
    }
    every([])
    return [...fits].flatMap(([read, { counts, known }]) => {
      // At the end of what is tried there may be more that fits.
      if (counts.some((count) => count > most - 3)) return []
      return known.flatMap((values) => {
        const [value = 0] = values
        return values.size === 1 && value > 0 && value < fewest ? [`${read}: ${value}`] : []
      })
    })
  }

  it('would be had without what is kept back besides', () => {
    // The test of the test: with small numbers alone kept back, one of them is what the total lacks.
    const children: Child[] = [...'AAAAAABBBBBBB'].map((area) => [area, null, null])
    const withFew = [...children, ...['C', 'C'].map((area): Child => [area, null, null])]
    const { total, areas } = tableOf(withFew, [0, 0])
    const shown = [...areas.values()].filter((count) => count >= fewest).reduce((sum, count) => sum + count, 0)
    expect(total - shown).toBe(2)
  })
})
