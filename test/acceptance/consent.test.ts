import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import type { Persona } from './support/people.ts'
import { wholeView } from './support/wholeView.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

interface Recorded {
  readonly childId: string
  readonly state: 'GIVEN' | 'REFUSED' | 'NOT_SOUGHT'
  readonly labels?: readonly string[]
  readonly purpose?: Purpose
  readonly giver: 'CHILD' | 'PARENT'
  readonly competence?: 'COMPETENT' | 'NOT_COMPETENT' | 'NOT_ASSESSED'
  readonly expiresOn?: string
}

const record = async (input: Recorded): Promise<string> => {
  const { data, errors } = await gateway.ask(
    'social-worker',
    'mutation Record($input: ConsentInput!) { recordConsent(input: $input) { id state } }',
    { variables: { input: { evidence: 'Said to her worker', ...input } } },
  )
  expect(errors).toEqual([])
  return String(data?.['recordConsent']?.['id'])
}

const withdraw = async (id: string): Promise<void> => {
  const { errors } = await gateway.ask(
    'social-worker',
    'mutation Withdraw($id: ID!) { withdrawConsent(id: $id, reason: "Changed her mind") { state } }',
    { variables: { id } },
  )
  expect(errors).toEqual([])
}

/**
 * All that is disclosed. What the reader must then do is asked apart: a refusal on file is a duty to say why it was set
 * aside.
 */
const disclosed = wholeView(['Child.obligations'])

const whole = async (persona: Persona, childId: string, purpose: Purpose): Promise<string> => {
  const { text, errors } = await gateway.ask(persona, disclosed, { purpose, variables: { id: childId } })
  expect(errors).toEqual([])
  return text
}

describe.each(['C02', 'C05'])('an enquiry into harm about %s', (childId) => {
  const askers = ['social-worker', 'mash-analyst', 'team-manager'] as const
  const records: readonly Omit<Recorded, 'childId'>[] = [
    { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' },
    { state: 'REFUSED', giver: 'PARENT' },
    { state: 'GIVEN', giver: 'CHILD', competence: 'COMPETENT', labels: ['HEALTH_MENTAL', 'HEALTH_GENERAL'] },
    { state: 'GIVEN', giver: 'PARENT', labels: ['EDUCATION'], purpose: 'EARLY_HELP' },
    { state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT', labels: ['CHILD_SUBSTANCE', 'SOCIAL_CARE'] },
    { state: 'NOT_SOUGHT', giver: 'PARENT' },
  ]

  it('is answered byte for byte alike before and after every kind of consent record', async () => {
    const before = await Promise.all(askers.map((persona) => whole(persona, childId, 'S47_ENQUIRY')))
    expect(before[0]?.length).toBeGreaterThan(5000)
    for (const input of records) {
      const id = await record({ childId, ...input })
      const recorded = await Promise.all(askers.map((persona) => whole(persona, childId, 'S47_ENQUIRY')))
      expect(recorded, `recorded: ${JSON.stringify(input)}`).toEqual(before)
      if (input.state !== 'GIVEN') continue
      await withdraw(id)
      const withdrawn = await Promise.all(askers.map((persona) => whole(persona, childId, 'S47_ENQUIRY')))
      expect(withdrawn, `withdrawn: ${JSON.stringify(input)}`).toEqual(before)
    }
  })

  it('asks of the reader, after a refusal, no more than to say why it was set aside and to tell the child', async () => {
    const { data } = await gateway.ask('social-worker', `{ child(id: "${childId}") { obligations { kind } } }`, {
      purpose: 'S47_ENQUIRY',
    })
    const kinds = JSON.stringify(data)
    for (const kind of ['RECORD_OVERRIDE_REASON', 'INFORM_CHILD_UNLESS_UNSAFE']) expect(kinds).toContain(kind)
  })

  it('is the same for a strategy discussion and in an emergency', async () => {
    for (const purpose of ['STRATEGY_DISCUSSION', 'EMERGENCY'] as const) {
      const before = await whole('social-worker', childId, purpose)
      await record({ childId, state: 'REFUSED', giver: 'PARENT' })
      expect(await whole('social-worker', childId, purpose)).toBe(before)
    }
  })
})

/**
 * An early-help worker reads what health and school hold only as far as consent says. None of the three is under an
 * enquiry, which would open the record whatever consent says.
 */
describe('early help', () => {
  const query = (childId: string) =>
    `{ child(id: "${childId}") { education { attendance { id } } withheld { reason controller categories { category } } } }`

  const reasonFor = async (childId: string): Promise<string> => {
    const { data, errors } = await gateway.ask('early-help-worker', query(childId))
    expect(errors).toEqual([])
    const told: unknown = data?.['child']?.['withheld']
    const found = (Array.isArray(told) ? told : []).find(
      (one: unknown) =>
        JSON.stringify(one).includes('"controller":"EDUCATION"') &&
        JSON.stringify(one).includes('"category":"EDUCATION"'),
    )
    const rows: unknown = data?.['child']?.['education']?.['attendance']
    const isRead = Array.isArray(rows) && rows.length > 0
    // What is read is not named as withheld, and what is withheld is not read.
    expect(isRead).toBe(found === undefined)
    return isRead ? 'READ' : String(found?.reason)
  }

  it('is closed while consent was not sought, opens when it is given, and closes on the next request after withdrawal', async () => {
    expect(await reasonFor('C04')).toBe('W_CONSENT_NOT_SOUGHT')
    const id = await record({
      childId: 'C04',
      state: 'GIVEN',
      giver: 'CHILD',
      competence: 'COMPETENT',
      purpose: 'EARLY_HELP',
    })
    expect(await reasonFor('C04')).toBe('READ')
    await withdraw(id)
    expect(await reasonFor('C04')).toBe('W_CONSENT_WITHDRAWN')
    expect(await reasonFor('C04')).toBe('W_CONSENT_WITHDRAWN')
  })

  it('takes the word of a competent young person over that of a parent', async () => {
    await record({ childId: 'C06', state: 'GIVEN', giver: 'PARENT' })
    const alone = await reasonFor('C06')
    expect(alone).not.toBe('READ')
    await record({ childId: 'C06', state: 'REFUSED', giver: 'CHILD', competence: 'COMPETENT' })
    expect(await reasonFor('C06')).toBe('W_CONSENT_REFUSED')
    await record({ childId: 'C06', state: 'GIVEN', giver: 'PARENT' })
    expect(await reasonFor('C06')).toBe('W_CONSENT_REFUSED')
    await record({ childId: 'C06', state: 'GIVEN', giver: 'CHILD', competence: 'COMPETENT' })
    expect(await reasonFor('C06')).toBe('READ')
  })

  it('opens what the consent names and nothing beside it', async () => {
    await record({
      childId: 'C03',
      state: 'GIVEN',
      giver: 'CHILD',
      competence: 'COMPETENT',
      labels: ['EDUCATION'],
      purpose: 'EARLY_HELP',
    })
    expect(await reasonFor('C03')).toBe('READ')
    const { data } = await gateway.ask('early-help-worker', query('C03'))
    expect(data?.['child']?.['withheld']).toContainEqual({
      reason: 'W_CONSENT_NOT_SOUGHT',
      controller: 'HEALTH',
      categories: expect.arrayContaining([{ category: 'HEALTH_GENERAL' }]),
    })
  })

  it('is closed by a consent that has run out', async () => {
    await gateway.opened.setting.opening.store.knex.raw(
      "update gateway.consent set expires_on = '2026-01-31' where child_id = 'C03' and labels = '{EDUCATION}' and withdrawn_at is null",
    )
    expect(await reasonFor('C03')).toBe('W_CONSENT_EXPIRED')
  })

  it('is opened by no consent to another purpose', async () => {
    await record({ childId: 'C03', state: 'GIVEN', giver: 'CHILD', competence: 'COMPETENT', purpose: 'DIRECT_CARE' })
    expect(await reasonFor('C03')).not.toBe('READ')
  })
})
