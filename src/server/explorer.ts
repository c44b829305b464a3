import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Config } from '../foundation/config.ts'
import { isInstalled } from '../foundation/optionalPackage.ts'
import { firstQuery } from './firstQuery.ts'
import { reply } from './reply.ts'

/** Where the schema may be read, and the package with the page is installed. */
export const hasExplorer = (config: Pick<Config, 'introspection'>): boolean =>
  config.introspection && isInstalled('@graphql-yoga/render-graphiql')

/** The page that lets a person write operations, without any other host. */
export interface Explorer {
  page(request: IncomingMessage, response: ServerResponse): Promise<void>
  script(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** The explorer of `/explorer`. Its 9 MB are rendered on the first visit, and cached compressed. */
export const createExplorer = (): Explorer => {
  let parts: Promise<ExplorerParts> | undefined
  const once = () => {
    parts ??= renderParts()
    return parts
  }
  return {
    page: async (_request, response) => {
      const { before, after } = await once()
      const nonce = randomBytes(16).toString('base64')
      const html = `${before}<script nonce="${nonce}" src="/explorer/explorer.js"></script>${after}`
      reply(response, 200, 'text/html; charset=utf-8', html, { 'content-security-policy': policy(nonce) })
    },
    script: async (request, response) => {
      const { script, compressed } = await once()
      const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
      reply(response, 200, 'text/javascript; charset=utf-8', takesGzip ? compressed : script, {
        vary: 'accept-encoding',
        ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
      })
    },
  }
}

interface ExplorerParts {
  readonly before: string
  readonly after: string
  readonly script: Buffer
  readonly compressed: Buffer
}

/**
 * The bundle itself holds the text `<script>`, so only the first opening tag and the last closing tag are the page's
 * own.
 */
const renderParts = async (): Promise<ExplorerParts> => {
  // Thirty megabytes in memory, which a gateway without visitors does not need.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'Wholeview explorer',
    endpoint: '/graphql',
    defaultQuery: firstQuery,
    headers: JSON.stringify({ Authorization: 'Bearer <paste a token>' }, null, 2),
    shouldPersistHeaders: false,
  }).trimStart()
  const opening = html.indexOf('<script>')
  const closing = html.lastIndexOf('</script>')
  const script = Buffer.from(html.slice(opening + '<script>'.length, closing))
  return {
    before: html.slice(0, opening),
    after: html.slice(closing + '</script>'.length),
    script,
    compressed: await promisify(gzip)(script, { level: 6 }),
  }
}

/**
 * Only the script with this reply's nonce runs, and what it loads; editors run in workers made of blobs. Styles are
 * written by the editor at run time, so they are allowed inline. The page can talk to this gateway alone.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    'worker-src blob:',
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
