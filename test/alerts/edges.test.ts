import { describe, expect, it, test } from 'vitest'
import { evaluate } from '../../src/alerts/evaluateRules.ts'
import { alertRules } from '../../src/alerts/rules.ts'
import { wordingWarnings } from '../../src/exchange/judgementalWording.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { alertParametersOf } from '../../src/policy/alertParameters.ts'
import { carriedByFormats } from '../../src/sources/bindings/files/formats/listsOfReturns.ts'
import type { Value } from '../../src/sources/contract.ts'
import type { SourceAnswer } from '../../src/sources/source.ts'
import { answersOf, asOf, contractsOf, grantsOf, registry, row } from '../childView/fixtures.ts'
import type { World } from './cases.ts'

const record = (agency: AgencyName, id: string, when: string, fields: Readonly<Record<string, Value>>) =>
  row(`${agency}:${id}`, { eventAt: when, 'provenance.recordedAt': when, ...fields })

/** What one rule says of a world that a reader reads wholly. */
function said(code: string, world: World | Parameters<typeof answersOf>[0]) {
  const { alerts, notJudged } = evaluate(
    alertRules.filter((rule) => rule.code === code),
    {
      ...{ answers: answersOf(world), grants: grantsOf(), contracts: contractsOf(), registry, asOf },
      parameters: alertParametersOf({}),
    },
  )
  const unsaid = notJudged.flatMap(({ without }) => without.map(({ reason }) => reason))
  return { texts: alerts.map(({ finding }) => finding.text), unsaid }
}

describe('a home with kin', () => {
  const living = (livingWith: string, kind?: string | null, on = '2026-10-10T09:00:00Z') => ({
    socialCare: {
      addresses: [record('socialCare', 'a', '2026-10-20T09:00:00Z', { livingWith, from: '2026-10-20' })],
      ...(kind === undefined ? {} : { assessments: [record('socialCare', 'v', on, { kind })] }),
    },
  })
  const count = (world: World) => said('KIN_PLACEMENT_UNASSESSED', world).texts.length

  it.each(['Maternal aunt', 'GRANDMOTHER', 'Mother’s sister', 'MOTHERS_COUSIN', 'Great-grandparents', 'family friend'])(
    'is one with %s',
    (whom) => expect(count(living(whom))).toBe(1),
  )

  it.each([
    'Mother',
    'Mother and stepfather',
    'Both parents and grandmother',
    'STEP_MOTHER',
    'Foster carers',
    'Adopters',
  ])('is none with %s', (whom) => expect(count(living(whom))).toBe(0))

  it('that was assessed before the child moved in is assessed, and years before is not', () => {
    expect(count(living('Aunt', 'VIABILITY'))).toBe(0)
    expect(count(living('Aunt', 'SINGLE'))).toBe(1)
    expect(count(living('Aunt', 'VIABILITY', '2024-10-10T09:00:00Z'))).toBe(1)
    // An assessment of no known kind may be the one.
    expect(count(living('Aunt', null))).toBe(0)
  })
})

test('an investigation that ended on no known day is not said to have been going on when a child came home', () => {
  const world = (crime: Readonly<Record<string, Value>>) => ({
    socialCare: {
      placements: [record('socialCare', 'p', '2026-05-01T09:00:00Z', { to: '2026-09-01', changeReason: 'E4A' })],
    },
    police: { crimes: [record('police', 'c', '2026-06-01T09:00:00Z', { role: 'VICTIM', ...crime })] },
  })
  const code = 'RETURN_HOME_DURING_LIVE_INVESTIGATION'
  expect(said(code, world({ outcome: null, outcomeAt: null })).texts).toHaveLength(1)
  expect(said(code, world({ outcome: 'NO_FURTHER_ACTION', outcomeAt: '2026-10-01' })).texts).toHaveLength(1)
  expect(said(code, world({ outcome: 'NO_FURTHER_ACTION', outcomeAt: '2026-08-01' })).texts).toEqual([])
  expect(said(code, world({ outcome: 'NO_FURTHER_ACTION', outcomeAt: null }))).toEqual({
    texts: [],
    unsaid: ['NOT_RECORDED'],
  })
})

test('a crime of which no record says who the child was in it is said not to be judged', () => {
  const crimes = [record('police', 'c', '2026-06-01T09:00:00Z', { role: null })]
  expect(said('ALLEGATION_NO_STRATEGY', { police: { crimes } })).toEqual({ texts: [], unsaid: ['NOT_RECORDED'] })
})

test('a run of episodes says how many of them stand together', () => {
  const at = (day: string) => `2026-${day}T10:00:00Z`
  const world = (...days: readonly string[]) => ({
    police: {
      missingEpisodes: days.map((day) =>
        record('police', day, at(day), { from: at(day), to: `2026-${day}T12:00:00Z`, force: 'F1', overnight: false }),
      ),
    },
    socialCare: {
      placements: [
        record('socialCare', 'p', '2026-01-05T09:00:00Z', { la: 'LA5', 'provenance.la': 'LA2', from: '2026-01-05' }),
      ],
    },
  })
  const texts = (...days: readonly string[]) => said('SENIOR_OVERSIGHT_DUE', world(...days)).texts
  expect(texts('07-01', '07-02', '07-03', '07-04', '07-05', '07-06')).toEqual([
    '6 episodes since 1 July 2026 from a placement in LA5, all within 30 days.',
  ])
  expect(texts('07-01', '07-11', '07-21', '08-05')).toEqual([
    '4 episodes since 1 July 2026 from a placement in LA5, 3 of them within 30 days.',
  ])
})

describe('what a holder cannot say', () => {
  const plan = record('socialCare', 'p', '2026-02-05T09:00:00Z', { level: 'CHILD_PROTECTION', from: '2026-02-05' })
  const person = record('socialCare', 'c', '2026-02-05T09:00:00Z', { dateOfBirth: '2015-02-05' })
  const worker = (kind: string | null, to: string | null = null) =>
    record('socialCare', 'w', '2026-02-05T09:00:00Z', { kind, from: '2026-02-05', to })

  it.each(['UNALLOCATED_HIGH_RISK', 'NO_LEAD_PROFESSIONAL'])(
    'is not judged by one who works as nobody knows what: %s',
    (code) => {
      const of = (...involvements: readonly ReturnType<typeof worker>[]) =>
        said(code, { socialCare: { plans: [plan], involvements } })
      expect(of(worker(null))).toEqual({ texts: [], unsaid: ['NOT_RECORDED'] })
      for (const known of [[], [worker(null, '2026-03-01')], [worker('ADVOCATE')]]) {
        expect(of(...known).texts).toHaveLength(1)
        expect(of(...known).unsaid).toEqual([])
      }
      // Without a plan nobody asks.
      expect(said(code, { socialCare: { involvements: [worker(null)] } })).toEqual({ texts: [], unsaid: [] })
    },
  )

  it.each(['UNALLOCATED_HIGH_RISK', 'NO_LEAD_PROFESSIONAL', 'VOICE_NOT_RECORDED', 'FATHER_OR_MALE_CARER_UNKNOWN'])(
    'is not alleged of a child whose holder hands in returns: %s',
    (code) => {
      const of = (formats: readonly string[], plans = [plan]) => {
        const lists = carriedByFormats(new Set(formats))
        const carried = lists ? [{ holder: { id: 'LA2-CSC', organisation: 'LA2-CSC' }, lists }] : []
        const { socialCare } = answersOf({ socialCare: { plans, person: [person] } })
        return said(code, { socialCare: { ...socialCare, carried } as SourceAnswer })
      }
      for (const formats of [['cin'], ['903'], ['cin', '903']])
        expect(of(formats)).toEqual({ texts: [], unsaid: ['NOT_RECORDED'] })
      expect(of(['cin'], [])).toEqual({ texts: [], unsaid: [] })
      for (const formats of [[], ['json'], ['cin', 'csv']]) expect(of(formats).texts).toHaveLength(1)
    },
  )
})

test('a meeting is called one', () => {
  const meetings = [record('socialCare', 'm', '2026-09-10T10:00:00Z', { type: 'CIN', status: 'CANCELLED' })]
  expect(said('MEETING_CANCELLED_NOT_REBOOKED', { socialCare: { meetings } }).texts).toEqual([
    'The child in need meeting of 10 September 2026 was cancelled and is not booked again.',
  ])
})

describe('words that blame', () => {
  it.each([
    'She absconded again.',
    'He is putting himself in danger.',
    'A chaotic family who failed to engage.',
    'She has an older boyfriend and is sexually active.',
    'He chose this lifestyle, drug running for a gang.',
    'Naughty and manipulating staff.',
    'Mother brought it on herself.',
  ])('are warned of: %s', (text) => expect(wordingWarnings([text])).not.toEqual([]))

  it.each([
    'He was missing from 9 in the evening until 6 in the morning.',
    'She said that a man of thirty gives her lifts and gifts.',
    'Mother was not at home; she works nights.',
    'The school put a plan in place, and he takes part.',
  ])('are none in: %s', (text) => expect(wordingWarnings([text])).toEqual([]))
})
