import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Received, startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({})
})
afterAll(() => gateway.close())

interface Review {
  readonly reference: string
  readonly kind: string
}

const codeOf = ({ errors }: Received): unknown => errors[0]?.extensions['code']

const reviews = async (): Promise<readonly Review[]> => {
  const { data } = await gateway.ask('mash-analyst', '{ identityReviews(first: 50) { reference kind } }')
  const found: { identityReviews?: readonly Review[] } = data ?? {}
  return (found.identityReviews ?? []).filter(({ kind }) => kind === 'POSSIBLE_DUPLICATE')
}

const decide = (persona: string, reference: string, verdict = 'SAME') =>
  gateway.ask(
    persona,
    `mutation ($reference: ID!, $verdict: IdentityVerdict!) {
      decideIdentity(reference: $reference, verdict: $verdict, reason: "Seen with the family.") { event awaitsSecond } }`,
    { variables: { reference, verdict } },
  )

const sql = (name: string, text: string, ...values: readonly string[]) =>
  gateway.opened.setting.opening.store.rows({ name, text, values })

const restrict = (reference: string) =>
  sql(
    'test-restrict',
    `update gateway.person_record set protected = true
      where id = (select record from gateway.link_event where reference = $1::text) returning id::text`,
    reference,
  )
const linked = () => sql('test-linked', "select count(*)::text from gateway.link_event where verdict = 'linked'")

describe('a link that would newly expose a restricted record', () => {
  it('waits for a second person, who signs in as themselves', async () => {
    const [review] = await reviews()
    const reference = review?.reference ?? ''
    expect(await restrict(reference)).toHaveLength(1)
    const before = await linked()

    expect((await decide('mash-analyst', reference)).data).toEqual({
      decideIdentity: { event: null, awaitsSecond: true },
    })
    expect(await linked()).toEqual(before)
    expect(codeOf(await decide('mash-analyst', reference))).toBe('FORBIDDEN')
    for (const persona of ['social-worker', 'school-dsl', 'gp', 'unrelated-officer'])
      expect(codeOf(await decide(persona, reference))).toBe('FORBIDDEN')
    expect(await linked()).toEqual(before)

    const { data, errors } = await decide('team-manager', reference)
    expect(errors).toEqual([])
    expect(data).toEqual({ decideIdentity: { event: expect.any(String), awaitsSecond: false } })
    expect(codeOf(await decide('team-manager', reference))).toBe('NOT_FOUND')
    const [event] = await sql(
      'test-event',
      "select decided_by, seconded_by from gateway.link_event where verdict = 'linked' order by id desc limit 1",
    )
    expect(event?.[0]).toContain('MASH_ANALYST')
    expect(event?.[1]).toContain('TEAM_MANAGER')
  })

  it('is not made when the second person says otherwise', async () => {
    const [review] = await reviews()
    const reference = review?.reference ?? ''
    await restrict(reference)
    const before = await linked()
    await decide('mash-analyst', reference)
    expect((await decide('team-manager', reference, 'DIFFERENT')).data).toEqual({
      decideIdentity: { event: null, awaitsSecond: false },
    })
    expect(await linked()).toEqual(before)
  })

  it('takes no name of a second person that somebody types', async () => {
    const [review] = await reviews()
    const received = await gateway.ask(
      'mash-analyst',
      `mutation { decideIdentity(reference: "${review?.reference ?? 'none'}", verdict: SAME, reason: "x", second: "manager") { event } }`,
    )
    expect(codeOf(received)).toBe('OPERATION_INVALID')
  })
})
