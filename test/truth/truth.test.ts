import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { judge } from './support/judge.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** A sample; `npm run prove -- truth` asks for every purpose about every child. */
describe.each(['C02', 'C04', 'C05', 'C12'])('every joined number about %s is true, or says what it lacks', (child) => {
  it.each(personas)('$id', async ({ id, defaultPurpose }) => {
    const { faults } = await judge(gateway, { persona: id, purpose: defaultPurpose, child })
    expect(faults).toEqual([])
  })
})
