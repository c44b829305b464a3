import { type GraphQLOutputType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bytesReader } from '../../src/bytes/bytesReader.ts'
import { BytesRecords } from '../../src/bytes/bytesRecords.ts'
import { wireRowOf } from '../../src/bytes/wireRow.ts'
import { isDirect } from '../../src/execution/parentOnlyResolver.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { headColumns } from '../../src/sources/bindings/sql/recordsBranch.ts'
import { plainRecords } from '../../src/sources/plainRecords.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import type { AgencySource } from '../../src/sources/source.ts'
import type { StoredRow } from '../../src/store/database.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

/** How a source is made to answer in a test. */
interface Manner {
  /** Answers are copies, whose records are plain rows: they are resolved field by field. */
  copies: boolean
  /** Reads everything, whatever was granted. */
  wide: boolean
}

const everyLabel = 0x7fffffff
const widened = (grant: Grant): Grant => ({
  ...grant,
  headline: everyLabel,
  content: everyLabel,
  redact: 0,
  own: null,
  rows: { ncnd: true, conditions: true, undecided: true, notRelevant: true },
})

const inManner = (source: AgencySource, manner: Manner): AgencySource => ({
  agency: source.agency,
  fetch: async (grants, ...asked) => {
    const answers = await source.fetch(manner.wide ? grants.map(widened) : grants, ...asked)
    return manner.copies
      ? new Map([...answers].map(([id, answer]) => [id, { ...answer, records: plainRecords(listsOf(answer.records)) }]))
      : answers
  },
  health: () => source.health(),
  close: () => source.close(),
})

/** What no agency should hold: every kind of text that JSON escapes, and values that their types refuse. */
const damages = [
  'a "quoted" \\ path',
  'line\nline\u0001',
  'é 😀 \u2028',
  '2020-13-45',
  '2020-02-30 10:00:00+00',
  '',
  'NO_SUCH_VALUE',
  '-1',
]

/**
 * Every so many rows one value is another; which, follows from the row alone. Lists stay: PostgreSQL writes their JSON.
 */
const damaged = (row: StoredRow, every: number): StoredRow => {
  const texts = row.texts()
  const sum = [...(texts[headColumns] ?? '')].reduce((total, letter) => total + letter.charCodeAt(0), 0)
  if (sum % every !== 0 || texts.length < headColumns + 2) return row
  const place = headColumns + (sum % (texts.length - headColumns))
  return wireRowOf(
    texts.map((text, at) =>
      at === place && text?.startsWith('[') === false ? (damages[sum % damages.length] ?? null) : text,
    ),
  )
}

const named = (type: GraphQLOutputType): unknown => {
  let inner: GraphQLOutputType = type
  while (isListType(inner) || isNonNullType(inner)) inner = inner.ofType
  return inner
}

/** Every field of every record that is a value, and all that says where it comes from. */
function everything(gateway: TestGateway): string {
  const { schema } = gateway.opened.catalogue.model
  const child = schema.getType('Child')
  if (!isObjectType(child)) throw new Error('There is no child.')
  return agencies
    .map((agency) => {
      const record = named(child.getFields()[agency]?.type as GraphQLOutputType)
      if (!isObjectType(record)) return ''
      const lists = Object.values(record.getFields()).flatMap((field) => {
        const item = named(field.type)
        if (!isObjectType(item) || !item.getFields()['provenance']) return []
        const values = Object.values(item.getFields()).filter(({ type }) => isLeafType(named(type)))
        return [
          `${field.name} { __typename again: id ${values.map(({ name }) => name).join(' ')}
            provenance { agency la force organisation system sourceRecordId recordedBy recordedAt evidence supersedes __typename } }`,
        ]
      })
      return `${agency} { ${lists.join('\n')} }`
    })
    .join('\n')
}

describe('records that are written as they were stored', () => {
  const manner: Manner = { copies: false, wide: false }
  let damagedEvery = 0
  let gateway: TestGateway
  let fields = ''
  beforeAll(async () => {
    gateway = await startTestGateway(
      {},
      {
        records: bytesReader,
        wrapSource: (_agency, source) => inManner(source, manner),
        wrapDatabase: (name, database) => ({
          kind: database.kind,
          get knex() {
            return database.knex
          },
          rows: (statement, signal) => database.rows(statement, signal),
          wireRows: async (statement, signal) => {
            const rows = await database.wireRows(statement, signal)
            return name === 'gateway' || damagedEvery === 0 ? rows : rows.map((row) => damaged(row, damagedEvery))
          },
          close: () => database.close(),
        }),
      },
    )
    fields = everything(gateway)
  })
  beforeEach(() => {
    Object.assign(manner, { copies: false, wide: false })
    damagedEvery = 0
  })
  afterAll(() => gateway.close())

  const told = async (persona: string, id: string, copies: boolean): Promise<string> => {
    manner.copies = copies
    const { text } = await gateway.ask(persona, `{ child(id: "${id}") { ${fields} } }`)
    return text.replace(/"requestId":"[^"]*"/g, '')
  }

  const personas = ['mash-analyst', 'social-worker', 'school-dsl', 'gp', 'police-public-protection', 'adoption-worker']
  const children = ['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C08', 'C09', 'C10', 'C11', 'C12']

  const sameEitherWay = async (persona: string): Promise<string> => {
    let all = ''
    for (const id of children) {
      const written = await told(persona, id, false)
      expect(written).toBe(await told(persona, id, true))
      all += written
    }
    return all
  }

  test.each(personas)('are what resolving them field by field gives: %s', async (persona) => {
    expect((await sameEitherWay(persona)).length).toBeGreaterThan(500)
  })

  test.each(sampled(personas, 3))('tell no more when a source gives more than was granted: %s', async (persona) => {
    manner.wide = true
    await sameEitherWay(persona)
  })

  test.each(sampled([1, 2, 3, 5], 2))(
    'say the same of values that no type lets leave, one in %i records',
    async (every) => {
      damagedEvery = every
      const all = await sameEitherWay('mash-analyst')
      expect(all).toContain('"errors"')
      expect(all).toContain('é 😀')
    },
  )

  test('are checked by resolvers that look at the record alone, and are called with nothing else', () => {
    const { schema, classification } = gateway.opened.catalogue.model
    for (const [name, { fields: labelled }] of classification) {
      const type = schema.getType(name)
      const members = isObjectType(type) ? type.getFields() : {}
      for (const field of labelled.keys())
        expect([name, field, isDirect(members[field]?.resolve)]).toEqual([name, field, true])
    }
  })

  test('are never made into rows on their way into an answer', async () => {
    const made = vi.spyOn(BytesRecords.prototype, 'rows')
    const rowsMadeFor = async (fields: string, told: string): Promise<number> => {
      const before = made.mock.calls.length
      const { data } = await gateway.ask('mash-analyst', `{ child(id: "C04") { ${fields} } }`)
      expect(JSON.stringify(data)).toContain(told)
      return made.mock.calls.length - before
    }
    const records = 'police { events { id eventAt kind finding provenance { agency recordedAt } } }'
    expect(await rowsMadeFor(records, 'F4:')).toBe(0)
    // A part of a list is cut out of its rows.
    expect(await rowsMadeFor('police { missingEpisodes(from: "2000-01-01") { id } }', 'F4:')).toBeGreaterThan(0)
    made.mockRestore()
  })
})
