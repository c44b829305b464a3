import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonical, countValues, difference } from '../../bench/canonicalAnswer.ts'
import { readOptions } from '../../bench/options.ts'
import { readmeOf, svgOf, textOf } from '../../bench/report.ts'
import { disagreeing, linesOf, type Results } from '../../bench/results.ts'

describe('answers are compared', () => {
  it('by their values, in whatever order members and records come', () => {
    const one = {
      b: [
        { id: '2', x: 1 },
        { id: '1', x: 2 },
      ],
      a: 1,
    }
    const other = {
      a: 1,
      b: [
        { x: 2, id: '1' },
        { x: 1, id: '2' },
      ],
    }
    expect(difference(canonical(one), canonical(other))).toBeNull()
  })

  it('and the first difference is told with its place', () => {
    expect(difference({ a: [{ x: 1 }] }, { a: [{ x: 2 }] })).toBe('data.a[0].x is 1, and 2')
    expect(difference({ a: [1] }, { a: [] })).toBe('data.a has 1 items, and 0')
    expect(difference({ a: null }, { a: 0 })).toBe('data.a is null, and 0')
  })

  it('and their values are counted', () => {
    expect(countValues({ a: [{ x: 1, y: null }], b: 'text' })).toBe(3)
  })
})

describe('the command', () => {
  it('takes questions and contestants by name', () => {
    expect(readOptions(['q1', '--only', 'ours,limit'])).toMatchObject({
      questions: ['q1'],
      only: ['ours', 'limit'],
      profile: false,
    })
    expect(readOptions(['profile', 'q3'])).toMatchObject({ questions: ['q3'], profile: true })
    expect(readOptions([])).toMatchObject({
      questions: ['q1', 'q2', 'q3', 'q4', 'q5'],
      children: 10_000,
      connections: null,
    })
  })

  it('refuses what it does not know, and says what it knows', () => {
    expect(readOptions(['q9'])).toMatch(/There is no question q9: q1, q2/)
    expect(readOptions(['--only', 'nobody'])).toMatch(/There is no contestant nobody: ours/)
    expect(readOptions(['--children', 'many'])).toMatch(/whole numbers/)
    expect(readOptions(['--connections', '0'])).toMatch(/--connections, .* are whole numbers/)
    expect(readOptions(['--connections', '1', '--write'])).toMatch(/--write goes without --connections/)
    expect(readOptions(['--fast'])).toMatch(/--fast/)
  })
})

describe('results', () => {
  it('name who gives another answer, and where: such a run ends with 1 and writes nothing', () => {
    const differing = [{ name: 'limit', where: 'data.child.id is "F1:a", and "police:a"' }]
    expect(
      disagreeing([
        { question: 'q1', differing: [] },
        { question: 'q3', differing },
      ]),
    ).toEqual(['limit in q3: data.child.id is "F1:a", and "police:a"'])
  })

  const window = (perSecond: number, node: number) => ({
    perSecond,
    p50: 1,
    p99: 2,
    node,
    postgres: 1,
    residentMb: 100,
  })
  const rounds = new Map([
    ['ours', { title: 'Ours', statements: 8, windows: [window(50, 3), window(40, 3), window(60, 3)] }],
    ['limit', { title: 'Limit', statements: 3, windows: [window(100, 1), window(90, 1), window(300, 1)] }],
  ])

  it('are the medians of the rounds, against the limit’s', () => {
    const [ours] = linesOf(rounds, 'limit')
    expect(ours).toMatchObject({ perSecond: 50, least: 40, most: 60, rateToLimit: 0.5, cpuToLimit: 2 })
  })

  it('have no ratio when the limit was not measured', () => {
    expect(linesOf(rounds, 'nobody')[0]).toMatchObject({ rateToLimit: null, cpuToLimit: null })
  })

  it('become a page and a picture', () => {
    const results: Results = {
      at: '2026-11-20',
      machine: 'a machine',
      command: 'npm run bench',
      children: 10,
      records: 500,
      rounds: 3,
      seconds: 1,
      warmUp: 1,
      questions: [
        {
          question: 'q1',
          title: 'One child',
          values: 4,
          bytes: 100,
          connections: 2,
          lines: linesOf(rounds, 'limit'),
          securityCost: 0.234,
          differing: [],
          absent: [],
        },
      ],
      goals: [{ name: 'Q1 speed', goal: '≥ 1×', measured: '0.50×', isReached: false }],
      notes: ['ours: everything on.'],
    }
    expect(readmeOf(results)).toContain('| ours | 50.0 | 40.0–60.0 |')
    for (const told of [readmeOf(results), textOf(results)])
      expect(told).toContain('All security together: 23 % extra Node CPU over the same engine without it.')
    expect(readmeOf(results)).toContain('| Q1 speed | ≥ 1× | 0.50× | **not met** |')
    expect(textOf(results)).toContain('Goals\nQ1 speed  ≥ 1×  0.50×  not met')
    expect(svgOf(results)).toMatch(/^<svg .*>ours<.*<\/svg>\n$/)
  })
})

describe('the page of measurements', () => {
  it('has a drawing of the same figures', () => {
    const file = (name: string) => readFileSync(new URL(`../../bench/${name}`, import.meta.url), 'utf8')
    const tables = file('README.md').split('\n## Goals')[0] ?? ''
    const rows = [...tables.matchAll(/^\| ([a-z-]+) \| ([\d.]+) \|/gm)].map(([, name, rate]) => `${name} ${rate}`)
    const bars = [...file('results.svg').matchAll(/>([a-z-]+)<\/text><rect[^>]*\/><text[^>]*>([\d.]+)</g)]
    expect(rows.length).toBeGreaterThan(20)
    expect(bars.map(([, name, rate]) => `${name} ${rate}`)).toEqual(rows)
  })
})
