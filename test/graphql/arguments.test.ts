import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole, sampled } from '../support/sample.ts'

// What is refused of arguments is refused at every field of the schema that has them, so that none says "nothing" to a
// misspelt word, to a page that nobody gave, or to a time that is none.

const { model } = await loadCatalogue({ demonstration: true, registryFile: null })
const { schema } = model

type Field = GraphQLField<unknown, unknown>

const fieldsWith = (...names: readonly string[]) =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) ? Object.values(type.getFields()) : [])
      .filter((field) => names.every((name) => field.args.some((arg) => arg.name === name)))
      .map((field) => [`${type.name}.${field.name}`, field] as const),
  )

const clock = { now: () => new Date('2026-11-20T12:00:00Z'), today: () => new Date('2026-11-20T12:00:00Z') }

/** What a field does with arguments, before it looks at anything. */
const refusalOf = (field: Field, given: object): unknown => {
  try {
    // What comes after the check has nothing to work with here.
    Promise.resolve(field.resolve?.({}, given, { clock }, {} as never)).catch(() => undefined)
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return undefined
}

describe('a period', () => {
  const fields = fieldsWith('from', 'to')

  it('is on the fields that this is about', () => {
    const names = fields.map(([name]) => name)
    expect(names.length).toBeGreaterThan(60)
    for (const name of ['Child.attendance', 'Child.carerCustody', 'Child.chronology', 'PoliceRecord.missingEpisodes'])
      expect(names).toContain(name)
  })

  it.each(fields)('that ends before it begins is refused: %s', (_, field) => {
    expect(refusalOf(field, { from: '2026-12-01', to: '2020-01-01' })).toBe('BAD_INPUT')
    expect(refusalOf(field, { from: '2026-11-02T08:00:01Z', to: '2026-11-02T08:00:00Z' })).toBe('BAD_INPUT')
    expect(refusalOf(field, { from: '2026-11-02', to: '2026-11-02' })).not.toBe('BAD_INPUT')
  })

  it('of an input is refused too', () => {
    const inputs = Object.values(schema.getTypeMap()).filter(
      (type) => isInputObjectType(type) && type.getFields()['from'] && type.getFields()['to'],
    )
    // Quarters, which a function of their own reads, and agreements, which their register refuses.
    expect(inputs.map(({ name }) => name)).toEqual(['ProfilePeriod', 'SharingAgreementInput'])
  })
})

describe('a time', () => {
  /** When an answer to a message is due is computed for any day. */
  const ofMessages = ['Query.inbox', 'Query.outbox', 'Query.messages', 'Query.message']
  const ofRecords = fieldsWith('asOf').filter(([name]) => !ofMessages.includes(name))

  it('may be yet to come for messages alone', () => {
    for (const [name, field] of fieldsWith('asOf'))
      if (ofMessages.includes(name)) expect(refusalOf(field, { asOf: '2099-01-01T00:00:00Z' })).toBeUndefined()
    expect(ofRecords).toHaveLength(fieldsWith('asOf').length - ofMessages.length)
  })

  it.each(ofRecords)('that is yet to come is refused: %s', (_, field) => {
    expect(refusalOf(field, { asOf: '2026-11-20T12:00:01Z' })).toBe('BAD_INPUT')
    expect(refusalOf(field, { asOf: '2099-01-01T00:00:00Z' })).toBe('BAD_INPUT')
    expect(refusalOf(field, { asOf: '2026-11-20T12:00:00Z' })).not.toBe('BAD_INPUT')
  })
})

describe('over the gateway', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ POLICY_PACK: 'england-2026-11' })
  })
  afterAll(() => gateway?.close())

  /** Whom a question over many is asked as; the hub's analyst asks about a child. */
  const asked: Readonly<Record<string, readonly [persona: string, given: string]>> = {
    placedIn: ['mash-analyst', 'la: "LA5"'],
    placedOut: ['mash-analyst', 'la: "LA2"'],
    worklist: ['mash-analyst', ''],
    missingNotices: ['mash-analyst', ''],
    forumListings: ['mash-analyst', ''],
    learningActions: ['mash-analyst', ''],
    inbox: ['mash-analyst', ''],
    outbox: ['mash-analyst', ''],
    messages: ['mash-analyst', 'childId: "C04"'],
    accessSearch: ['information-governance', 'from: "2026-11-01T00:00:00Z"'],
    accessLog: ['information-governance', 'childId: "C04"'],
    courtOrders: ['team-manager', 'childId: "C04"'],
    parentalResponsibilities: ['social-worker', 'childId: "C04"'],
    bars: ['team-manager', 'childId: "C04"'],
    consents: ['social-worker', 'childId: "C04"'],
    holds: ['police-public-protection', 'childId: "C04"'],
    relationships: ['social-worker', 'childId: "C04"'],
  }

  /** A query for one field of the schema with one argument given wrongly. */
  const queryOf = (path: readonly string[], given: string, field: Field) => {
    const selection = isObjectType(getNamedType(field.type)) ? '{ __typename }' : ''
    const inner = `${path.at(-1)}(${given}) ${selection}`
    return path.slice(0, -1).reduceRight((below, name) => `${name} { ${below} }`, inner)
  }

  /** Paths from `Child` to the fields that take an argument, through what needs none itself. */
  function pathsTo(name: string): readonly (readonly [path: readonly string[], field: Field])[] {
    const found: (readonly [readonly string[], Field])[] = []
    const seen = new Set<string>()
    const walk = (typeName: string, path: readonly string[]) => {
      const type = schema.getType(typeName)
      if (!isObjectType(type) || seen.has(typeName)) return
      seen.add(typeName)
      for (const field of Object.values(type.getFields())) {
        if (field.args.some((arg) => arg.name === name)) found.push([[...path, field.name], field])
        if (!field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined))
          walk(getNamedType(field.type).name, [...path, field.name])
      }
    }
    walk('Child', [])
    return found
  }

  /** Whether an answer says something: a value, be it an empty list, where the field was reached at all. */
  const says = (data: unknown, path: readonly string[]): boolean => {
    if (data === null || data === undefined) return false
    if (path.length === 0) return true
    if (Array.isArray(data)) return data.some((each) => says(each, path))
    return says((data as Readonly<Record<string, unknown>>)[path[0] ?? ''], path.slice(1))
  }

  async function demandRefused(path: readonly string[], persona: string, query: string): Promise<boolean> {
    const { data, errors } = await gateway.ask(persona, query)
    const codes = [...new Set(errors.map(({ extensions }) => extensions['code']))]
    expect([query, ...codes], query).toEqual([query, ...(codes.length > 0 ? ['BAD_INPUT'] : [])])
    if (codes.length === 0) expect([query, says(data, path)]).toEqual([query, false])
    return codes.length > 0
  }

  const queries = () => Object.values((schema as GraphQLSchema).getQueryType()?.getFields() ?? {})

  it.each(['abc', '😀', ''])('refuses a place that nobody gave, at every page: %j', async (after) => {
    // Further registers read their pages by `toldPage`, which refuses alike: `test/registers/disclosedPage.test.ts`.
    const pages = queries().filter(({ name }) => name in asked)
    expect(pages.map(({ name }) => name).sort()).toEqual(Object.keys(asked).sort())
    for (const field of pages) {
      const [persona, given] = asked[field.name] ?? ['', '']
      const query = `{ ${queryOf([field.name], `${given} after: ${JSON.stringify(after)}`, field)} }`
      expect(await demandRefused([field.name], persona, query), query).toBe(true)
    }
    let refused = 0
    for (const [path, field] of sampled(after === 'abc' || isWhole ? pathsTo('after') : [], 12)) {
      const query = `{ child(id: "C04") { ${queryOf(path, `after: ${JSON.stringify(after)}`, field)} } }`
      if (await demandRefused(['child', ...path], 'mash-analyst', query)) refused += 1
    }
    expect(refused).toBeGreaterThan(after === 'abc' ? 4 : -1)
  })

  it.each(['NOPE', 'exploitation team', ''])('refuses a kind that is not known, at every list: %j', async (kind) => {
    const lists = pathsTo('kind').filter(([, { args }]) =>
      args.some(({ name, type }) => name === 'kind' && getNamedType(type).name === 'String'),
    )
    let refused = 0
    for (const [path, field] of sampled(lists, 8)) {
      const query = `{ child(id: "C04") { ${queryOf(path, `kind: ${JSON.stringify(kind)}`, field)} } }`
      if (await demandRefused(['child', ...path], 'mash-analyst', query)) refused += 1
    }
    expect(refused).toBeGreaterThan(2)
    for (const [name, given] of [
      ['inbox', `kinds: [${JSON.stringify(kind)}]`],
      ['outbox', `kinds: ["CONCERN_REPORT", ${JSON.stringify(kind)}]`],
      ['worklist', `team: ${JSON.stringify(kind)}`],
      ['forumListings', `forum: ${JSON.stringify(kind)}`],
    ] as const)
      expect(await demandRefused([name], 'mash-analyst', `{ ${name}(${given}) { __typename } }`)).toBe(true)
  })

  it('says of a kind that is known that there is none of it', async () => {
    const { data, errors } = await gateway.ask(
      'mash-analyst',
      `{ child(id: "C04") { involvement(kind: "ADVOCATE") { state } socialCare { placements(kind: "K1") { id } }
        careHistory { placements(kind: "K1") { id } } police { missingEpisodes(kind: "A") { id } } } }`,
    )
    expect(errors).toEqual([])
    expect(data).toMatchObject({ child: { careHistory: { placements: [] } } })
  })

  it('says why a history has no sentence, and tells none for a purpose that its reader cannot have', async () => {
    const of = (audience: string, purpose = '') =>
      gateway.ask(
        'mash-analyst',
        `{ child(id: "C04") { historySummary(audience: "${audience}"${purpose}) { text nothing } } }`,
      )
    const told = async (audience: string, purpose?: string) =>
      ((await of(audience, purpose)).data as unknown as { child: { historySummary: object } }).child.historySummary
    expect(await told('INFORMATION_GOVERNANCE_OFFICER')).toEqual({ text: '', nothing: 'NOT_FOR_AUDIENCE' })
    expect(await told('LEGAL_OFFICER', ', purpose: COURT_ORDER')).toEqual({ text: '', nothing: 'NOT_FOR_AUDIENCE' })
    expect(await told('SOCIAL_WORKER')).toMatchObject({ nothing: null })
    const { errors } = await of('DESIGNATED_SAFEGUARDING_LEAD', ', purpose: AUDIT')
    expect(errors[0]?.extensions['code']).toBe('BAD_INPUT')
  })
})
