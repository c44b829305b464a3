import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Config } from '../foundation/config.ts'
import { isInstalled } from '../foundation/installedPackage.ts'
import { firstQuery } from './firstQuery.ts'
import { reply } from './reply.ts'

/** Where the schema may be read, and the package with the page is installed. */
export const hasExplorer = (config: Pick<Config, 'introspection'>): boolean =>
  config.introspection && isInstalled('@graphql-yoga/render-graphiql')

/** How the explorer asks, and what stands above it. */
export interface ExplorerSetting {
  readonly endpoint: string
  /** Headers of each request, as the person may change them. */
  readonly headers: Readonly<Record<string, string>>
  /** HTML of the workbench's own making; null: nothing. */
  readonly strip: string | null
}

/** A page of the explorer, with the one content policy under which it works. */
export interface ExplorerPage {
  readonly html: string
  readonly contentPolicy: string
}

/** The page that lets a person write operations, without any other host. */
export interface Explorer {
  page(request: IncomingMessage, response: ServerResponse): Promise<void>
  script(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** The explorer of `/explorer`. Its 9 MB are rendered on the first visit, and cached compressed. */
export const createExplorer = (): Explorer => {
  return {
    page: async (_request, response) => {
      const headers = { Authorization: 'Bearer <paste a token>' }
      const { contentPolicy, html } = await explorerPage({ endpoint: '/graphql', headers, strip: null })
      reply(response, 200, 'text/html; charset=utf-8', html, { 'content-security-policy': contentPolicy })
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

let parts: Promise<ExplorerParts> | undefined
/** The package's page, which is the same for everybody, rendered once. */
const once = (): Promise<ExplorerParts> => {
  parts ??= renderParts()
  return parts
}

/** The explorer as one person has it. What is theirs stands in the page; the script is the same for everybody. */
export const explorerPage = async ({ endpoint, headers, strip }: ExplorerSetting): Promise<ExplorerPage> => {
  const { before, after } = await once()
  const nonce = randomBytes(16).toString('base64')
  const options = {
    ...{ title: 'Wholeview explorer', endpoint, defaultQuery: firstQuery, shouldPersistHeaders: false },
    headers: JSON.stringify(headers, null, 2),
  }
  // A block of data, which no browser runs. Nothing in it can end it.
  const data = JSON.stringify(options).replaceAll('<', '\\u003c')
  const script = `<script type="application/json" id="explorer-options">${data}</script><script nonce="${nonce}" src="/explorer/explorer.js"></script>`
  const page = strip === null ? before : before.replace(/<body([^>]*)>/, (body) => `${body}${strip}`)
  return { html: `${page}${script}${after}`, contentPolicy: policy(nonce) }
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
  const html = renderGraphiQL({ title: 'Wholeview explorer', endpoint: '/graphql' }).trimStart()
  const opening = html.indexOf('<script>')
  const closing = html.lastIndexOf('</script>')
  const whole = html.slice(opening + '<script>'.length, closing)
  const bundle = whole.slice(0, whole.lastIndexOf(start))
  const script = Buffer.from(
    `${bundle}${start}document.querySelector('#root'),JSON.parse(document.getElementById('explorer-options').textContent))`,
  )
  return {
    before: html.slice(0, opening),
    after: html.slice(closing + '</script>'.length),
    script,
    compressed: await promisify(gzip)(script, { level: 6 }),
  }
}

/** How the package begins; what it begins with stands in the page instead. */
const start = 'YogaGraphiQL.renderYogaGraphiQL('

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
    "form-action 'self'",
  ].join('; ')
