import { describe, expect, it } from 'vitest'
import { identifiersOfCopies } from '../../bench/growth/childIdentifiers.ts'
import { linesOf, median, type Placed } from '../../bench/growth/judgeGrowth.ts'
import { readOptions, usage } from '../../bench/growth/options.ts'
import { faultsIn, plansIn } from '../../bench/growth/queryPlans.ts'
import { type GrowthResults, sectionOf } from '../../bench/growth/report.ts'
import { fewPractitioners, inCopies, pairsOf, withoutNames } from '../../bench/growth/sampleChildren.ts'
import { keepingSections, withSection } from '../../bench/pageSection.ts'
import { Dice } from '../../seeds/generated/dice.ts'

const window = (node: number, postgres: number) => ({ perSecond: 100, p50: 1, p99: 2, node, postgres, residentMb: 1 })
const place = (goal: number | null, ...cpu: number[]): Placed => ({
  title: goal === null ? '10 children' : '1,000 children, scattered',
  children: 10,
  records: 500,
  gigabytes: 1,
  spread: { records: 40, pages: 20 },
  asked: 3,
  windows: cpu.map((one) => window(one / 2, one / 2)),
  goal,
})

describe('the command for growth', () => {
  it('takes two sizes, one a multiple of the other', () => {
    expect(readOptions([])).toMatchObject({ small: 10_000, large: 1_000_000, sample: 3000, anew: false })
    expect(readOptions(['--anew'])).toMatchObject({ anew: true })
    expect(readOptions(['--sizes', '1000,3000', '--rounds', '2'])).toMatchObject({
      small: 1000,
      large: 3000,
      rounds: 2,
    })
    expect(readOptions(['--help'])).toBe(usage)
  })

  it('refuses sizes that cannot be made of each other, and words it does not know', () => {
    for (const sizes of ['1000', '1000,2500', '1500,3000', '1000,1000', '2000,1000', '1000,2000,4000', 'a,b', '0,0'])
      expect(readOptions(['--sizes', sizes])).toMatch(/two numbers of children/)
    expect(readOptions(['--sizes', '1000,2000000'])).toMatch(/at most 1000000/)
    expect(readOptions(['--sample', '-1'])).toMatch(/--sample/)
    expect(readOptions(['--sample', 'many'])).toMatch(/whole numbers/)
    expect(readOptions(['--quick'])).toMatch(/--quick/)
  })
})

describe('growth is judged', () => {
  it('round by round, so that a slow round counts for both', () => {
    const [small, large] = linesOf([place(null, 1, 10, 1), place(1.75, 1.5, 15, 2)])
    expect(small).toMatchObject({ ratio: null, isReached: null })
    expect(large).toMatchObject({ ratio: 1.5, least: 1.5, most: 2, isReached: true })
  })

  it('and fails above its goal', () => {
    expect(linesOf([place(null, 1, 1), place(1.25, 1.2, 1.4)])[1]).toMatchObject({ isReached: false })
  })

  it('by the middle of an even number of rounds, too', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([3])).toBe(3)
  })
})

describe('the sample', () => {
  const asked = [
    { id: 'G0000001', number: 1, la: 'LA2' },
    { id: 'G0000007', number: 7, la: 'LA5' },
  ]

  it('holds every child in equally many copies, none twice', () => {
    const sample = inCopies(asked, 1000, 100, 20, new Dice(1, 2, 3))
    const numbers = sample.map(({ id }) => Number(id.slice(1)))
    expect(new Set(numbers).size).toBe(20)
    expect(numbers.map((number) => number % 1000)).toEqual([...Array(10).fill(1), ...Array(10).fill(7)])
    expect(Math.max(...numbers)).toBeGreaterThan(50_000)
    expect(sample.at(-1)?.la).toBe('LA5')
  })

  it('is the children themselves where there are no copies', () => {
    expect(inCopies(asked, 1000, 1, 1, new Dice(1, 2, 3)).map(({ id }) => id)).toEqual(['G0000001', 'G0000007'])
  })

  it('has no more copies than there are', () => {
    expect(inCopies(asked, 1000, 3, 500, new Dice(1, 2, 3))).toHaveLength(6)
  })

  it('is asked by as many practitioners, in as many pairs with a child, on small data as on large', () => {
    const of = (children: number) => Array.from({ length: children }, (_, nth) => ({ id: `G${nth}`, la: 'LA2' }))
    const dice = new Dice(1, 2, 3)
    const pairs = pairsOf(60, 20)
    const counted = [of(20), of(60)].map((sample) => {
      const asked = Array.from({ length: 200 }, () => pairs(sample, dice)).flat()
      const kinds = (kind: (one: (typeof asked)[number]) => unknown) => new Set(asked.map(kind)).size
      return {
        asked: asked.length,
        children: kinds(({ child }) => child.id),
        practitioners: kinds(({ practitioner }) => practitioner),
        pairs: kinds(({ child, practitioner }) => `${child.id} ${practitioner}`),
      }
    })
    const common = { asked: 200 * 60, practitioners: 3 * fewPractitioners, pairs: 60 * fewPractitioners }
    expect(counted).toEqual([
      { ...common, children: 20 },
      { ...common, children: 60 },
    ])
  })
})

describe('answers about a child and its copy', () => {
  it('are the same without names and order', () => {
    const one = {
      child: {
        id: 'G1',
        events: [
          { id: 'a', kind: 'X' },
          { id: 'b', kind: 'Y' },
        ],
      },
    }
    const other = {
      child: {
        id: 'G2',
        events: [
          { id: 'c', kind: 'Y' },
          { id: 'd', kind: 'X' },
        ],
      },
    }
    expect(withoutNames(one)).toEqual(withoutNames(other))
  })

  it('and differ where one says more', () => {
    expect(withoutNames({ events: [{ kind: 'X' }] })).not.toEqual(
      withoutNames({ events: [{ kind: 'X' }, { kind: 'X' }] }),
    )
  })
})

describe('numbers of copies', () => {
  const known = [
    { scheme: 'NHS_NUMBER', value: '9990000018', number: 1 },
    { scheme: 'UPN', value: 'A992600012001', number: 1 },
    { scheme: 'LA_CHILD_ID', value: '9927654321', number: 1 },
  ]

  it('are all different, and of the same form', () => {
    const made = [...identifiersOfCopies(known, 1000, 50)]
    expect(made).toHaveLength(3 * 49)
    expect(new Set(made.map(({ value }) => value)).size).toBe(made.length)
    const upns = made.filter(({ old }) => old === 'A992600012001')
    for (const { value } of upns) expect(value).toMatch(/^[A-Z]9926\d{3}12\d{3}$/)
  })

  it('end where the NHS numbers of the population end', () => {
    const made = [...identifiersOfCopies(known.slice(0, 1), 10_000, 100)]
    expect(made.length).toBeLessThan(99)
    expect(made.length).toBeGreaterThan(85)
  })

  it('are not invented for a scheme that nobody knows', () => {
    expect(() => [...identifiersOfCopies([{ scheme: 'PASSPORT', value: '1', number: 1 }], 10, 2)]).toThrow(/PASSPORT/)
  })
})

describe('what PostgreSQL writes about its plans', () => {
  const entry = (text: string, plan: object) =>
    `2026-11-20 10:00:00 UTC [7] LOG:  duration: 0.123 ms  plan:\n\t${JSON.stringify({ 'Query Text': text, Plan: plan }, null, 2).replaceAll('\n', '\n\t')}\n`
  const byIndex = { 'Node Type': 'Index Scan', 'Relation Name': 'visit', 'Index Name': 'visit_index_1' }

  it('is read with the pages that were touched', () => {
    const log = `${entry('select  1', { ...byIndex, 'Index Cond': '(a = 1)', 'Shared Hit Blocks': 3, 'Shared Read Blocks': 2 })}2026 LOG:  other\n`
    expect(plansIn(log)).toEqual([{ text: 'select 1', pages: 5, faults: [] }])
  })

  it('shows what is read whole, and what is read for nothing', () => {
    const below = { 'Node Type': 'Append', Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'visit' }, byIndex] }
    const wasteful = { ...byIndex, 'Index Cond': '(a = 1)', 'Rows Removed by Filter': 5000 }
    const faults = faultsIn(plansIn(entry('select 1', below) + entry('select 1', below) + entry('select 2', wasteful)))
    expect(faults).toEqual([
      'visit is read whole: select 1',
      'the index visit_index_1 is read whole: select 1',
      '5000 rows of visit are read for nothing: select 2',
    ])
  })
})

describe('the section of growth', () => {
  const results: GrowthResults = {
    at: '2026-11-20',
    machine: 'a machine',
    command: 'npm run bench -- growth',
    rounds: 3,
    seconds: 1,
    anew: false,
    copies: 100,
    values: 350,
    lines: linesOf([place(null, 1), place(1.75, 1.9)]),
    explained: 40,
    faults: [],
  }

  it('says how the large data was made, and what missed its goal', () => {
    const section = sectionOf(results)
    expect(section).toContain('the same population 100 times')
    expect(section).toContain('| 1.90 | 1.90–1.90 | ≤ 1.75 | **not met** |')
    expect(section).toContain('no table and no index is read whole')
    expect(sectionOf({ ...results, faults: ['visit is read whole: select 1'] })).toContain('- visit is read whole')
    expect(sectionOf({ ...results, explained: null })).toContain('could not tell')
  })

  it('stays when another command writes the page anew, and leaves what others wrote', () => {
    const first = withSection(withSection('# Page\n', 'growth', 'of growth'), 'identity', 'of identity')
    const anew = keepingSections('# New page\n', first, ['growth', 'endurance', 'identity'])
    expect(anew).toMatch(/^# New page\n\n<!-- growth: start -->\n\nof growth\n[\s\S]*of identity/)
    const again = withSection(anew, 'growth', 'of another day')
    expect(again).toContain('of another day')
    expect(again).not.toContain('of growth')
    expect(again).toContain('of identity')
  })
})
