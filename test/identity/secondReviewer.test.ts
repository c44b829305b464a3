import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normalisedPerson, personOf } from '../../src/identity/person.ts'
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
    for (const persona of ['social-worker', 'gp', 'unrelated-officer'])
      expect(codeOf(await decide(persona, reference))).toBe('FORBIDDEN')
    // To a reviewer of another agency the question is not there.
    expect(codeOf(await decide('school-dsl', reference))).toBe('NOT_FOUND')
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

describe('a record of nobody yet, about which a load had to ask', () => {
  it('is seen by the authority of whom it may be, field by field, and linked once its holder says so too', async () => {
    const identity = gateway.opened.setting.identity
    if (!identity) throw new Error('There is a register.')
    const jodie = personOf({ given: 'Jodi', family: 'Merrick', birth: '2012-09-03' })
    const record = await identity.register.record('police', 'F1-unknown-1', jodie)
    const by = { person: 'gateway', reason: 'RESOLVE: it is not sure enough to link it.' }
    const reference = await identity.register.questions.ask(jodie, record, by)
    const guarded = await identity.register.questions.ask(jodie, record, by, ['ADOPTION'])
    const query = '{ identityReviews(first: 50) { reference kind candidates { fields { field sent agreement } } } }'
    const { data } = await gateway.ask('mash-analyst', query)
    const found: { identityReviews?: readonly (Review & { candidates: readonly object[] })[] } = data ?? {}
    const own = found.identityReviews?.find((review) => review.reference === reference)
    expect(own).toMatchObject({ kind: 'RECORD', candidates: [expect.anything()] })
    expect(JSON.stringify(own)).toContain('jodi')
    const hidden = found.identityReviews?.find((review) => review.reference === guarded)
    expect(JSON.stringify(hidden ?? {})).not.toContain('jodi')
    // To others' reviewers it is not there, and one side's word links nothing.
    expect(codeOf(await decide('school-dsl', reference))).toBe('NOT_FOUND')
    const before = await linked()
    expect((await decide('mash-analyst', reference)).data).toEqual({
      decideIdentity: { event: null, awaitsSecond: true },
    })
    expect(await linked()).toEqual(before)
  })
})

describe('a link of another holder’s record', () => {
  it('waits for a reviewer of that holder, however many of the authority agree', async () => {
    const [row] = await sql(
      'test-health-record',
      `select person.id::text, person.folded, link.child_id from gateway.person_record person join gateway.link link
        on link.agency = person.agency and link.person_id = person.local_id
        where person.agency = 'health' and link.child_id = 'C09' order by person.id limit 1`,
    )
    const [record = '', folded = ''] = (row ?? []).map((cell) => cell ?? '')
    const identity = gateway.opened.setting.identity
    if (!identity) throw new Error('There is a register.')
    const by = { person: 'gateway', reason: 'POSSIBLE_DUPLICATE: born on one day under one name.' }
    const reference = await identity.register.questions.ask(normalisedPerson(folded), record, by)
    const before = await linked()
    for (const persona of ['mash-analyst', 'team-manager'])
      expect((await decide(persona, reference)).data).toEqual({ decideIdentity: { event: null, awaitsSecond: true } })
    expect(await linked()).toEqual(before)
    // Nobody of the holder's whom the child's case reaches is among the personas: to them the question is not there.
    for (const persona of ['school-dsl', 'designated-nurse'])
      expect(codeOf(await decide(persona, reference))).toBe('NOT_FOUND')
    expect(await linked()).toEqual(before)
  })
})
