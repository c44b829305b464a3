import { describe, expect, it } from 'vitest'
import { type ChronologyArguments, chronology, chronologyNeeds } from '../../src/childView/chronology.ts'
import { cursorOf, positionOf } from '../../src/childView/chronologyCursor.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { ListContract, Row } from '../../src/sources/contract.ts'
import { answersOf, contractsOf, down, grantsOf, row, told as toldOf } from './fixtures.ts'

const disclosure = { label: 'POLICE_RECORD', existence: 'CONTENT', fields: new Map() } as const
const told: ListContract = {
  disclosure,
  chronology: {
    fields: ['finding'],
    tell: ({ finding }) => ({ headline: finding === null ? 'Police event' : `Police event: ${String(finding)}` }),
  },
}
const contracts = contractsOf({
  police: { events: told, person: {} },
  health: {
    gpEntries: {
      disclosure: { ...disclosure, label: 'HEALTH_GENERAL' },
      chronology: { fields: ['text'], tell: () => ({ headline: 'Practice entry', positive: true, action: 'Seen' }) },
    },
  },
})
const event = (id: string, eventAt: string | null, recordedAt = '2026-06-01T00:00:00Z', more = {}) =>
  row(`police:${id}`, { eventAt, 'provenance.recordedAt': recordedAt, 'provenance.agency': 'POLICE', ...more })
const entry = (id: string, eventAt: string) =>
  row(`health:${id}`, { eventAt, 'provenance.agency': 'HEALTH_GP', sensitivity: ['HEALTH_GENERAL'] })

const events: readonly Row[] = [
  event('c', '2026-03-02T10:00:00Z'),
  event('b', '2026-03-01T10:00:00Z', '2026-05-02T00:00:00Z'),
  event('a', '2026-03-01T10:00:00Z', '2026-05-02T00:00:00Z'),
  event('z', '2026-03-01T10:00:00.000Z', '2026-05-01T00:00:00Z'),
]
const entries = [entry('h', '2026-03-01T12:00:00Z')]
const ask = (args: ChronologyArguments = {}, police: readonly Row[] = events) =>
  chronology(answersOf({ police: { events: police }, health: { gpEntries: entries } }), grantsOf(), contracts, args)
const eventsOf = (page: ReturnType<typeof chronology>) => page.events ?? []
const ids = (args: ChronologyArguments = {}) => eventsOf(ask(args)).map(({ id }) => id)

describe('the chronology', () => {
  it('puts every agency in one order: when it happened, when recorded, id', () => {
    expect(ids()).toEqual(['police:z', 'police:a', 'police:b', 'health:h', 'police:c'])
    expect(ask()).toMatchObject({ total: 5, pageInfo: { hasNextPage: false }, unavailable: [] })
  })

  it('needs the fields of every rule and of no other list', () => {
    const needs = chronologyNeeds(contracts, () => true)
    expect(Object.keys(needs.police ?? {})).toEqual(['events'])
    expect(needs.police?.['events']).toEqual(expect.arrayContaining(['eventAt', 'sensitivity', 'finding']))
    expect(needs.education).toBeUndefined()
  })

  it('tells a withheld field as null, whether it is null or absent', () => {
    const told = (more: Readonly<Record<string, string | null>>) =>
      ask({}, [event('a', '2026-03-01T10:00:00Z', undefined, more)]).events?.[0]
    expect(told({})?.headline).toBe('Police event')
    expect(told({ finding: null })).toEqual(told({}))
    expect(told({ finding: 'home adequate' })?.headline).toBe('Police event: home adequate')
  })

  it('keeps what somebody chose and weighed apart from what was recorded, and codes in words', () => {
    const { events: told } = chronology(
      answersOf({
        socialCare: {
          chronologyEntries: [
            row('socialCare:e', {
              eventAt: '2026-01-02T09:00:00Z',
              text: 'Moved',
              significance: 'Far away',
              status: 'AGREED',
            }),
          ],
          legalStatuses: [row('socialCare:l', { eventAt: '2026-01-03T09:00:00Z', code: 'C2', from: '2026-01-03' })],
          assessments: [
            row('socialCare:a', { eventAt: '2026-01-04T09:00:00Z', kind: 'SINGLE', factors: ['16A', '7A', '99X'] }),
          ],
        },
      }),
      grantsOf(),
      contractsOf(),
      {},
    )
    expect(
      (told ?? []).map(({ curated, headline, significance, analysis, status }) => [
        curated,
        headline,
        significance,
        analysis,
        status,
      ]),
    ).toEqual([
      [true, 'Moved', 'Far away', null, 'agreed'],
      [false, 'Legal status: full care order (C2) from 3 January 2026', null, null, null],
      [false, 'Assessment: single, factors: neglect (16A); young carer (7A); 99X', null, null, null],
    ])
  })

  it('lets a rule tell by the id of a record and by whom it is of', () => {
    const rule: ListContract = {
      disclosure,
      chronology: { fields: ['id', 'person'], tell: ({ id, person }) => ({ headline: `${id} of ${person}` }) },
    }
    const answers = answersOf({ police: { events: [event('a', '2026-03-01T10:00:00Z')] } })
    const page = chronology(answers, grantsOf(), contractsOf({ police: { events: rule } }), {})
    expect(page.events?.[0]?.headline).toBe(`police:a of ${event('a', null).person}`)
  })

  it('has nothing from a day after the last', () => {
    expect(ask({ from: '2026-03-02', to: '2026-03-01' })).toMatchObject({ total: 0, events: [] })
  })

  it('says what of an event is withheld, from the labels of the row and the grant', () => {
    const withheld = {
      label: 'HEALTH_GENERAL',
      level: 'CONTENT',
      reason: 'W_ROLE',
      rule: 'r',
      requestable: true,
    } as const
    const page = chronology(
      answersOf({ health: { gpEntries: entries } }),
      grantsOf({ health: { withheld: [withheld, { ...withheld, label: 'HEALTH_MENTAL' }] } }),
      contracts,
      {},
    )
    expect(page.events?.[0]?.withheld.map(({ category, contact }) => [category, contact])).toEqual([
      ['HEALTH_GENERAL', 'health desk'],
    ])
    expect(page.events?.[0]).toMatchObject({ positive: true, action: 'Seen', recordType: 'gpEntries' })
  })

  it('names the agencies without which events may be lacking', () => {
    const page = chronology(answersOf({ police: down }), grantsOf(), contracts, {})
    expect(page).toMatchObject({
      ...{ total: 0, events: [], unavailable: ['POLICE'], pageInfo: { endCursor: null, hasNextPage: false } },
      count: { value: 0, completeness: 'AT_LEAST' },
    })
  })

  it('is null where none of it may be read, and never a list of nothing', () => {
    const shut = { headline: 0, content: 0 }
    const withheld = { ...shut, withheld: [toldOf('HEALTH_GENERAL', 'CONTENT')] }
    const page = (health: object, police: object) =>
      chronology(answersOf(), grantsOf({ health, police }), contracts, {})
    expect(page(withheld, shut)).toMatchObject({ total: null, events: null, count: { completeness: 'WITHHELD' } })
    expect(page(withheld, {})).toMatchObject({ total: 0, events: [], count: { completeness: 'AT_LEAST' } })
    // What is hidden from the role may be there, of any child, and no kind of it is named.
    expect(page(shut, shut)).toMatchObject({ total: null, events: null, count: { value: null } })
    expect(page(shut, {})).toMatchObject({ total: 0, events: [], count: { value: 0, completeness: 'AT_LEAST' } })
  })
})

describe('a part of the chronology', () => {
  it('is of a whole agency or of one service', () => {
    expect(ids({ agencies: ['HEALTH'] })).toEqual(['health:h'])
    expect(ids({ agencies: ['HEALTH_GP'] })).toEqual(['health:h'])
    expect(ids({ agencies: ['HEALTH_ACUTE'] })).toEqual([])
    expect(ids({ agencies: [] })).toEqual([])
  })

  it('is of the days asked, as London counts them', () => {
    expect(ids({ from: '2026-03-02' })).toEqual(['police:c'])
    expect(ids({ to: '2026-03-01' })).toHaveLength(4)
    const late = ask({ from: '2026-07-02' }, [event('s', '2026-07-01T23:30:00Z')])
    expect(late.total).toBe(1)
  })

  it('goes page by page over every event once, and the total stays', () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = ask({ first: 2, after })
      seen.push(...eventsOf(page).map(({ id }) => id))
      expect(page.total).toBe(5)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual(ids())
  })

  it('goes on from a cursor whose event is no longer there', () => {
    const cursor = ask({ first: 2 }).pageInfo.endCursor
    const rest = ask(
      { after: cursor },
      events.filter(({ id }) => id !== 'police:a'),
    )
    expect(eventsOf(rest).map(({ id }) => id)).toEqual(['police:b', 'health:h', 'police:c'])
  })

  it.each(events.map(({ id }) => id))('leaves every other event and cursor as it is when %s is hidden', (hidden) => {
    const rest = ask(
      {},
      events.filter(({ id }) => id !== hidden),
    )
    expect(rest.events).toEqual(eventsOf(ask()).filter(({ id }) => id !== hidden))
    expect(rest.total).toBe(4)
  })

  it.each([0, 201, -5])('refuses first: %s', (first) => {
    expect(() => ask({ first })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })

  it.each([
    'x',
    '%%%',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('[1,2,3]').toString('base64url'),
    Buffer.from('["a","b","c"]').toString('base64url'),
    Buffer.from('[null,1,"c"]').toString('base64url'),
    'A'.repeat(5000),
  ])('refuses a cursor that was never given', (after) => {
    expect(() => ask({ after })).toThrow(Refusal)
  })

  it('reads back the cursor it gave', () => {
    expect(positionOf(cursorOf([1, 2, 'police:a']))).toEqual([1, 2, 'police:a'])
  })
})
