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

const opened = (controller: string, more = '') =>
  `mutation { openGovernanceCase(input: { kind: COMPLAINT, controller: "${controller}", receivedOn: "2026-11-02",
    summary: "A letter went to an old address" ${more} }) { id dueAt overdue closedAt } }`
const others = ['social-worker', 'team-manager', 'legal-officer', 'police-public-protection'] as const

describe('what governance answers for', () => {
  const list = '{ governanceCases { id kind controller dueAt overdue summary outcome } }'
  const close = (id: string) =>
    `mutation { closeGovernanceCase(id: "${id}", outcome: "Apology and a corrected address") { closedAt outcome } }`

  it('is taken in with its clock, and is its own controller’s alone to read, note and close', async () => {
    const answer = await act(eastvale, opened('LA2'))
    expect(answer).toContain('"dueAt":"2026-12-02T00:00:00Z","overdue":false,"closedAt":null')
    const id = idIn(answer)
    expect(await act(southmere, opened('LA2'))).toBe('FORBIDDEN')
    expect(await act(southmere, list)).not.toContain(id)
    const note = `mutation { noteGovernanceCase(id: "${id}", note: "Acknowledged") { id } }`
    for (const unseen of [close(id), note, close('none')]) expect(await act(southmere, unseen)).toBe('NOT_FOUND')
    for (const other of others)
      for (const said of [list, close(id), note, opened('LA2')]) expect(await act(other, said)).toBe('FORBIDDEN')
    expect(await act(eastvale, list)).toContain('A letter went to an old address')
    expect(await act(eastvale, note)).toContain(id)
    expect(await act(eastvale, close(id))).toContain('Apology')
    expect(await act(eastvale, close(id))).toBe('CONFLICT')
  })

  it('comes in pages, behind a case of the reader’s own alone', async () => {
    const ids: string[] = []
    for (const day of ['2026-10-01', '2026-10-02', '2026-10-03'])
      ids.push(idIn(await act(eastvale, opened('LA2').replace('2026-11-02', day))))
    const page = (after: string) => `{ governanceCases(first: 1, after: "${after}") { id } }`
    for (const [at, id] of ids.slice(0, -1).entries()) expect(await act(eastvale, page(id))).toContain(ids[at + 1])
    for (const unseen of [page('none'), page(ids[0] ?? '')]) expect(await act(southmere, unseen)).toBe('BAD_INPUT')
  })

  it('is about no child whom the officer may not know of, and needs one where somebody asks for records', async () => {
    expect(await act(eastvale, opened('LA2', ', childId: "C99"'))).toBe('NOT_FOUND')
    const request = opened('LA2').replace('COMPLAINT', 'SUBJECT_REQUEST')
    expect(await act(eastvale, request)).toBe('BAD_INPUT')
    const id = idIn(await act(eastvale, request.replace('summary:', 'childId: "C05", summary:')))
    expect(await act(eastvale, close(id))).toBe('BAD_INPUT')
    expect(await act(eastvale, close(id).replace('outcome:', 'identityChecked: true, outcome:'))).toContain('closedAt')
    expect(await act(eastvale, opened('LA2').replace('2026-11-02', '2027-11-02'))).toBe('BAD_INPUT')
    expect(await act(eastvale, opened('LA2').replace('A letter went to an old address', ' '))).toBe('BAD_INPUT')
  })
})

describe('how long registers are kept', () => {
  const proposal = 'mutation { proposeRetention(input: { register: "consent", keepDays: 2555, basis: "Schedule 4" })'

  it('is agreed by two authorities, each told of the other by role and organisation', async () => {
    const id = idIn(await act(eastvale, `${proposal} { id approvedBy } }`))
    const approve = `mutation { approveRetention(id: "${id}") { proposedBy approvedBy } }`
    for (const _ of [1, 2]) expect(await act(eastvale, approve)).toBe('CONFLICT')
    for (const other of others) {
      expect(await act(other, approve)).toBe('FORBIDDEN')
      expect(await act(other, '{ retentionRules { id } }')).toBe('FORBIDDEN')
    }
    const rule = gateway.opened.setting.opening.store.knex('gateway.retention').where({ id })
    await rule.clone().update({ proposed_by: 'INFORMATION_GOVERNANCE_OFFICER, LA2-IG: a colleague' })
    expect(await act(eastvale, approve)).toBe('CONFLICT')
    expect(await act(southmere, approve)).toBe(
      '{"approveRetention":{"proposedBy":"INFORMATION_GOVERNANCE_OFFICER, LA2-IG","approvedBy":"INFORMATION_GOVERNANCE_OFFICER, LA5-IG"}}',
    )
    expect(await act(southmere, approve)).toBe('CONFLICT')
    expect(await act(eastvale, 'mutation { approveRetention(id: "none") { id } }')).toBe('NOT_FOUND')
    expect(await act(eastvale, `${proposal.replace('consent', 'nose')} { id } }`)).toBe('BAD_INPUT')
    expect(await act(eastvale, `${proposal.replace('2555', '0')} { id } }`)).toBe('BAD_INPUT')
  })

  it('is stopped by an authority’s legal hold for its own entries, which another person there alone ends', async () => {
    const placed = await act(
      eastvale,
      'mutation { placeLegalHold(register: "all", reason: "Inquiry 7") { id register placedBy endedAt organisations } }',
    )
    expect(placed).toContain('"placedBy":"INFORMATION_GOVERNANCE_OFFICER, LA2-IG","endedAt":null')
    expect(placed).toMatch(/"organisations":\["LA2","LA2-CSC"/)
    expect(placed).not.toContain('LA5')
    const end = `mutation { endLegalHold(id: "${idIn(placed)}") { endedAt } }`
    const told = await act(southmere, '{ legalHolds { id register reason placedBy organisations keepsEverybodys } }')
    expect(told).toContain(
      `"id":"${idIn(placed)}","register":"all","reason":null,"placedBy":null,"organisations":null,"keepsEverybodys":false`,
    )
    expect(await act(eastvale, '{ legalHolds { reason placedBy } }')).toContain('"reason":"Inquiry 7","placedBy":"INFO')
    expect(await act(southmere, end)).toBe('NOT_FOUND')
    expect(await act(eastvale, end)).toBe('CONFLICT')
    for (const other of others) expect(await act(other, end)).toBe('FORBIDDEN')
    await gateway.opened.setting.opening.store
      .knex('gateway.legal_hold')
      .update({ placed_by: 'INFORMATION_GOVERNANCE_OFFICER, LA2-IG: a colleague' })
    expect(await act(eastvale, end)).toContain('"endedAt":"20')
    expect(await act(eastvale, end)).toBe('CONFLICT')
  })
})
