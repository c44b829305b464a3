import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningSubgraph, startSubgraphHttp } from '../../src/federation/subgraphHttp.ts'
import { testLog } from '../federation/support/agency.ts'
import { type FakeGateway, startFake } from './fakeGateway.ts'

let gateway: FakeGateway
let subgraph: RunningSubgraph
const answeredBySubgraph: string[] = []
beforeAll(async () => {
  gateway = await startFake()
  subgraph = await startSubgraphHttp({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    log: testLog(),
    ready: async () => true,
    answer: async ({ operation }) => {
      answeredBySubgraph.push(operation.query)
      return { data: {}, errors: [] }
    },
  })
})
afterAll(async () => {
  await gateway.server.close()
  await subgraph.close()
})
beforeEach(() => {
  gateway.logged.length = 0
  gateway.door.opened.length = 0
  answeredBySubgraph.length = 0
})

const addresses: Readonly<Record<string, () => string>> = {
  'the gateway': () => gateway.address,
  'a subgraph': () => subgraph.url,
}

/** Sends bytes as they are, and gives back what came until the connection was closed. */
const sent = (address: string, bytes: string, end = false): Promise<string> =>
  new Promise((resolve) => {
    const { port, hostname } = new URL(address)
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes)
      if (end) setTimeout(() => socket.resetAndDestroy(), 50)
    })
    let text = ''
    socket.on('data', (part) => {
      text += part
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })

const body = '{"query":"{ __typename }"}'
const posted = (headers: readonly string[]): string =>
  [
    'POST /graphql HTTP/1.1',
    'host: x',
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    ...headers,
    '',
    body,
  ].join('\r\n')
const fillers = (count: number): string[] => Array.from({ length: count }, (_, at) => `x-filler-${at}: ${at}`)

describe.each(Object.keys(addresses))('%s', (name) => {
  const address = () => addresses[name]?.() ?? ''

  it('takes a hundred headers', async () => {
    const answer = await sent(address(), posted(['authorization: Bearer good', ...fillers(95)]))
    expect(answer).toMatch(/^HTTP\/1.1 200/)
  })

  it.each([1, 2, 50, 500])(
    'refuses %d more, before anything is read, rather than drop what stands beyond',
    async (more) => {
      const headers = ['authorization: Bearer good', ...fillers(95 + more - 1), 'authorization: Bearer other']
      const answer = await sent(address(), posted(headers))
      expect(answer).toMatch(/^HTTP\/1.1 431/)
      expect(answer).toContain('"code":"BAD_INPUT"')
      expect(gateway.door.opened).toEqual([])
      expect(answeredBySubgraph).toEqual([])
    },
  )
})

describe('a sender who hangs up in the middle of a body', () => {
  const outcomes = async (outcome: string): Promise<number> => {
    const text = await (await fetch(`${gateway.server.url}/metrics`)).text()
    return Number(new RegExp(`wholeview_requests_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1] ?? 0)
  }

  it('is no error of the gateway: told at info level, with an outcome of its own', async () => {
    const [stopped, internal] = [await outcomes('REQUEST_STOPPED'), await outcomes('INTERNAL')]
    const headers = ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', 'content-length: 500', '']
    await Promise.all(
      Array.from({ length: 20 }, () => sent(gateway.address, `${headers.join('\r\n')}\r\n{"query":"`, true)),
    )
    while ((await outcomes('REQUEST_STOPPED')) < stopped + 20) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(await outcomes('INTERNAL')).toBe(internal)
    const lines: { level: string; code: string }[] = gateway.logged.map((line) => JSON.parse(line))
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([])
    expect(lines.filter(({ code }) => code === 'REQUEST_REFUSED')).toHaveLength(20)
    expect(gateway.door.opened).toEqual([])
  })
})
