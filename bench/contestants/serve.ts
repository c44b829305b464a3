import { createServer, type IncomingMessage } from 'node:http'

export interface Asked {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Serves JSON answers on `PORT` over bare HTTP, and says so on standard output. */
export function serve(
  answer: (asked: Asked, authorization: string | undefined, path: string) => Promise<string>,
): void {
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.end('ok')
      return
    }
    bodyOf(request)
      .then((body) => answer(askedOf(body), request.headers.authorization, request.url ?? '/'))
      .then(
        (text) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
          response.end(text)
        },
        (error: unknown) => {
          console.error(error)
          response.writeHead(500, { 'content-type': 'application/json' })
          response.end('{"errors":[{"message":"failed"}]}')
        },
      )
  })
  server.keepAliveTimeout = 600_000
  server.listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('ready'))
}

const bodyOf = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString()))
    request.on('error', reject)
  })

function askedOf(body: string): Asked {
  const asked: unknown = JSON.parse(body)
  if (typeof asked !== 'object' || asked === null || !('query' in asked) || typeof asked.query !== 'string')
    throw new Error('There is no query.')
  const variables = 'variables' in asked && typeof asked.variables === 'object' ? asked.variables : null
  return { query: asked.query, variables: { ...variables } }
}

/** `query Q1(` → `q1`: how one who knows no GraphQL tells the questions apart. */
export const nameOf = (query: string): string => query.slice(6, 8).toLowerCase()

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : [])
