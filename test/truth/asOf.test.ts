import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { datedNames, looksAhead } from '../../src/sources/datedFields.ts'
import { publicSchema, wholeView } from '../acceptance/support/wholeView.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

/**
 * Dates of a view that may lie after the day that it is of, beside those of `looksAhead`: none is a fact that came to
 * be later.
 */
const ahead: Readonly<Record<string, string>> = {
  'HealthDue.dueOn': 'what is due',
  'HealthCustodian.custodyTransferDue': 'what is due',
  'LegalOrder.expiresAt': 'the law ends it',
  'LegalOrder.to': 'an order says until when it is in force',
  'ViewObligation.dueOn': 'what is due',
  'SchoolPeriod.to': 'a term has its last day from the beginning',
  'AdultWeek.week': 'what is required of a week is set before it',
  'SchoolAbsence.day': 'leave is given before it is taken',
}

const isAhead = (type: string, field: string): boolean =>
  `${type}.${field}` in ahead || `${type}.${field}` in looksAhead || field in looksAhead

interface Dated {
  readonly at: string
  readonly value: string
}

/** Every date of an answer, by type and field. */
function datesIn(value: unknown, of: GraphQLObjectType): readonly Dated[] {
  if (Array.isArray(value)) return value.flatMap((item) => datesIn(item, of))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, held]) => {
    const field = of.getFields()[name]
    const type = field && getNamedType(field.type)
    if (!type || held === null) return []
    if (isObjectType(type)) return datesIn(held, type)
    if (type.name !== 'Date' && type.name !== 'DateTime') return []
    return [{ at: `${of.name}.${name}`, value: String(held) }]
  })
}

const days = ['2026-06-01T00:00:00Z', '2025-05-25T12:00:00Z']
const children = ['C04', 'C05', 'C12']
const query = wholeView()
  .replace('child(id: $id)', 'child(id: $id, asOf: $asOf)')
  .replace('($id: ID!', '($id: ID!, $asOf: DateTime')

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('a view as of a day', () => {
  let seen = 0

  it.each(sampled(personas, 4))('has no date for $id that came to be later', async ({ id, defaultPurpose }) => {
    const later: string[] = []
    for (const asOf of days)
      for (const child of children) {
        const { data } = await gateway.ask(id, query, { purpose: defaultPurpose, variables: { id: child, asOf } })
        for (const { at, value } of datesIn(data?.['child'], publicSchema.getType('Child') as GraphQLObjectType)) {
          seen += 1
          const [type = '', field = ''] = at.split('.')
          const limit = value.length === 10 ? asOf.slice(0, 10) : asOf
          const isLater = value.length === 10 ? value > limit : Date.parse(value) > Date.parse(limit)
          if (isLater && !isAhead(type, field)) later.push(`${child} as of ${asOf}: ${at} is ${value}`)
        }
      }
    expect(later).toEqual([])
  })

  it('was looked through', () => {
    expect(seen).toBeGreaterThan(100)
  })

  it('reads what ended later as open, and nothing of how it ended', async () => {
    const asked = `query ($asOf: DateTime) { child(id: "C04", asOf: $asOf) { socialCare { placements { from to changeReason } } } }`
    const read = async (asOf: string | null) => {
      const { data } = await gateway.ask('social-worker', asked, { variables: { asOf } })
      const child = data?.['child'] as unknown as {
        socialCare: { placements: { from: string; to: string | null; changeReason: string | null }[] }
      }
      return child.socialCare.placements
    }
    const ended = (await read(null)).find(({ to }) => to !== null)
    if (!ended?.to) throw new Error('No placement of C04 has ended.')
    const before = await read(`${ended.from}T12:00:00Z`)
    for (const { to, changeReason } of before.filter(({ from }) => from === ended.from))
      expect([to, changeReason]).toEqual([null, null])
    const onTheDay = await read(`${ended.to}T12:00:00Z`)
    expect(onTheDay.find(({ from }) => from === ended.from)).toMatchObject({ to: ended.to })
  })
})

it('names of dated fields are of the schema', () => {
  const has = (name: string): boolean => {
    const [type = '', field] = name.split('.')
    if (field === undefined)
      return Object.values(publicSchema.getTypeMap()).some(
        (of) => isObjectType(of) && of.getFields()[type] !== undefined,
      )
    const of = publicSchema.getType(type)
    return isObjectType(of) && of.getFields()[field] !== undefined
  }
  expect([...datedNames, ...Object.keys(ahead)].filter((name) => !has(name))).toEqual([])
})
