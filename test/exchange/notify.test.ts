import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AlertNotice } from '../../src/exchange/notifyOfAlert.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { fieldOf, type Post, postOf } from './support.ts'

let gateway: TestGateway
let post: Post
beforeAll(async () => {
  gateway = await startTestGateway()
  post = postOf(gateway)
})
afterAll(() => gateway.close())

const notice: AlertNotice = {
  childId: 'C04',
  code: 'REPEAT_CONTACTS',
  rule: 'REPEAT_CONTACTS/1',
  explanation: 'Three contacts since 1 September.',
  to: { party: 'LA2', service: 'CASE_TEAM', duty: 'ANSWER' },
  key: 'C04 REPEAT_CONTACTS 1 LA2',
}

describe('a notice of what a rule found', () => {
  it('reaches its audience once, however often it is told, and is acknowledged by them', async () => {
    const told = await Promise.all([1, 2, 3].map(() => gateway.opened.notify(notice)))
    expect(new Set(told).size).toBe(1)
    const found = (await post.inbox('social-worker', 'first: 100, kinds: ["ALERT_NOTICE"]')).map(({ id }) => id)
    expect(found).toEqual([told[0]])
    const read = await post.act('social-worker', 'acknowledgeMessage', { id: told[0] })
    expect(read).toMatchObject({ state: 'ANSWERED', from: { organisation: 'gateway' } })
    expect(fieldOf(read.content, 'code')).toBe('REPEAT_CONTACTS')
  })

  it('is not read by who may not know of what it tells', async () => {
    const hidden = {
      ...notice,
      key: 'hidden',
      labels: ['POLICE_INTELLIGENCE'] as const,
      to: { party: '900005', service: 'SAFEGUARDING_LEAD', duty: 'ANSWER' } as const,
    }
    const id = await gateway.opened.notify(hidden)
    expect((await post.inbox('school-dsl')).some((message) => message.id === id)).toBe(false)
    const { errors } = await post.ask('school-dsl', `{ message(id: "${id}") { id } }`)
    expect(errors[0]?.extensions['code']).toBe('NOT_FOUND')
  })
})
