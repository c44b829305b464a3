import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { entryById } from '../../src/audit/log.ts'
import { dataOf, type Operation } from '../../src/disclosure/answer.ts'
import type { Caller } from '../../src/policy/caller.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let analyst: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  analyst = await callerOf('mash-analyst')
})
afterAll(() => gateway.close())

const callerOf = async (persona: string): Promise<Caller> => {
  const verdict = await gateway.opened.authenticate([`Bearer ${await gateway.token(persona)}`])
  if (!verdict.ok) throw new Error(verdict.reason)
  return verdict.caller
}
const operation = (query: string, variables: Record<string, unknown> = {}): Operation => ({
  query,
  operationName: null,
  variables,
})
const store = () => gateway.opened.setting.opening.store
const leaves = async (): Promise<number> => (await store().knex('gateway.audit_leaf')).length
const isOnRecord = async (auditId: string | null): Promise<boolean> =>
  auditId !== null && (await entryById(store(), auditId))?.id === auditId

const view = `query ($id: ID!) {
  child(id: $id) {
    id names { given family } status { level } sources { agency state recordCount }
    police { events { id } } withheld { reason category }
  }
}`

describe('an operation that is answered within the process', () => {
  it.each(['mash-analyst', 'social-worker', 'gp', 'unrelated-officer'])(
    'says what HTTP says to the same caller, %s, and is on record',
    async (persona) => {
      const caller = await callerOf(persona)
      for (const id of ['C01', 'C04', 'C10', 'nobody']) {
        const answer = await gateway.opened.answer(caller, operation(view, { id }))
        const overHttp = await gateway.ask(persona, view, { variables: { id } })
        expect(dataOf(answer)).toEqual(overHttp.data)
        expect(JSON.parse(JSON.stringify(answer.errors))).toEqual(overHttp.errors)
        expect(await isOnRecord(answer.auditId)).toBe(true)
      }
    },
  )

  it('is recorded before it is given back, and not given back where it is not', async () => {
    const { knex } = store()
    expect((await gateway.opened.answer(analyst, operation(view, { id: 'C04' }))).outcome).toBe('OK')
    await knex.raw('alter table gateway.audit_leaf rename to audit_leaf_away')
    try {
      const refused = await gateway.opened.answer(analyst, operation(view, { id: 'C04' }))
      expect(refused).toMatchObject({ outcome: 'AUDIT_UNAVAILABLE', data: undefined, auditId: null })
      expect(JSON.stringify(refused)).not.toMatch(/C04|names|police/)
    } finally {
      await knex.raw('alter table gateway.audit_leaf_away rename to audit_leaf')
    }
    expect((await gateway.opened.answer(analyst, operation(view, { id: 'C04' }))).outcome).toBe('OK')
  })

  it.each([
    [
      'asks for too much',
      `{ ${Array.from({ length: 21 }, (_, at) => `a${at}: __typename`).join(' ')} }`,
      'OPERATION_TOO_LARGE',
    ],
    ['cannot be read', '{ child(', 'OPERATION_INVALID'],
  ])('is refused without a record or a throw when it %s', async (_, query, code) => {
    const before = await leaves()
    const answer = await gateway.opened.answer(analyst, operation(query))
    expect(answer).toMatchObject({ outcome: code, data: undefined, auditId: null })
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual([code])
    expect(await leaves()).toBe(before)
  })

  it('is on record when it is not valid, as over HTTP', async () => {
    const answer = await gateway.opened.answer(analyst, operation('{ nothing }'))
    expect(answer).toMatchObject({ outcome: 'OPERATION_INVALID', data: undefined })
    expect(await isOnRecord(answer.auditId)).toBe(true)
  })
})

describe('an operation whose caller is being verified', () => {
  let before = 0
  beforeEach(async () => {
    before = await leaves()
  })

  it('is answered once the caller is known, though it was begun before', async () => {
    const asked = gateway.opened.prepare(operation(view, { id: 'C04' }))
    asked.begin(analyst)
    const answer = await asked.answer(analyst)
    expect([answer.outcome, await leaves()]).toEqual(['OK', before + 1])
    expect(answer.requestId).toBe(asked.requestId)
  })

  it('is told what is wrong with it only then', async () => {
    const asked = gateway.opened.prepare(operation('{ child('))
    expect(asked.begin(analyst)).toBeUndefined()
    expect((await asked.answer(analyst)).outcome).toBe('OPERATION_INVALID')
  })

  it('comes to nothing once it was left', async () => {
    const asked = gateway.opened.prepare(operation(view, { id: 'C04' }))
    asked.leave()
    const answer = await asked.answer(analyst)
    expect(answer).toMatchObject({ outcome: 'REQUEST_STOPPED', data: undefined })
  })
})

interface Page {
  readonly events: readonly { readonly id: string }[]
  readonly pageInfo: { readonly endCursor: string }
}

describe('a chronology', () => {
  const part = (first: number) => `(first: ${first}) { total events { id } pageInfo { endCursor hasNextPage } }`
  const asked = async (fields: string, variables: Record<string, unknown> = {}) => {
    const declared = Object.keys(variables).length === 0 ? '' : 'query ($first: Int, $after: String) '
    const query = `${declared}{ child(id: "C04") { ${fields} } }`
    const { data, errors } = await gateway.ask('mash-analyst', query, { variables })
    expect(errors).toEqual([])
    return data?.['child'] as unknown as Record<string, Page>
  }

  it('says the same in many stretches at once as in each, and beside lists that are read whole', async () => {
    const sizes = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
    const alone = await Promise.all(sizes.map(async (first) => (await asked(`chronology${part(first)}`))['chronology']))
    for (const some of [sizes.slice(0, 3), sizes]) {
      const together = await asked(some.map((first) => `a${first}: chronology${part(first)}`).join(' '))
      expect(Object.values(together)).toEqual(alone.slice(0, some.length))
    }
    const beside = await asked(`chronology${part(5)} police { events { id } state } health { gpEntries { id } }`)
    expect(beside['chronology']).toEqual(alone[3])
  })

  it('goes on from page to page by the variables of each request', async () => {
    const whole = (await asked(`chronology${part(200)}`))['chronology']
    const seen: string[] = []
    for (let after: string | null = null; seen.length < (whole?.events.length ?? 0); ) {
      const fields = 'chronology(first: $first, after: $after) { events { id } pageInfo { endCursor } }'
      const page: Page | undefined = (await asked(fields, { first: 7, after }))['chronology']
      if (!page || page.events.length === 0) break
      seen.push(...page.events.map(({ id }) => id))
      after = page.pageInfo.endCursor
    }
    expect(seen).toEqual(whole?.events.map(({ id }) => id))
    expect(seen.length).toBeGreaterThan(7)
  })
})
