import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { healthOf } from '../../src/server/readiness.ts'
import { type FakeGateway, startFake } from './fakeGateway.ts'

let gateway: FakeGateway
beforeAll(async () => {
  gateway = await startFake()
})
afterAll(() => gateway.server.close())
beforeEach(() => {
  gateway.logged.length = 0
})

const get = (path: string, headers: Record<string, string> = {}, base = gateway) =>
  fetch(base.server.url + path, { headers, redirect: 'manual' })

describe('an answer', () => {
  it('carries the request id and the id of its audit leaf', async () => {
    const { headers, text } = await gateway.ask('{ child(id: "C04") { id } }')
    expect(JSON.parse(text)).toEqual({ data: { child: { id: 'C04' } } })
    expect(headers.get('x-audit-id')).toBe('leaf-1')
    expect(headers.get('x-request-id')).toBe(gateway.door.opened.at(-1)?.requestId)
  })

  it('is never cached, sniffed or framed', async () => {
    const { headers } = await gateway.ask('{ child(id: "C04") { id } }')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('speaks the media type that the caller accepts', async () => {
    const query = { query: '{ child(id: "C04") { id } }' }
    const typed = await gateway.post(query, { accept: 'application/graphql-response+json' })
    expect(typed.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8')
    expect((await gateway.post(query)).headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  it('runs the operation that is named', async () => {
    const query = 'query a { one: child(id: 1) { id } } query b { two: child(id: 1) { id } }'
    expect((await gateway.post({ query, operationName: 'b' })).text).toContain('"two"')
  })
})

describe('the log', () => {
  it('has one line for a request, and nothing that was asked or answered', async () => {
    await gateway.ask('query Named($id: ID!) { child(id: $id) { id note } }', { id: 'C04-secret' })
    const lines = gateway.logged.map((line) => JSON.parse(line))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ code: 'REQUEST', outcome: 'OK', requestId: expect.any(String) })
    expect(gateway.logged.join('')).not.toMatch(/C04|secret|synthetic|Bearer|good|Named|child/)
  })
})

describe('other addresses', () => {
  it('say that the process lives', async () => {
    expect((await get('/health/live')).status).toBe(200)
  })

  it('tell each store and source by name, and why only to the operator', async () => {
    const away = await startFake()
    away.door.checks = [
      { name: 'store', ok: true, detail: 'up' },
      { name: 'police', ok: false, detail: 'connect to police-db failed' },
    ]
    const response = await get('/health/ready', {}, away)
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        status: 'DEGRADED',
        checks: [
          { name: 'store', ok: true },
          { name: 'police', ok: false },
        ],
      },
    ])
    expect(away.logged.join('')).toContain('police-db')
    await away.server.close()
  })

  it('stop traffic when the store is away, since nothing could be recorded', async () => {
    const away = await startFake()
    away.door.checks = [{ name: 'store', ok: false, detail: 'down' }]
    expect((await get('/health/ready', {}, away)).status).toBe(503)
    await away.server.close()
    expect(healthOf([])).toBe('NOT_READY')
    expect(healthOf([{ name: 'store', ok: true, detail: '' }])).toBe('READY')
  })

  it('count requests by outcome, with no label of a child, person or request', async () => {
    await gateway.ask('{ party }')
    const text = await (await get('/metrics')).text()
    expect(text).toContain('wholeview_requests_total{outcome="NOT_A_PARTY"}')
    expect(text).not.toMatch(/C04|LA2|MASH|leaf-1|person/)
  })

  it('publish the keys', async () => {
    expect(await (await get('/.well-known/jwks.json')).json()).toEqual({ keys: [] })
  })

  it('that do not exist are refused in JSON, whatever they are called', async () => {
    for (const path of [
      '/nothing',
      '/graphql/',
      '/__proto__',
      '/constructor',
      '/issuer/token',
      '//graphql',
      '/%2e%2e/etc',
    ]) {
      const response = await get(path)
      expect([path, response.status, (await response.json()).errors[0].extensions.code]).toEqual([
        path,
        404,
        'NOT_FOUND',
      ])
    }
  })

  it('lead a browser from /graphql to the explorer', async () => {
    const response = await get('/graphql', { accept: 'text/html,*/*' })
    expect([response.status, response.headers.get('location')]).toEqual([302, '/explorer'])
  })
})

describe('the explorer', () => {
  it('runs one script with a fresh nonce, and may talk to this gateway alone', async () => {
    const [first, second] = [await get('/explorer'), await get('/explorer')]
    const policy = first.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
    const html = await first.text()
    // One that runs, and a block of data.
    expect(html.match(/<script(?! type="application\/json")/g)).toHaveLength(1)
    expect(html).toContain(`<script nonce="${nonce}" src="/explorer/explorer.js">`)
    expect(policy).toContain("'strict-dynamic'")
    expect(policy).toContain('worker-src blob:')
    expect(policy).toContain("connect-src 'self'")
    expect(second.headers.get('content-security-policy')).not.toContain(nonce)
  })

  it('serves its script whole, and in the page the first query and a place for the token', async () => {
    const script = await (await get('/explorer/explorer.js')).text()
    expect(script.length).toBeGreaterThan(1_000_000)
    const [, data = '{}'] = /id="explorer-options">(.*?)<\/script>/.exec(await (await get('/explorer')).text()) ?? []
    const { defaultQuery, headers } = JSON.parse(data)
    expect(defaultQuery).toContain('query WholeView')
    expect(headers).toContain('Bearer <paste a token>')
    expect(script.trimEnd().endsWith('))')).toBe(true)
  })

  it('is not there when the schema may not be read', async () => {
    const closed = await startFake({ introspection: false })
    expect((await get('/explorer', {}, closed)).status).toBe(404)
    expect((await get('/graphql', { accept: 'text/html' }, closed)).status).toBe(405)
    const schema = await closed.ask('{ __schema { types { name } } }')
    expect([schema.status, JSON.parse(schema.text).errors[0]]).toMatchObject([
      400,
      { message: 'The schema may not be read here.', extensions: { code: 'OPERATION_INVALID' } },
    ])
    await closed.server.close()
  })
})

describe('a graceful stop', () => {
  it('lets a running request end, and takes no new one', async () => {
    const stopping = await startFake()
    const running = stopping.ask('{ slow }')
    while (stopping.door.opened.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const closed = stopping.server.close()
    expect(await running.then(({ text }) => JSON.parse(text))).toEqual({ data: { slow: 1 } })
    await closed
    await expect(stopping.ask('{ slow }')).rejects.toThrow()
    expect(stopping.door.recorded).toHaveLength(1)
  })

  it('closes once, however often it is asked to', async () => {
    const stopping = await startFake()
    await Promise.all([stopping.server.close(), stopping.server.close()])
  })
})
