import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const unknownChild = 'Z99'
const unknownTransfer = '00000000-0000-4000-8000-000000000000'
/** A transfer that is open, and a child for whom a request of their authority waits. */
const open = 'C04'
const waiting = 'C10'

const fields = `id type state version childId child { id } fromLa toLa responsibleLa responsibleRule notifiedAt clockStart
  clockRule dueAt workingDays completeness { ready suppliers { agency state } } history { at state by note } historyCount
  addenda { recordId } signature fingerprint receipt`
const request = (child: string, type: string) =>
  `mutation { requestTransfer(childId: "${child}", fromLa: "LA2", toLa: "LA5", type: ${type}) { ${fields} } }`
const summary = (id: string) => `{ transferSummary(transferId: "${id}") { ${fields} } }`
const end = (id: string, state: string) =>
  `mutation { endTransfer(transferId: "${id}", state: ${state}, reason: "It is over") { ${fields} } }`
const contribute = (id: string, state: string) =>
  `mutation { contributeToTransfer(transferId: "${id}", state: ${state}, reason: "Our word") { ${fields} } }`
const acknowledge = (id: string) =>
  `mutation { acknowledgeTransfer(transferId: "${id}", version: "1.0") { ${fields} } }`
const byId: readonly ((id: string) => string)[] = [
  ...[summary, acknowledge],
  ...['WITHDRAWN', 'REJECTED', 'CLOSED'].map((state) => (id: string) => end(id, state)),
  ...['CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD'].map((state) => (id: string) => contribute(id, state)),
]
const lists = `{ transfers { id childId } pendingTransfers { id childId type state } }`

const barred = [
  ['the sender', 'social-worker', 'TRANSFER_SEND'],
  ['the receiver', 'receiving-officer', 'TRANSFER_RECEIVE'],
  ['a supplier', 'police-public-protection', 'S47_ENQUIRY'],
] as const satisfies readonly (readonly [string, string, Purpose])[]

let gateway: TestGateway
let id: string
const idIn = (text: string): string => /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? 'none'
const ask = async (persona: string, purpose: Purpose | undefined, query: string): Promise<string> =>
  (await gateway.ask(persona, query, purpose ? { purpose } : {})).text

beforeAll(async () => {
  gateway = await startTestGateway()
  id = idIn(await ask('social-worker', 'TRANSFER_SEND', request(open, 'CLA_PLACED_OUT')))
  await ask('receiving-officer', 'TRANSFER_RECEIVE', request(waiting, 'CP_TRANSFER_IN'))
  for (const [, persona] of barred)
    for (const childId of [open, waiting]) {
      const subject = personas.find((each) => each.id === persona)?.subject
      const input = `{ childId: "${childId}", subject: "${subject}", kind: RELATIVE, reason: "An uncle" }`
      expect(
        await ask('information-governance', undefined, `mutation { recordBar(input: ${input}) { id } }`),
      ).toContain('"id"')
    }
})
afterAll(() => gateway.close())

/** All that is kept of transfers, but for what the barred asked for themselves. */
const kept = async (): Promise<string> => {
  const { knex } = gateway.opened.setting.opening.store
  const tables = ['transfer_version', 'transfer_event', 'transfer_contribution', 'transfer_receipt']
  const rows = await Promise.all([
    knex('gateway.transfer').whereNull('kept_for').whereNot({ child_id: unknownChild }).orderBy('id'),
    ...tables.map((table) => knex(`gateway.${table}`).orderBy('transfer_id')),
  ])
  return JSON.stringify(rows)
}

/** An answer without what was asked about, and without ids that the gateway made. */
const plain = (text: string): string =>
  text.replaceAll(/C04|C10|Z99/g, 'the child').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'an id')

describe('who is barred from a child', () => {
  it.each(barred)('as %s is answered of a transfer as of none, and writes nothing', async (_, persona, purpose) => {
    const before = await kept()
    expect(before).toContain(id)
    for (const query of byId) {
      const answer = await ask(persona, purpose, query(id))
      expect(plain(answer), query(id)).toBe(plain(await ask(persona, purpose, query(unknownTransfer))))
      expect(answer).toContain('"NOT_A_PARTY"')
    }
    expect(await ask(persona, purpose, lists)).not.toMatch(/"C04"|"C10"/)
    expect(await kept()).toBe(before)
  })

  it.each(barred)('as %s asks for a transfer as of an id that no child has', async (_, persona, purpose) => {
    const before = await kept()
    const asked = [
      ['CLA_PLACED_OUT', open],
      ['CP_TRANSFER_IN', waiting],
    ] as const
    for (const [type, child] of asked) {
      const walk = async (childId: string): Promise<readonly string[]> => {
        const first = await ask(persona, purpose, request(childId, type))
        const answers = [first, await ask(persona, purpose, request(childId, type))]
        expect(answers[1]).toBe(first)
        for (const query of byId) answers.push(await ask(persona, purpose, query(idIn(first))))
        const listed = await ask(persona, purpose, lists)
        answers.push(/\{[^{}]*\}/.exec(listed.slice(listed.indexOf(idIn(first)) - 9))?.[0] ?? listed)
        return answers.map(plain)
      }
      expect(await walk(child), `${child} ${type}`).toEqual(await walk(unknownChild))
    }
    expect(await kept()).toBe(before)
  })

  it('asks for nothing that others see: their transfers and requests stand as they stood', async () => {
    const own = await ask('receiving-officer', 'TRANSFER_RECEIVE', lists)
    expect(own).toContain(`"childId":"${open}"`)
    const colleague = await ask('team-manager', 'TRANSFER_SEND', lists)
    expect(colleague).toContain(id)
    expect(colleague).not.toContain(idIn(own))
    expect(await ask('team-manager', 'TRANSFER_SEND', summary(id))).toMatch(/"state":"SENT","version":"1.0"/)
  })
})
