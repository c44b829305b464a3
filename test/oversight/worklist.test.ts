import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let statements = 0
const counting = (database: Database): Database =>
  Object.create(database, {
    rows: {
      value: (...statement: Parameters<Database['rows']>) => {
        statements += 1
        return database.rows(...statement)
      },
    },
  })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({}, { wrapDatabase: (_, database) => counting(database) })
})
afterAll(() => gateway?.close())
beforeEach(() => {
  statements = 0
})

interface Entry {
  readonly child: { readonly id: string }
  readonly alert: { readonly id: string; readonly code: string; readonly since: string }
}
interface Told {
  readonly value: number | null
  readonly completeness: string
  readonly without: readonly object[]
}
interface List {
  readonly organisation: string
  readonly children: number
  readonly byCode: readonly { readonly code: string; readonly alerts: Told; readonly children: Told }[]
  readonly entries: readonly Entry[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const told = '{ value completeness without { agency reason } }'
const fields = `organisation children byCode { code alerts ${told} children ${told} } endCursor hasNextPage
  entries { child { id } alert { id code since } } notJudged { code children without { agency reason } }`

async function listOf(persona: string, args = ''): Promise<List> {
  const { data, errors } = await gateway.ask(persona, `{ worklist${args} { ${fields} } }`)
  expect(errors).toEqual([])
  return data?.['worklist'] as unknown as List
}

/** All of it, page by page. */
async function pagesOf(persona: string, first: number): Promise<readonly List[]> {
  const pages: List[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: List = await listOf(persona, `(first: ${first}${after ? `, after: "${after}"` : ''})`)
    pages.push(page)
    after = page.hasNextPage ? page.endCursor : null
  }
  return pages
}

const refusal = async (persona: string, query: string) => {
  const { errors } = await gateway.ask(persona, query)
  return errors[0]?.extensions
}

describe('the worklist of an organisation', () => {
  it('gives every alert that nobody cleared, oldest first, as the children themselves give them', async () => {
    const pages = await pagesOf('team-manager', 100)
    const [list] = pages
    const entries = pages.flatMap((page) => page.entries)
    expect(list?.organisation).toBe('LA2-CSC')
    expect(entries.length).toBeGreaterThan(20)
    const times = entries.map(({ alert }) => Date.parse(alert.since))
    expect(times).toEqual([...times].sort((one, other) => one - other))
    const ids = [...new Set(entries.map(({ child }) => child.id))].sort()
    const query = `{ ${ids.map((id) => `${id}: child(id: "${id}") { alerts { id } }`).join(' ')} }`
    const { data } = await gateway.ask('team-manager', query)
    const own = Object.values(data as unknown as Record<string, { readonly alerts: readonly { id: string }[] }>)
    expect(entries.map(({ alert }) => alert.id).sort()).toEqual(
      own.flatMap(({ alerts }) => alerts.map(({ id }) => id)).sort(),
    )
    expect(list?.byCode.reduce((sum, { alerts }) => sum + (alerts.value ?? 0), 0)).toBe(entries.length)
  })

  it('is paged without a gap and without a double', async () => {
    const whole = (await pagesOf('team-manager', 100)).flatMap(({ entries }) => entries)
    const pages = await pagesOf('team-manager', 40)
    expect(pages.flatMap(({ entries }) => entries.map(({ alert }) => alert.id))).toEqual(
      whole.map(({ alert }) => alert.id),
    )
    expect(new Set(pages.map(({ byCode }) => JSON.stringify(byCode))).size).toBe(1)
  })

  it('keeps to the rules and to the team that were asked for', async () => {
    const drift = await listOf('team-manager', '(codes: [PLAN_DRIFT])')
    expect(drift.entries.length).toBeGreaterThan(0)
    expect(new Set(drift.entries.map(({ alert }) => alert.code))).toEqual(new Set(['PLAN_DRIFT']))
    expect((await listOf('team-manager', '(team: "Eastvale children in care team")')).children).toBeGreaterThan(0)
    expect(await refusal('team-manager', '{ worklist(team: "No such team") { children } }')).toMatchObject({
      code: 'BAD_INPUT',
    })
  })

  it('names in the entry those alone whose alerts it gave, and what was opened of them', async () => {
    const { entries } = await listOf('team-manager', '(codes: [PLAN_DRIFT], first: 1)')
    const [entry] = await gateway.opened.setting.audit.ofChild(entries[0]?.child.id ?? '', 1)
    expect(entry?.actions).toContain('WORKLIST')
    expect(new Set(entry?.children.map(({ id }) => id))).toEqual(new Set([entries[0]?.child.id]))
    expect(entry?.children[0]?.agencies['socialCare']?.disclosed).toContain('SOCIAL_CARE')
  })

  it('is refused for another organisation, whether there is one or not, and for roles that supervise nobody', async () => {
    for (const code of ['LA5-CSC', 'NOBODY'])
      expect(await refusal('team-manager', `{ worklist(organisation: "${code}") { children } }`)).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'ORGANISATION_NOT_PERMITTED',
      })
    for (const persona of ['social-worker', 'gp', 'care-home-worker', 'information-governance'])
      expect(await refusal(persona, '{ worklist { children } }')).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'ROLE_NOT_PERMITTED',
      })
    expect(await refusal('team-manager', '{ worklist(after: "nonsense") { children } }')).toMatchObject({
      code: 'BAD_INPUT',
    })
    expect(await refusal('team-manager', '{ worklist(first: 101) { children } }')).toMatchObject({ code: 'BAD_INPUT' })
  })

  it('shows a school its own children and what a school may know of them', async () => {
    const { entries } = await listOf('school-dsl', '(first: 100)')
    expect(entries.every(({ alert }) => alert.code !== 'SPECIALTY_PRIOR_EPISODE_ELSEWHERE')).toBe(true)
    for (const { child, alert } of entries) {
      const { data } = await gateway.ask('school-dsl', `{ child(id: "${child.id}") { alerts { id } } }`)
      const view = data?.['child'] as unknown as { readonly alerts: readonly { readonly id: string }[] } | undefined
      expect(view?.alerts.map(({ id }) => id)).toContain(alert.id)
    }
  })
})

describe('placed in', () => {
  it('gives whom another authority placed in the area, to the area and to who answers for the child', async () => {
    const query = '{ placedIn(la: "LA5") { id status { responsibleLa areaLa } } }'
    const { data, errors } = await gateway.ask('team-manager', query)
    expect(errors).toEqual([])
    const placed = data?.['placedIn'] as unknown as readonly { readonly id: string; readonly status: object }[]
    expect(placed.map(({ id }) => id)).toEqual(['C04', 'C07'])
    for (const { status } of placed) expect(status).toEqual({ responsibleLa: 'LA2', areaLa: 'LA5' })
    expect((await gateway.ask('team-manager', '{ placedIn(la: "LA2") { id } }')).data?.['placedIn']).toEqual([])
    expect(await refusal('gp', query)).toMatchObject({ code: 'FORBIDDEN', reason: 'ROLE_NOT_PERMITTED' })
  })
})

describe('the cost of a worklist', () => {
  const add = (from: number, to: number) =>
    gateway.opened.setting.opening.store.rows({
      name: 'oversight-many',
      text: `with made as (insert into gateway.child (child_id, area_la)
          select 'W' || n, 'LA2' from generate_series($1::int, $2::int) n returning child_id),
        linked as (insert into gateway.link (child_id, agency, person_id)
          select child_id, agency, 'person of ' || child_id from made,
            unnest(array['health', 'education', 'police', 'adultServices', 'socialCare']) agency returning child_id)
        insert into gateway.relationship (id, child_id, organisation, kind, from_on)
          select 'W' || child_id, child_id, 'LA2-CSC', 'ALLOCATED', '2020-01-01' from made`,
      values: [String(from), String(to)],
    })

  it('is a few statements a batch, whether the team has 50 children or 500', async () => {
    const cost = async () => {
      statements = 0
      const { children } = await listOf('team-manager', '(first: 10)')
      return { children, statements }
    }
    await add(1, 50)
    await cost()
    const few = await cost()
    await add(51, 500)
    await cost()
    const many = await cost()
    expect(many.children - few.children).toBe(450)
    const { holders } = gateway.opened.setting.opening.registry
    expect(many.statements).toBeLessThanOrEqual(holders.size * 10)
    // Ten times the children are two batches more, and not ten times the statements.
    expect(many.statements).toBeLessThan(few.statements * 3)
  })
})
