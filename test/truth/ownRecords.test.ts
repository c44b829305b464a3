import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proposedPack } from '../../src/policy/pack.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const query = `{ child(id: "C04") {
  socialCare { missing { id loggedBy interviewOffered } restraints { id technique } placements { id code }
    plans { actions { text owner } } }
  police { notices { kind servedAt protects } } } }`

type Rows = readonly Readonly<Record<string, unknown>>[] | null
interface Answer {
  readonly socialCare: {
    readonly missing: Rows
    readonly restraints: Rows
    readonly placements: Rows
    readonly plans: readonly { readonly actions: Rows }[] | null
  }
  readonly police: { readonly notices: Rows }
}

const reader = (gateway: () => TestGateway) => async (persona: string, purpose: Purpose) => {
  const { data, errors } = await gateway().ask(persona, query, { purpose })
  expect(errors).toEqual([])
  return (data as unknown as { child: Answer }).child
}

describe('whoever logged a record, or is the carer whom a notice protects, reads it', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())
  const read = reader(() => gateway)

  it.each(['CLA_REVIEW', 'MISSING_RESPONSE', 'EMERGENCY'] as const)('a home, for %s', async (purpose) => {
    const { socialCare, police } = await read('care-home-worker', purpose)
    expect(socialCare.missing?.map(({ loggedBy }) => loggedBy)).toEqual(
      Array.from({ length: 11 }, () => 'CHILDRENS_HOME'),
    )
    expect(socialCare.restraints).toHaveLength(4)
    expect(police.notices).toEqual([{ kind: 'CHILD_ABDUCTION_WARNING', servedAt: null, protects: 'CHILDRENS_HOME' }])
  })

  it('and nothing else of that service, and no notice that protects another', async () => {
    const { socialCare } = await read('care-home-worker', 'CLA_REVIEW')
    // That there is a placement and a plan is status; what they say is the authority's.
    expect((socialCare.placements ?? []).map(({ code }) => code)).toEqual((socialCare.placements ?? []).map(() => null))
    const actions = (socialCare.plans ?? []).flatMap((plan) => plan.actions ?? [])
    expect(actions.filter(({ owner }) => owner !== 'CHILDRENS_HOME')).toEqual([])
    const { police } = await read('school-dsl', 'MASH_ENQUIRY')
    expect(police.notices ?? []).toEqual([])
  })
})

describe('whoever owns an action of a plan reads it, under the pack of November 2026', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ POLICY_PACK: proposedPack.pathname })
  })
  afterAll(() => gateway.close())
  const read = reader(() => gateway)

  it.each([
    ['care-home-worker', 'CLA_REVIEW', 'CHILDRENS_HOME'],
    ['police-public-protection', 'CP_CONFERENCE', 'POLICE'],
  ] as const)('%s, for %s, and no other of its actions', async (persona, purpose, owner) => {
    const { socialCare } = await read(persona, purpose)
    const actions = (socialCare.plans ?? []).flatMap((plan) => plan.actions ?? [])
    expect(actions.map((action) => action['owner'])).toEqual([owner])
  })
})
