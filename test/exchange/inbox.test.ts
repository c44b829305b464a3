import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MessageStore } from '../../src/exchange/messageStore.ts'
import type { PageFilter } from '../../src/exchange/pageStatement.ts'
import type { Database, Statement } from '../../src/store/database.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'

const many = 10_000
const asked = {
  mailboxes: ['LA2/FRONT_DOOR', 'LA2/CASE_TEAM'],
  role: 'TEAM_MANAGER',
  reader: { subject: 'a reader', issuer: 'https://one.example' },
  hidden: [],
  asOf: '2027-01-01T00:00:00Z',
}
const filter: PageFilter = {
  ...{ box: 'IN', childId: null, kinds: [], open: null, overdue: null, after: null, most: 51 },
}

let database: Database
let statements: string[] = []
let last: Statement = { name: '', text: '', values: [] }
let store: MessageStore
beforeAll(async () => {
  database = await openMigratedEmbedded()
  store = new MessageStore({
    ...database,
    knex: database.knex,
    rows: (statement) => {
      statements.push(statement.text)
      last = statement
      return database.rows(statement)
    },
  })
  await database.knex.raw(`insert into gateway.message (id, child_id, kind, kind_version, from_organisation, from_role,
      from_person, from_mailbox, procedures, fields, sent_at, first_due_at, due_at, content_hash, audit_id)
    select 'm' || n, 'C' || n % 97, case when n % 2 = 0 then 'CONCERN_REPORT' else 'INFORMATION_REQUEST' end, 1, '900002', 'x',
      'x', '900002/SAFEGUARDING_LEAD', 'england', '{}', timestamptz '2026-01-01' + n * interval '1 minute',
      timestamptz '2026-03-01', timestamptz '2026-03-01', 'x', 'x' from generate_series(1, ${many}) n`)
  await database.knex.raw(`insert into gateway.message_recipient (message_id, place, seq, mailbox, party, service, duty, added_at,
      kind)
    select id, 0, seq, case when seq % 3 = 0 then 'LA2/CASE_TEAM' else 'LA2/FRONT_DOOR' end, 'LA2', 'FRONT_DOOR', 'ANSWER',
      sent_at, kind from gateway.message`)
  await database.knex.raw('analyze gateway.message, gateway.message_recipient')
})
afterAll(() => database.close())

const idsOf = async (change: Partial<PageFilter> = {}): Promise<readonly string[]> => {
  statements = []
  const found = await store.page(asked, { ...filter, ...change })
  return found.map(({ heading }) => heading.id)
}

describe('an inbox of ten thousand messages', () => {
  it('is read with one statement a page, newest first, and each message once', async () => {
    const seen: string[] = []
    for (let after: string | null = null; seen.length < 1000; after = seen.at(-1) ?? null) {
      const page = await idsOf({ after, most: 50 })
      expect(statements).toHaveLength(1)
      seen.push(...page)
    }
    expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => `m${many - index}`))
  })

  it('looks at no more rows than the page has, wherever the page is', async () => {
    const lookedAt = async (after: string | null): Promise<number> => {
      await idsOf({ after })
      const { text, values } = last
      const plan = await database.rows({
        name: `explained_${after}`,
        text: `explain (analyze, format json) ${text}`,
        values,
      })
      const rows: number[] = []
      const walk = (node: Record<string, unknown>): void => {
        if (node['Relation Name'] === 'message_recipient')
          rows.push(Number(node['Actual Rows']) * Number(node['Actual Loops']))
        for (const child of (node['Plans'] as Record<string, unknown>[] | undefined) ?? []) walk(child)
      }
      walk(JSON.parse(plan.map(([line]) => line).join('\n'))[0].Plan)
      return rows.reduce((sum, each) => sum + each, 0)
    }
    // Of each mailbox a page, and for each message of the page its recipients.
    for (const after of [null, 'm5000', 'm100']) expect(await lookedAt(after)).toBeLessThanOrEqual(51 * 2 + 51 * 2)
  })

  it('filters by kind, child, and whether an answer is owed or late', async () => {
    expect(await idsOf({ kinds: ['CONCERN_REPORT'], childId: 'C5', most: 2 })).toEqual(['m9996', 'm9802'])
    expect(await idsOf({ open: false })).toEqual([])
    expect((await idsOf({ open: true, overdue: true, most: 1 }))[0]).toBe('m10000')
    expect(await idsOf({ overdue: false })).toEqual([])
  })

  it('begins no page after a message of others', async () => {
    await database.knex.raw(`update gateway.message_recipient set mailbox = 'LA3/FRONT_DOOR' where message_id = 'm500'`)
    expect(await idsOf({ after: 'm500' })).toEqual(await idsOf({ after: 'no such message' }))
  })
})
