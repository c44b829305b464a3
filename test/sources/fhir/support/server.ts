import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import { medplum } from './medplum.ts'

export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string; readonly id: string }

/** A real FHIR R4 server over HTTP, with what was asked of it. */
export interface FhirServer {
  /** With `/fhir/` at its end. */
  readonly url: URL
  /** Every search and read that was asked, alone or in a batch. */
  readonly asked: string[]
  /** Every exchange, with the headers that came. */
  readonly exchanges: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[]
  /** Every resource that was given, by type and id. */
  readonly given: string[]
  /** Searches and reads that are refused as the server does what it does not support. */
  refuses: RegExp | null
  /** What answers instead of the server, until it is taken away; `false` lets the server answer. */
  instead: ((request: IncomingMessage, response: ServerResponse, body: string) => boolean) | null
  /** Stores a resource, or a new version of it, as at an instant. */
  put(resource: Resource, at?: string): Promise<void>
  /** Takes everything out. */
  clear(): Promise<void>
  close(): Promise<void>
}

export interface ServerOptions {
  /** So many resources go on one page; all when nothing is said. */
  readonly pageSize?: number
}

const fhirJson = { 'content-type': 'application/fhir+json' }

export async function startFhirServer({ pageSize }: ServerOptions = {}): Promise<FhirServer> {
  const { MemoryRepository, FhirRouter } = await medplum()
  let repository = new MemoryRepository()
  const router = new FhirRouter()
  const asked: string[] = []
  const exchanges: FhirServer['exchanges'] = []
  const given: string[] = []

  /** The server keeps all of a search on one page: here it is cut into several, with the next by its address. */
  const paged = (resource: unknown, search: string): unknown => {
    const bundle = resource as { resourceType?: string; type?: string; entry?: unknown[] } | undefined
    if (pageSize === undefined || bundle?.resourceType !== 'Bundle' || bundle.type !== 'searchset') return resource
    const at = new URL(search, 'http://server/')
    const from = Number(at.searchParams.get('_page') ?? 0)
    const entry = bundle.entry ?? []
    at.searchParams.set('_page', String(from + pageSize))
    const next = { relation: 'next', url: new URL(`${at.pathname.slice(1)}${at.search}`, server.url).href }
    return {
      ...bundle,
      entry: entry.slice(from, from + pageSize),
      ...(from + pageSize < entry.length ? { link: [next] } : {}),
    }
  }
  const noted = (resource: unknown): unknown => {
    for (const { resource: each } of (resource as { entry?: { resource: Resource }[] }).entry ?? [])
      given.push(`${each.resourceType}/${each.id}`)
    return resource
  }
  const request = (method: string, url: string, body: unknown) =>
    router.handleRequest({ method, url, pathname: '', body, params: {}, query: {} }, repository)
  const answer = async (method: string, url: string, body: unknown): Promise<readonly [number, unknown]> => {
    if (method === 'POST' && url === '') {
      const entries = (body as { entry: { request: { url: string } }[] }).entry
      asked.push(...entries.map((entry) => decodeURIComponent(entry.request.url)))
      const [, bundle] = await request('POST', '', {
        ...(body as object),
        entry: entries.map((entry) => ({ request: { method: 'GET', url: withoutPage(entry.request.url) } })),
      })
      const answered = bundle as { entry: { resource?: unknown }[] }
      const parts = answered.entry.map((part, at) => {
        const url = entries[at]?.request.url ?? ''
        if (server.refuses?.test(url)) return unsupported
        return { ...part, ...(part.resource ? { resource: noted(paged(part.resource, url)) } : {}) }
      })
      return [200, { ...answered, entry: parts }]
    }
    asked.push(decodeURIComponent(url))
    const [outcome, resource] = await request(method, withoutPage(url), body)
    const failed = (outcome as { id?: string }).id !== 'ok'
    return [failed ? 400 : 200, failed ? outcome : noted(paged(resource, url))]
  }

  const http = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (part) => {
      body += part
    })
    incoming.on('end', () => {
      exchanges.push({ method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers })
      if (server.instead?.(incoming, response, body)) return
      const url = (incoming.url ?? '').replace(/^\/fhir\/?/, '')
      answer(incoming.method ?? 'GET', url, body === '' ? undefined : JSON.parse(body)).then(
        ([status, resource]) => response.writeHead(status, fhirJson).end(JSON.stringify(resource)),
        (error: unknown) => response.writeHead(500, fhirJson).end(JSON.stringify({ error: String(error) })),
      )
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: FhirServer = {
    url: new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/fhir/`),
    asked,
    exchanges,
    given,
    refuses: null,
    instead: null,
    async put(resource, at = '2026-03-02T09:00:00Z') {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(at) })
      try {
        await repository.updateResource(resource)
      } finally {
        vi.useRealTimers()
      }
    },
    async clear() {
      repository = new MemoryRepository()
      asked.length = 0
      exchanges.length = 0
      given.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }
  return server
}

const withoutPage = (url: string): string => url.replace(/[?&]_page=\d+/, '')

const unsupported = {
  response: {
    status: '400',
    outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-supported' }] },
  },
}
