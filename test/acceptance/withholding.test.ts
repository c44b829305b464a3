import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { wholeTransfer, wholeView } from './support/wholeView.ts'

/** What Force 1 alone holds of C04 and puts into the record, and what Force 4 alone does. */
const force1 = ['Assault on a member of staff', 'Criminal damage']
const force4 = ['Child abduction', 'Neighbours heard shouting']

interface Section {
  readonly code: string
  readonly withheld: readonly unknown[]
  readonly items: readonly { readonly label: string; readonly state: string; readonly agency: string | null }[]
}

let gateway: TestGateway
let id: string
beforeAll(async () => {
  gateway = await startTestGateway()
  const made = await gateway.ask(
    'receiving-officer',
    'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
  )
  id = (JSON.parse(made.text) as { data: { requestTransfer: { id: string } } }).data.requestTransfer.id
})
afterAll(() => gateway.close())

/** The whole record as its receiver reads it, with what is in the signature. */
const record = async (): Promise<string> => {
  const { text, errors } = await gateway.ask('receiving-officer', wholeTransfer(), { variables: { id } })
  expect(errors).toEqual([])
  return text.replaceAll(
    /"[\w-]+\.([\w-]{40,})\.[\w-]+"/g,
    (whole, payload: string) => `${whole}${Buffer.from(payload, 'base64url').toString('utf8')}`,
  )
}

const versionIn = (text: string): string => /"version":"(\d+\.\d+)"/.exec(text)?.[1] ?? ''

describe('the record of a child with a protected place', () => {
  it('is for nobody who may not read such a place', async () => {
    const { text, errors } = await gateway.ask(
      'receiving-officer',
      'mutation { requestTransfer(childId: "C07", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
    )
    expect(errors).toEqual([])
    const made = JSON.parse(text) as { data: { requestTransfer: { id: string } } }
    const variables = { id: made.data.requestTransfer.id }
    // The MASH answers for the area, and may read the place; a worker for early help may not.
    expect((await gateway.ask('mash-analyst', wholeTransfer(), { variables })).errors).toEqual([])
    const refused = await gateway.ask('early-help-worker', wholeTransfer(), { variables })
    expect(refused.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
    expect(refused.text).not.toContain('Southmere')
  })
})

describe('a transfer that was ended while suppliers withhold their parts', () => {
  it('is asked for anew by whoever may read it, and answered as it stands then', async () => {
    const ask = async (persona: 'receiving-officer' | (typeof suppliers)[number], text: string) => {
      const { data, errors } = await gateway.ask(persona, text)
      expect(errors, `${persona}: ${text}`).toEqual([])
      return Object.values(data ?? {})[0] as unknown as { readonly id: string; readonly state: string }
    }
    const request =
      'mutation { requestTransfer(childId: "C07", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id state } }'
    const suppliers = [
      'gp',
      'school-nurse',
      'police-public-protection',
      'social-worker',
      'missing-coordinator',
    ] as const
    const first = await ask('receiving-officer', request)
    for (const persona of suppliers)
      await ask(
        persona,
        `mutation { contributeToTransfer(transferId: "${first.id}", state: WITHHELD, reason: "n") { id } }`,
      )
    await ask(
      'receiving-officer',
      `mutation { endTransfer(transferId: "${first.id}", state: REJECTED, reason: "n") { id } }`,
    )
    const again = await ask('receiving-officer', request)
    expect(again).toMatchObject({ state: 'SENT' })
    expect(again.id).not.toBe(first.id)
    expect(await ask('receiving-officer', request)).toEqual(again)
  })
})

describe('what is withheld', () => {
  it('was in the record', async () => {
    const text = await record()
    for (const one of [...force1, ...force4]) expect(text).toContain(one)
    expect(versionIn(await record())).toBe(versionIn(text))
  })

  it('leaves the record with the supplier that withholds its part, and nothing of another leaves with it', async () => {
    const { errors } = await gateway.ask(
      'missing-coordinator',
      `mutation { contributeToTransfer(transferId: "${id}", state: WITHHELD, reason: "Live operation") { id } }`,
    )
    expect(errors).toEqual([])
    const text = await record()
    expect(force1.filter((one) => text.includes(one))).toEqual([])
    expect(force4.filter((one) => !text.includes(one))).toEqual([])
    expect(text).toContain('Live operation')
  })

  it('leaves the record when a hold is recorded, at the next read, and its readers are told', async () => {
    const before = versionIn(await record())
    const { errors } = await gateway.ask(
      'police-public-protection',
      `mutation { recordHold(input: { childId: "C04", kind: DETRIMENT, label: POLICE_RECORD, reason: "Live operation",
        reviewOn: "2026-12-01" }) { id } }`,
    )
    expect(errors).toEqual([])
    const text = await record()
    // Force 1 withheld its part before, and the hold of Force 4 takes out Force 4's.
    expect([...force1, ...force4].filter((one) => text.includes(one))).toEqual([])
    expect(Number(versionIn(text))).toBe(Number(before) + 1)
    expect(text).toContain(`It replaces version ${before}`)
    // What is served now stays until something else is withheld.
    expect(versionIn(await record())).toBe(versionIn(text))
  })

  it('is in no other answer to whom it concerns either, and who keeps the case reads what was withheld of them alone', async () => {
    const read = async (persona: string) => (await gateway.ask(persona, wholeView(), { variables: { id: 'C04' } })).text
    const received = await read('receiving-officer')
    expect([...force1, ...force4].filter((one) => received.includes(one))).toEqual([])
    const sending = await read('social-worker')
    expect(force4.filter((one) => sending.includes(one))).toEqual([])
    expect(force1.filter((one) => !sending.includes(one))).toEqual([])
  })

  it('is in the record again at the first read after a release, under the next version, and its readers are told', async () => {
    const before = versionIn(await record())
    const { data } = await gateway.ask('police-public-protection', '{ holds(childId: "C04") { id label } }')
    const held = data?.['holds'] as unknown as readonly { readonly id: string; readonly label: string }[]
    const hold = held.find(({ label }) => label === 'POLICE_RECORD')
    const released = await gateway.ask(
      'police-public-protection',
      `mutation { releaseHold(id: "${hold?.id}", reason: "The operation is over") { id } }`,
    )
    expect(released.errors).toEqual([])
    const text = await record()
    expect(force4.filter((one) => !text.includes(one))).toEqual([])
    // Force 1 still withholds its part.
    expect(force1.filter((one) => text.includes(one))).toEqual([])
    expect(Number(versionIn(text))).toBe(Number(before) + 1)
    expect(text).toContain(`It replaces version ${before}, part of which was withheld and may be read now`)
    expect(versionIn(await record())).toBe(versionIn(text))
  })

  it('is said to be withheld wherever it would have stood, and never to be nothing', async () => {
    const { errors } = await gateway.ask(
      'team-manager',
      `mutation { recordHold(input: { childId: "C04", kind: DETRIMENT, label: SOCIAL_CARE, reason: "Court on Monday",
        reviewOn: "2026-12-01" }) { id } }`,
    )
    expect(errors).toEqual([])
    const { text } = await gateway.ask(
      'receiving-officer',
      `{ transferSummary(transferId: "${id}") { completeness { sections {
        code withheld { reason category } items { label state agency } } } } }`,
    )
    // As the schema answers; only what is asserted is named.
    const { data } = JSON.parse(text) as {
      data: { transferSummary: { completeness: { sections: readonly Section[] } } }
    }
    const { sections } = data.transferSummary.completeness
    const silent = sections.flatMap(({ items }) =>
      items.filter((item) => item.agency === 'CHILDRENS_SOCIAL_CARE' && ['NOT_HELD', 'MISSING'].includes(item.state)),
    )
    // Immigration bears another label.
    expect(silent.map(({ label }) => label)).toEqual(['Immigration status'])
    const plan = sections.find(({ code }) => code === 'T5')
    expect(plan?.withheld).toContainEqual({ reason: 'W_HOLDER_DETRIMENT', category: 'SOCIAL_CARE' })
    expect(plan?.items.map(({ state }) => state)).toEqual(plan?.items.map(() => 'WITHHELD'))
  })
})
