import { describe, expect, it } from 'vitest'
import { evaluatedTogether, evaluateInBatches } from '../../src/disclosure/evaluateInBatches.ts'
import { Lifetime, mostChildren, mostEvaluated } from '../../src/disclosure/operationAllowance.ts'
import { stagesOf } from '../../src/oversight/escalations.ts'
import { latestQuarter, quartersOf, settledAt } from '../../src/oversight/quarter.ts'
import { mayAsk, oversightDefaults, oversightQuestions } from '../../src/policy/mayAskOversight.ts'
import { readPacks } from '../../src/policy/pack.ts'
import { areasOf } from '../../src/policy/problemProfileAreas.ts'
import { pathOfPurpose, purposes, roles } from '../../src/policy/vocabulary.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'

describe('who may ask over many children', () => {
  it('is named for each question, and everybody else is refused, whatever they ask for', () => {
    for (const pack of readPacks())
      for (const question of oversightQuestions)
        for (const role of roles)
          for (const purpose of purposes) {
            const { roles: named, purposes: only } = oversightDefaults[question]
            const opensRecords = !['ESCALATIONS', 'LEARNING_ACTIONS', 'DATA_QUALITY'].includes(question)
            const reads = Object.values(pack.labels).some(({ access }) =>
              access.some(({ roles: readers }) => readers.includes(role)),
            )
            const isNamed = named.includes(role) && (reads || !opensRecords)
            const isFor = only ? only.includes(purpose) : pathOfPurpose[purpose] !== 'CLOSED'
            const verdict = !isNamed ? 'ROLE_NOT_PERMITTED' : isFor ? 'ALLOWED' : 'PURPOSE_NOT_PERMITTED'
            expect(mayAsk(pack, { role, purpose }, question)).toBe(verdict)
          }
  })

  it('is nobody whose role the pack in force lets read nothing, where records of children are opened', () => {
    const adopted = readPacks().find(({ id }) => id === 'england-2026-09') ?? demonstrationPack
    const asking = { role: 'QUALITY_ASSURANCE_OFFICER', purpose: 'PRACTICE_REVIEW' } as const
    expect(mayAsk(adopted, asking, 'PROBLEM_PROFILE')).toBe('ROLE_NOT_PERMITTED')
    expect(mayAsk(adopted, { ...asking, role: 'TEAM_MANAGER' }, 'PROBLEM_PROFILE')).toBe('ALLOWED')
    expect(mayAsk(demonstrationPack, asking, 'PROBLEM_PROFILE')).toBe('ALLOWED')
    expect(mayAsk(adopted, asking, 'LEARNING_ACTIONS')).toBe('ALLOWED')
  })

  it('is the pack’s own row where it has one', () => {
    const WORKLIST = { roles: ['SOCIAL_WORKER' as const], because: 'Supervised by peers' }
    const pack = { ...demonstrationPack, oversight: { WORKLIST } }
    const asking = (role: 'SOCIAL_WORKER' | 'TEAM_MANAGER' | 'RECEIVING_OFFICER') => ({
      role,
      purpose: 'ASSESSMENT_S17' as const,
    })
    expect(mayAsk(pack, asking('SOCIAL_WORKER'), 'WORKLIST')).toBe('ALLOWED')
    expect(mayAsk(pack, asking('TEAM_MANAGER'), 'WORKLIST')).toBe('ROLE_NOT_PERMITTED')
    expect(mayAsk(pack, asking('TEAM_MANAGER'), 'PLACED_IN')).toBe('ALLOWED')
    // Regulation 13: the area authority's own officer is told of each placement.
    expect(mayAsk(pack, asking('RECEIVING_OFFICER'), 'PLACED_IN')).toBe('ALLOWED')
  })
})

describe('what an operation may look at', () => {
  it('is bounded apart from what it may give', () => {
    const lifetime = new Lifetime(60_000)
    for (let child = 0; child < mostChildren * 3; child += 1) lifetime.demandEvaluated()
    for (let child = 0; child < mostChildren; child += 1) lifetime.demandChild()
    for (let child = mostChildren * 3; child < mostEvaluated; child += 1) lifetime.demandEvaluated()
    expect(() => lifetime.demandEvaluated()).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }))
    expect(() => lifetime.demand()).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }))
    lifetime.close()
  })

  it('goes batch by batch, each with an access of its own, and gives the loop back between them', async () => {
    const ids = Array.from({ length: evaluatedTogether * 2 + 1 }, (_, at) => String(at))
    async function* pages() {
      yield ids
      yield ['last']
    }
    const batches: number[] = []
    const opened = new Set<object>()
    let turns = 0
    let isGoing = true
    const turn = () => {
      turns += 1
      if (isGoing) setImmediate(turn)
    }
    setImmediate(turn)
    const seen: number[] = []
    await evaluateInBatches(
      pages(),
      () => ({}),
      async (access, batch) => {
        opened.add(access)
        batches.push(batch.length)
        seen.push(turns)
      },
    )
    isGoing = false
    // Others had their turn between any two batches.
    expect(seen.slice(1).every((at, place) => at > (seen[place] ?? 0))).toBe(true)
    expect(batches).toEqual([evaluatedTogether, evaluatedTogether, 1, 1])
    expect(opened.size).toBe(4)
  })
})

describe('a period', () => {
  const today = new Date('2026-11-20T12:00:00Z')

  it('is of whole quarters that are over and settled', () => {
    expect(quartersOf('2026-Q2', '2026-Q3', today)).toEqual([
      { name: '2026-Q2', from: '2026-04-01', to: '2026-07-01' },
      { name: '2026-Q3', from: '2026-07-01', to: '2026-10-01' },
    ])
    expect(settledAt({ name: '2026-Q3', from: '2026-07-01', to: '2026-10-01' })).toBe('2026-10-29T00:00:00Z')
    expect(latestQuarter(today)).toBe('2026-Q3')
    expect(quartersOf('2001-Q3', '2001-Q3', today)).toHaveLength(1)
    expect(latestQuarter(new Date('2026-10-28T23:59:59Z'))).toBe('2026-Q2')
  })

  it.each([
    ['2026-Q4', '2026-Q4'],
    ['2026-Q3', '2026-Q2'],
    ['2024-Q1', '2026-Q1'],
    ['2026-Q5', '2026-Q5'],
    ['2026-07', '2026-09'],
    // Years that no day is made of, and those in which nobody of today was born.
    ['0000-Q1', '0000-Q1'],
    ['0001-Q1', '0001-Q1'],
    ['0999-Q4', '1000-Q1'],
    ['1900-Q1', '1900-Q1'],
    ['2001-Q2', '2001-Q2'],
    ['9999-Q4', '9999-Q4'],
    ['', ''],
    // Years that dates have not, or of which nobody can be counted.
    ['0000-Q1', '0000-Q1'],
    ['0001-Q1', '0001-Q1'],
    ['1900-Q1', '1900-Q1'],
    ['9999-Q4', '9999-Q4'],
    ['9999-Q3', '9999-Q4'],
  ])('is refused from %s to %s', (from, to) => {
    expect(() => quartersOf(from, to, today)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })
})

describe('areas of a profile', () => {
  const registry = { authorities: new Map([...'12'].map((each) => [`LA${each}`, { code: `LA${each}` } as never])) }

  it('are the authorities, or the pack’s own of several authorities', () => {
    expect(areasOf({}, registry).names).toEqual(['LA1', 'LA2'])
    const north = areasOf({ profile: { areas: { North: ['LA1', 'LA6'] } } }, registry)
    expect([north.names, north.nameOf('LA6'), north.nameOf('LA2'), north.nameOf(null)]).toEqual([
      ['North'],
      'North',
      null,
      null,
    ])
  })
})

describe('the stages of a disagreement', () => {
  const stage = (at: string, dueAt: string | null) => ({ kind: 'STAGE', at, dueAt })
  const message = (replies: readonly object[], state: string, now: number) =>
    ({ stage: now, state, sentAt: '2026-12-01T09:00:00Z', dueTimes: ['2026-12-03T17:00:00Z'], replies }) as never

  it('are late by their own clocks, ended or not', () => {
    const moved = message([stage('2026-12-04T09:00:00Z', '2026-12-10T17:00:00Z')], 'OPEN', 2)
    expect(stagesOf(moved, '2026-12-09T09:00:00Z')).toEqual([
      { stage: 1, isOpen: false, isLate: true },
      { stage: 2, isOpen: true, isLate: false },
    ])
    const ended = message([{ kind: 'RESOLUTION', at: '2026-12-03T09:00:00Z', dueAt: null }], 'CLOSED', 1)
    expect(stagesOf(ended, '2027-01-01T00:00:00Z')).toEqual([{ stage: 1, isOpen: false, isLate: false }])
    const urgent = message([], 'OPEN', 4)
    expect(stagesOf(urgent, '2026-12-05T00:00:00Z')).toEqual([{ stage: 4, isOpen: true, isLate: true }])
  })
})
