import { readdirSync, readFileSync } from 'node:fs'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { graphql } from 'graphql'
import { generateKeyPair } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { resolvers } from '../../resolvers/transfer.ts'
import { createTransferService } from '../../src/transfer/service.ts'
import { openTransferDatabase } from './database.ts'
import { answersOf, childOf, contracts, evidenceOf, movedWithOpenEnquiry, registry } from './fixtures.ts'

const folder = new URL('../../schema/', import.meta.url)
const typeDefs = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
const schema = makeExecutableSchema({
  typeDefs,
  resolvers,
  resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
})
const moved = childOf(answersOf(movedWithOpenEnquiry))
const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
const database = await openTransferDatabase()
const clock = { now: () => new Date('2026-11-21T10:00:00Z'), today: () => new Date('2026-11-20T23:59:59Z') }
const transfers = createTransferService({
  database,
  key: { kid: 'transfer-1', privateKey },
  registry,
  clock,
  contracts,
  tokenCovers: async () => true,
  evidence: async (id) => evidenceOf(id === 'C01' ? moved : undefined),
  responsibleLa: async (id) => (id === 'C01' ? 'LA2' : null),
  concern: async () => {},
  keptFor: async () => null,
  demandPlaces: async () => {},
  forget: () => {},
  proveSnapshot: async ({ version, fingerprint }) => `receipt of version ${version}, ${fingerprint}`,
  openForRecipient: async (id) => (id === 'C01' ? moved : null),
})
const notes: string[] = []
const contextFor = (la: string) => ({
  auditId: 'audit-1',
  note: (action: string) => notes.push(action),
  transfers,
  caller: {
    ...{ subject: 'officer', organisation: `${la}-CSC`, agencyType: 'SOCIAL_CARE', la, force: null },
    ...{ role: 'RECEIVING_OFFICER', purpose: 'TRANSFER_RECEIVE' },
  },
})
const ask = (source: string, la = 'LA5') => graphql({ schema, source, contextValue: contextFor(la) })
const whole = `id type state version childId child { id } fromLa toLa responsibleLa notifiedAt responsibleRule clockStart clockRule dueAt
  workingDays signature fingerprint auditId history { at state by note }
  completeness { ready suppliers { agency la force state mandatory since reason contact }
    sections { code title state mandatory supplier missing withheld { reason category level controller contact requestable }
      items { label state value reason contact agency la records } } }`

afterAll(() => database.close())

describe('the transfer summary in GraphQL', () => {
  it('answers every field of the schema for a party, and notes the act without its values', async () => {
    const asked = await ask(
      `mutation { requestTransfer(childId: "C01", fromLa: "LA2", toLa: "LA5", type: S47_IN_PROGRESS) { ${whole} } }`,
    )
    expect(asked.errors).toBeUndefined()
    expect(asked.data?.['requestTransfer']).toMatchObject({
      child: null,
      responsibleLa: 'LA2',
      auditId: 'audit-1',
      version: '1.0',
    })
    expect(notes).toEqual(['requestTransfer'])
  })

  it('answers a request that nothing bears out with what was sent, and lists it', async () => {
    const asked = await ask(
      `mutation { requestTransfer(childId: "C01", fromLa: "LA2", toLa: "LA3", type: UNBORN) { ${whole} } }`,
      'LA3',
    )
    expect(asked.errors).toBeUndefined()
    const nothing = { child: null, version: null, notifiedAt: null, responsibleLa: null, completeness: null }
    expect(asked.data?.['requestTransfer']).toMatchObject({ childId: 'C01', state: 'PENDING', history: [], ...nothing })
    const listed = await ask(`{ pendingTransfers { ${whole} } }`, 'LA3')
    expect(listed.data?.['pendingTransfers']).toEqual([asked.data?.['requestTransfer']])
    await database.knex('gateway.transfer').where({ state: 'PENDING' }).delete()
  })

  it('refuses an unrelated authority, with no data', async () => {
    const [{ id }] = await database.knex('gateway.transfer').select('id')
    const answer = await ask(`{ transferSummary(transferId: "${id}") { ${whole} } }`, 'LA3')
    expect(answer.data?.['transferSummary']).toBeNull()
    expect(answer.errors?.[0]?.originalError).toMatchObject({ code: 'NOT_A_PARTY' })
  })

  it('acknowledges for the receiver and refuses an older version', async () => {
    const [{ id }] = await database.knex('gateway.transfer').select('id')
    const mutation = (version: string) =>
      `mutation { acknowledgeTransfer(transferId: "${id}", version: "${version}") { state } }`
    expect((await ask(mutation('0.0'))).errors?.[0]?.originalError).toMatchObject({ code: 'CONFLICT' })
    expect((await ask(mutation('1.0'))).data).toMatchObject({ acknowledgeTransfer: { state: 'ACKNOWLEDGED' } })
  })
})
