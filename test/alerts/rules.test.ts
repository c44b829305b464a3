import { describe, expect, test, vi } from 'vitest'
import { evaluate } from '../../src/alerts/evaluateRules.ts'
import type { Rule } from '../../src/alerts/rule.ts'
import { alertRules } from '../../src/alerts/rules.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { alertParametersOf } from '../../src/policy/alertParameters.ts'
import { bitOf, labels, maskOf } from '../../src/policy/labels.ts'
import type { RequiredFields } from '../../src/records/requiredFields.ts'
import type { Row } from '../../src/sources/contract.ts'
import { answersOf, contractsOf, down, grantsOf, registry, asOf as today, told } from '../childView/fixtures.ts'
import { ruleCases, type World } from './cases.ts'

const contracts = contractsOf()
const parameters = alertParametersOf({})
const everything = maskOf(labels)

interface Reader {
  readonly grants?: Parameters<typeof grantsOf>[0]
  readonly asOf?: string
  readonly away?: AgencyName
}

/** What a source gives of a world by an instant: what was recorded by then. */
const recordedBy = (world: World, asOf: string): World =>
  Object.fromEntries(
    Object.entries(world).map(([agency, lists]) => [
      agency,
      Object.fromEntries(
        Object.entries(lists).map(([list, rows]) => [
          list,
          rows.filter((row) => Date.parse(String(row['provenance.recordedAt'])) <= Date.parse(asOf)),
        ]),
      ),
    ]),
  )

function found(rule: Rule, world: World, { grants, asOf = today, away }: Reader = {}) {
  const answers = answersOf({ ...recordedBy(world, asOf), ...(away ? { [away]: down } : {}) })
  return evaluate([rule], { answers, grants: grantsOf(grants), contracts, registry, parameters, asOf })
}

const listsIn = (required: RequiredFields = {}): readonly { readonly agency: AgencyName; readonly list: string }[] =>
  Object.entries(required).flatMap(([agency, lists]) =>
    Object.keys(lists).map((list) => ({ agency: agency as AgencyName, list })),
  )

/** A reader for whom a list is closed: told of it as withheld, or not told. */
const without = (lists: ReturnType<typeof listsIn>, isTold: boolean): Reader => {
  const closed: Record<string, object> = {}
  for (const { agency } of lists) {
    const shut = lists
      .filter((each) => each.agency === agency)
      .flatMap(({ list }) => contracts[agency].lists[list]?.disclosure?.label ?? [])
    const open = everything & ~shut.reduce((mask, label) => mask | bitOf(label), 0)
    closed[agency] = { headline: open, content: open, withheld: isTold ? shut.map((label) => told(label)) : [] }
  }
  return { grants: closed as NonNullable<Reader['grants']> }
}

const ruleOf = (code: string): Rule => {
  const rule = alertRules.find((each) => each.code === code)
  if (!rule) throw new Error(`There is no rule ${code}.`)
  return rule
}

test('every rule has a case', () => {
  expect(ruleCases.map(({ code }) => code)).toEqual(alertRules.map(({ code }) => code))
})

describe.each(ruleCases)('$code', ({ code, fires, quiet, count }) => {
  const rule = ruleOf(code)
  const idsIn = (world: World) =>
    new Set(Object.values(world).flatMap((lists) => Object.values(lists).flatMap((rows) => rows.map(({ id }) => id))))

  test('fires, in words, over records that there are', () => {
    const { alerts } = found(rule, fires)
    expect(alerts.length).toBeGreaterThan(0)
    for (const { finding, evidence } of alerts) {
      expect(finding.text).toMatch(/^[“\p{Lu}\d].*\.$/su)
      expect(finding.text).not.toMatch(/unknown day|undefined|null|NaN/)
      expect(evidence.length).toBeGreaterThan(0)
      expect(evidence.filter(({ recordId }) => !idsIn(fires).has(recordId))).toEqual([])
    }
    if (count !== undefined) expect(alerts.map(({ finding }) => finding.count)).toContain(count)
  })

  test('is so from its instant on, and not a second before', () => {
    for (const { finding } of found(rule, fires).alerts) {
      const before = new Date(Date.parse(finding.since) - 1000).toISOString().replace('.000Z', 'Z')
      const anchors = (asOf: string) => found(rule, fires, { asOf }).alerts.map((alert) => alert.finding.anchor)
      expect(anchors(finding.since)).toContain(finding.anchor)
      expect(anchors(before)).not.toContain(finding.anchor)
    }
  })

  test('does not fire where what decides is otherwise', () => {
    expect(found(rule, quiet).alerts).toEqual([])
  })

  test('does not fire in an empty world', () => {
    expect(found(rule, {})).toMatchObject({ alerts: [], notJudged: [] })
  })

  /** Every row with some of its values otherwise. */
  const changed = (to: (field: string, value: unknown) => unknown): World =>
    Object.fromEntries(
      Object.entries(fires).map(([agency, lists]) => [
        agency,
        Object.fromEntries(
          Object.entries(lists).map(([list, rows]) => [
            list,
            rows.map(
              (row) =>
                Object.fromEntries(
                  Object.entries(row).map(([field, value]) => [field, to(field, value)]),
                ) as typeof row,
            ),
          ]),
        ),
      ]),
    )
  const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
  const isOfRecord = (field: string): boolean => field !== 'provenance.recordedAt' && field !== 'dateOfBirth'

  test('fires on nothing that has not happened yet', () => {
    const ahead = changed((field, value) =>
      isDay(value) && isOfRecord(field) ? `${Number(value.slice(0, 4)) + 20}${value.slice(4)}` : value,
    )
    expect(found(rule, ahead).alerts.map(({ finding }) => finding.text)).toEqual([])
  })

  test.each<[string, (field: string, value: unknown) => unknown]>([
    ['no dates', (field, value) => (isDay(value) && isOfRecord(field) ? null : value)],
    ['no ends', (field, value) => (/^(to|endedOn|closedOn)$/.test(field) ? null : value)],
    [
      'ends before beginnings',
      (field, value) => (isDay(value) && /^(to|.*ed(On|At))$/.test(field) ? '1999-01-01' : value),
    ],
    ['the first day there is', (field, value) => (isDay(value) && isOfRecord(field) ? '0001-01-01' : value)],
    ['the last day there is', (field, value) => (isDay(value) && isOfRecord(field) ? '9999-12-31' : value)],
    ['nothing but dates', (field, value) => (field === 'id' || field === 'parent' || isDay(value) ? value : null)],
  ])('is judged without a fault over records with %s', (_, change) => {
    for (const { finding } of found(rule, changed(change)).alerts) {
      expect(finding.text).not.toMatch(/undefined|null|NaN|Invalid|-\d+ (hour|day)/)
      expect(Number.isNaN(Date.parse(finding.since))).toBe(false)
    }
  })

  /** Fields whose silence is no answer: yes or no, how many, and when somebody was born. */
  const deciding = [
    ...new Set(
      Object.values(fires).flatMap((lists) =>
        Object.values(lists).flatMap((all) =>
          all.flatMap((row) =>
            Object.entries(row).flatMap(([field, value]) =>
              typeof value === 'boolean' || typeof value === 'number' || field === 'dateOfBirth' ? [field] : [],
            ),
          ),
        ),
      ),
    ),
  ]
  if (deciding.length > 0)
    test('says that it could not be judged where what decides is not recorded', () => {
      for (const field of deciding) {
        const { alerts, notJudged } = found(
          rule,
          changed((each, value) => (each === field ? null : value)),
        )
        expect([field, alerts.length + notJudged.length]).not.toEqual([field, 0])
      }
    })

  const absent = listsIn(rule.reads.refutedBy)
  if (absent.length > 0)
    test('takes nothing that is withheld, hidden or away for absent', () => {
      for (const list of absent) {
        expect(found(rule, fires, without([list], true))).toMatchObject({ alerts: [], notJudged: [{ rule: { code } }] })
        expect(found(rule, fires, without([list], false)).alerts).toEqual([])
        expect(found(rule, fires, { away: list.agency })).toMatchObject({ alerts: [], notJudged: [{ rule: { code } }] })
      }
    })

  test('is not judged where nothing of what makes it fire may be read, and says so where that may be told', () => {
    for (const ground of rule.reads.grounds) {
      const lists = listsIn(ground)
      expect(found(rule, fires, without(lists, true))).toMatchObject({ alerts: [], notJudged: [{ rule: { code } }] })
    }
  })
})

test('tells of a caution in a language that nobody interpreted, to the police and social care', () => {
  const caution = {
    id: 'police:e',
    person: 'P-1',
    eventAt: '2026-09-09T09:00:00Z',
    'provenance.recordedAt': '2026-09-09T09:00:00Z',
    kind: 'CAUTION',
    language: 'lt',
    interpreter: null,
  }
  const rule = ruleOf('INTERPRETER_REQUIRED')
  expect(found(rule, { police: { events: [caution] } }).alerts.map(({ finding }) => finding.text)).toEqual([
    'A caution on 9 September 2026 was given in English to somebody whose language is Lithuanian, with no interpreter recorded.',
  ])
  expect(rule.audience.map(({ agency }) => agency)).toEqual(['EDUCATION', 'CHILDRENS_SOCIAL_CARE', 'POLICE'])
})

describe('a team that has closed', () => {
  const held = (id: string, eventAt: string, fields: Readonly<Record<string, string | boolean | null>>) => ({
    ...{ id, person: 'P-1', eventAt, 'provenance.recordedAt': eventAt, ...fields },
  })
  const closed = held('socialCare:team', '2026-06-01T09:00:00Z', {
    ...{ kind: 'EXPLOITATION_TEAM', from: '2026-06-01', to: '2026-10-01', endReason: 'CLOSED' },
  })
  const world = (involvements: World['socialCare']): World => ({
    socialCare: { ...involvements },
    police: {
      events: [
        held('police:e', '2026-10-22T10:00:00Z', { kind: 'SHOPLIFTING', childRole: 'SUSPECT', notified: false }),
      ],
      missingEpisodes: [
        held('police:m', '2026-11-20T18:00:00Z', { from: '2026-11-20T18:00:00Z', to: null, overnight: null }),
      ],
    },
  })

  test('stops no alert about what happens afterwards', () => {
    for (const code of ['CHILD_AT_POLICE_EVENT_NO_NOTIFICATION', 'MISSING_NOTICE']) {
      const after = found(ruleOf(code), world({ involvements: [closed] })).alerts
      expect(after.map(({ rule }) => rule.code)).toEqual([code])
      expect(after.map(({ finding }) => finding.text)).toEqual(
        found(ruleOf(code), world({})).alerts.map(({ finding }) => finding.text),
      )
    }
  })

  test('is needed by no rule to fire on what the police record', () => {
    const offending = alertRules.filter(({ reads }) =>
      reads.grounds.some((ground) => Object.keys(ground.police ?? {}).length > 0),
    )
    expect(offending.length).toBeGreaterThan(5)
    for (const rule of offending)
      expect(rule.reads.grounds.flatMap((ground) => Object.keys(ground.socialCare ?? {}))).not.toContain('involvements')
  })
})

test('all rules together read a list once, and what they compute from answers a few times more', () => {
  const answers = answersOf(together(ruleCases.map(({ fires }) => fires)))
  const heard = Object.entries(answers).map(([agency, answer]) => {
    if (answer.state !== 'ANSWERED') throw new Error(`${agency} did not answer.`)
    return { agency, readings: vi.spyOn(answer.records, 'readings') }
  })
  const { alerts } = evaluate(alertRules, { answers, grants: grantsOf(), contracts, registry, parameters, asOf: today })
  expect(alerts.length).toBeGreaterThan(20)
  const reads = new Map<string, number>()
  for (const { agency, readings } of heard)
    for (const [list] of readings.mock.calls) reads.set(`${agency}.${list}`, (reads.get(`${agency}.${list}`) ?? 0) + 1)
  expect(reads.size).toBeGreaterThan(50)
  expect([...reads].filter(([, times]) => times > 4)).toEqual([])
  expect([...reads.values()].reduce((sum, times) => sum + times, 0)).toBeLessThan(2 * reads.size)
})

/** Several worlds in one. */
function together(worlds: readonly World[]): World {
  const all: Record<string, Record<string, Row[]>> = {}
  for (const world of worlds)
    for (const [agency, lists] of Object.entries(world))
      for (const [list, rows] of Object.entries(lists)) {
        all[agency] ??= {}
        all[agency][list] = [...(all[agency][list] ?? []), ...rows]
      }
  return all
}
