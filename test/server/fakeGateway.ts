import { makeExecutableSchema } from '@graphql-tools/schema'
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { challengeHeaders } from '../../src/auth/challenge.ts'
import { openAnswering } from '../../src/composition/openAnswering.ts'
import type { Disclosing } from '../../src/disclosure/answer.ts'
import type { IncomingRequest } from '../../src/disclosure/incomingRequest.ts'
import { eachAgency } from '../../src/foundation/agencies.ts'
import { type Config, readConfig } from '../../src/foundation/config.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import type { Caller } from '../../src/policy/caller.ts'
import { type RunningServer, startServer } from '../../src/server/httpServer.ts'
import { createLog, type Log } from '../../src/server/log.ts'
import { createMetrics } from '../../src/server/metrics.ts'
import type { GatewayPort, Readiness } from '../../src/server/portToGateway.ts'
import type { SourceContract } from '../../src/sources/contract.ts'

/** A door over three invented fields, so that HTTP and GraphQL are tested without any agency. */
export interface FakeDoor extends GatewayPort {
  readonly opened: IncomingRequest[]
  readonly recorded: Parameters<Disclosing['record']>[0][]
  readonly calls: string[]
  failRecord: boolean
  checks: Readiness[]
  stop(): Promise<void>
}

const contract = (name: string): SourceContract => ({
  name,
  title: name,
  agency: 'HEALTH',
  home: 'HEALTH',
  contact: 'desk@example.test',
  system: 'test',
  speakers: {},
  beforeRelease: 'read it',
  lists: {},
})

const NHSNumber = new GraphQLScalarType({
  name: 'NHSNumber',
  parseValue: (value) => {
    if (value !== '9991012745') throw new GraphQLError(`NHS number ${String(value)} is wrong`)
    return value
  },
  parseLiteral: (node) => {
    if (node.kind !== Kind.STRING || node.value !== '9991012745') throw new GraphQLError('wrong literal')
    return node.value
  },
})

const typeDefs = `
  scalar NHSNumber
  type Query { child(id: ID!): Child  findChild(nhsNumber: NHSNumber!): Child  party: Int  broken: Int  surprise: Int! slow: Int }
  type Child { id: ID!  friend: Child  note: String  name(style: String): String }
  type Mutation { upload: Int }
`

const fakeSchema = (calls: string[]) => {
  const child = () => ({ id: 'C04', note: 'a synthetic note', friend: () => child() })
  return makeExecutableSchema({
    typeDefs,
    resolvers: {
      NHSNumber,
      Query: {
        child: () => {
          calls.push('child')
          return child()
        },
        findChild: () => child(),
        party: () => {
          throw new Refusal('NOT_A_PARTY', { detail: 'for operators', extensions: { agency: 'socialCare' } })
        },
        broken: () => {
          throw new Error('connect ECONNREFUSED secret-host:5432 select nhs_number from person')
        },
        surprise: () => null,
        slow: () => new Promise((resolve) => setTimeout(() => resolve(1), 150)),
      },
      Mutation: {
        upload: () => {
          throw new Refusal('IMAGERY_PROHIBITED')
        },
      },
    },
  })
}

export const fakeDoor = async (config: Config, log: Log): Promise<FakeDoor> => {
  const calls: string[] = []
  const answering = await openAnswering({
    schema: fakeSchema(calls),
    open: (caller, request) => open(caller, request),
    config,
    log,
  })
  const door: FakeDoor = {
    opened: [],
    recorded: [],
    calls,
    ...answering,
    failRecord: false,
    checks: [
      { name: 'store', ok: true, detail: 'up' },
      { name: 'police', ok: true, detail: 'up' },
    ],
    authenticate: async (authorization) => {
      if (!authorization?.length) return { ok: false, reason: 'no header' }
      if (authorization.length > 1) return { ok: false, reason: 'two headers' }
      if (authorization[0] !== 'Bearer good') return { ok: false, reason: 'signature' }
      return {
        ok: true,
        caller: {
          issuer: 'https://issuer.test',
          subject: 'person',
          clientId: 'client',
          tokenId: 'jti',
          organisation: 'LA2-MASH',
          agencyType: 'MASH',
          la: 'LA2',
          force: null,
          role: 'MASH_ANALYST',
          purpose: 'MASH_ENQUIRY',
          expiresAt: 0,
        },
      }
    },
    challenge: () => challengeHeaders(null, new Date(0)),
    readiness: async () => door.checks,
    jwks: () => ({ keys: [] }),
  }
  const open = (caller: Caller, request: IncomingRequest): Disclosing => {
    door.opened.push(request)
    return {
      requestId: request.requestId,
      auditId: 'leaf-1',
      caller,
      clock: { now: () => new Date(0), today: () => new Date(0) },
      registry: registryOf([], []),
      contracts: eachAgency(contract),
      audit: { append: async () => {}, ofChild: async () => [], isWritable: async () => true, close: async () => {} },
      note: () => {},
      record: async (outcome) => {
        if (door.failRecord) throw new Error('disk full')
        door.recorded.push(outcome)
      },
    }
  }
  return door
}

export interface FakeGateway {
  readonly door: FakeDoor
  readonly server: RunningServer
  readonly logged: string[]
  /** Where its GraphQL door is. */
  readonly address: string
  /** Posts a body as a caller with a good token. */
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>
  ask(query: string, variables?: unknown): ReturnType<FakeGateway['post']>
}

export const startFake = async (overrides: Partial<Config> = {}): Promise<FakeGateway> => {
  const logged: string[] = []
  const log = createLog('trace', { write: (line) => logged.push(line) })
  const config = { ...readConfig({ PORT: '0' }), ...overrides }
  const door = await fakeDoor(config, log)
  const server = await startServer({ config, gateway: door, log, metrics: createMetrics(), graceMs: 1000 })
  const address = `${server.url}/graphql`
  const post: FakeGateway['post'] = async (body, headers = {}) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer good', ...headers },
      body:
        body instanceof Uint8Array
          ? new Blob([new Uint8Array(body)])
          : typeof body === 'string'
            ? body
            : JSON.stringify(body),
    })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { door, server, logged, address, post, ask: (query, variables) => post({ query, variables }) }
}
