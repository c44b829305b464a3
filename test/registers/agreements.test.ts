import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.opened.setting.opening.store.knex('gateway.agreement').where({ organisation: 'LA2-CSC' }).delete()
})
afterAll(() => gateway.close())

const eastvale = 'information-governance'
const southmere = 'information-governance-southmere'
const act = async (persona: string, said: string) => {
  const { data, errors } = await gateway.ask(persona, said)
  return errors.map(({ extensions }) => extensions['code']).join() || JSON.stringify(data)
}
const propose = (organisation: string, parties: string) =>
  `mutation { proposeAgreement(input: { organisation: "${organisation}", title: "Sharing across the border",
    document: "DSA-17", from: "2026-01-01", parties: ["${parties}"] }) { id inForce confirmedBy } }`
const confirm = (id: string) => `mutation { confirmAgreement(id: "${id}") { inForce enteredBy confirmedBy } }`
const idIn = (text: string) => /"id":"([^"]+)"/.exec(text)?.[1] ?? ''

/** What early help, which rests on consent, is refused for. */
const reasons = async () => {
  const { text } = await gateway.ask('social-worker', '{ child(id: "C04") { withheld { reason } } }', {
    purpose: 'EARLY_HELP',
  })
  return text
}

describe('a sharing agreement that governance enters', () => {
  let id = ''

  it('opens nothing by the word of the side that entered it, however often it says so', async () => {
    expect(await reasons()).toContain('W_NO_AGREEMENT')
    const entered = await act(eastvale, propose('LA2-CSC', 'LA5-CSC'))
    expect(entered).toContain('"inForce":false,"confirmedBy":null')
    id = idIn(entered)
    for (const _ of [1, 2]) expect(await act(eastvale, confirm(id))).toBe('FORBIDDEN')
    expect(await reasons()).toContain('W_NO_AGREEMENT')
  })

  it('is in force once governance of another party confirmed it, and for nobody else to confirm', async () => {
    for (const other of ['social-worker', 'legal-officer', 'team-manager'])
      expect(await act(other, confirm(id))).toBe('FORBIDDEN')
    expect(await act(southmere, confirm(id))).toContain(
      '"inForce":true,"enteredBy":"INFORMATION_GOVERNANCE_OFFICER, LA2-IG","confirmedBy":"INFORMATION_GOVERNANCE_OFFICER, LA5-IG"',
    )
    expect(await act(southmere, confirm(id))).toBe('CONFLICT')
    expect(await reasons()).not.toContain('W_NO_AGREEMENT')
  })

  it('is ended by either party, at once', async () => {
    expect(await act(southmere, `mutation { endAgreement(id: "${id}") { inForce } }`)).toContain('false')
    expect(await reasons()).toContain('W_NO_AGREEMENT')
  })

  it('is entered and read by its parties alone: to others it is none', async () => {
    expect(await act(southmere, propose('LA2-CSC', 'F1'))).toBe('FORBIDDEN')
    const between = idIn(await act(eastvale, propose('LA2-CSC', 'F1')))
    expect(await act(southmere, confirm(between))).toBe('NOT_FOUND')
    expect(await act(southmere, confirm('of nobody'))).toBe('NOT_FOUND')
    expect(await act(southmere, '{ agreements { id } }')).not.toContain(between)
    expect(await act(eastvale, '{ agreements { id } }')).toContain(between)
    expect(await act('social-worker', '{ agreements { id } }')).toBe('FORBIDDEN')
  })
})
