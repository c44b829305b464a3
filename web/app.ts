import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { explainError } from '../src/server/log.ts'
import { securityHeaders } from '../src/server/reply.ts'
import { ask, NotLetIn } from './askGateway.ts'
import { type Asset, makeAssets } from './assets.ts'
import { cookieHeader, cookieIn } from './cookie.ts'
import { explorerRoutes } from './explorer.ts'
import { failSafely } from './failSafely.ts'
import { formOf, texts } from './formTexts.ts'
import type { HandlerContext } from './handlerContext.ts'
import { frameOf } from './pageFrame.ts'
import { typedIn } from './pages/formDraft.ts'
import { pages } from './pages/index.ts'
import { notFound, type Page, prefix, type Reply, type Visit } from './pageVisit.ts'
import { createRender, type Render } from './render.ts'
import { isCookie, newCookie, type Secrets, sameToken, secretsOf } from './session/secrets.ts'
import type { Session } from './session/sessions.ts'
import { signInRoutes } from './signIn/routes.ts'
import type { Parts } from './workbenchParts.ts'

/** A form is a few fields; the longest holds a reason in a few sentences. */
const formLimit = 64 * 1024

/**
 * The pages, behind the gateway's one listener: its limits on headers and time stand before this. Nothing listens here.
 */
export const openApp = async (parts: Parts): Promise<RequestListener> => {
  const app = Fastify({
    // Requests are handed over by the listener; this server is never started.
    serverFactory: (handler) => createServer(handler),
    ...{ logger: false, bodyLimit: formLimit, trustProxy: false, exposeHeadRoutes: true },
    ...{ genReqId: () => randomUUID(), return503OnClosing: false },
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 1024 },
  })
  const assets = await makeAssets()
  const render = createRender(parts.registry)
  const context = contextOf(parts, app, render, assets)
  readForms(app)
  guard(app, context)
  serveAssets(app, assets)
  signInRoutes(context)
  explorerRoutes(context, render)
  for (const page of pages) servePage(context, page)
  app.setNotFoundHandler((request, reply) => send(context, request, reply, notFound))
  const note = (cause: unknown, requestId: string) =>
    parts.log.error('REQUEST_FAILED', { requestId, ...explainError(cause) })
  app.setErrorHandler(failSafely((error, request, reply) => failed(context, error, request, reply), note))
  await app.ready()
  return (request, response) => app.routing(request, response)
}

const contextOf = (parts: Parts, app: FastifyInstance, render: Render, assets: readonly Asset[]): HandlerContext => {
  const setCookie = (reply: FastifyReply, cookie: string | null) => {
    reply.header('set-cookie', cookieHeader(cookie, parts.secure))
  }
  return {
    ...{ parts, app, setCookie },
    show: (request, reply, view, model, status = 200) => {
      const frame = frameOf(parts, assets, request)
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .send(render(view, { ...frame, ...model }))
    },
    secretsFor: (request, reply) => {
      const came = cookieIn(request.headers.cookie, parts.secure)
      const cookie = isCookie(came) ? came : newCookie()
      if (cookie !== came) setCookie(reply, cookie)
      return secretsOf(cookie)
    },
    sessionOf: async (request) => {
      const cookie = cookieIn(request.headers.cookie, parts.secure)
      if (!isCookie(cookie)) return null
      const secrets = secretsOf(cookie)
      const session = await parts.sessions.find(secrets.digest)
      return session && { secrets, session }
    },
  }
}

/** Forms alone, each name once: a name that comes twice is no form of ours. */
const readForms = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = [...new URLSearchParams(String(body))]
    if (new Set(fields.map(([name]) => name)).size === fields.length) return done(null, Object.fromEntries(fields))
    done(Object.assign(new Error('a field came twice'), { statusCode: 400 }), undefined)
  })
}

/** What a page may do: its own style and script, its own forms, and nothing from anywhere else. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** Headers of every reply, and for every form: that it was sent from a page that this session was given. */
const guard = (app: FastifyInstance, context: HandlerContext): void => {
  app.addHook('onRequest', async (_request, reply) => {
    // A browser names where a form comes from only where it may name it to its own site.
    reply.headers({ ...securityHeaders, 'content-security-policy': contentPolicy, 'referrer-policy': 'same-origin' })
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST') return
    // Forms carry the token in a field; the explorer's own requests, which are no forms, in a header.
    const token = formOf(request)['_form'] ?? String(request.headers['x-form-token'] ?? '')
    const cookie = cookieIn(request.headers.cookie, context.parts.secure)
    const isOwn = isFromHere(request, context.parts.origin)
    if (isOwn && isCookie(cookie) && sameToken(token, secretsOf(cookie).formToken)) return
    // Another window signed out or in: nothing opens what was typed any more, so it goes back to whoever typed it.
    const typed = isOwn ? typedAgain(formOf(request)) : []
    return context.show(request, reply, 'formRefused', { title: 'Send the form again', typed }, 403)
  })
}

/** What somebody wrote into a form, below the names of its questions; choices are quickly made again. */
const typedAgain = (form: Readonly<Record<string, string>>) =>
  Object.entries(typedIn(form)).flatMap(([name, value]) =>
    /\s/.test(value.trim()) ? [{ name: name.split('.').at(-1) ?? name, value }] : [],
  )

/**
 * Whether a browser sent this from a page of this site. Both headers are the browser's own word, which no page can
 * change; `null` is the origin of a frame or a file that hides where it comes from. A client that says neither is none
 * that another site could use.
 */
const isFromHere = ({ headers }: FastifyRequest, own: string): boolean => {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
  const isOwnOrigin = origin === undefined || origin === own || (host !== undefined && hostOf(origin) === host)
  return isOwnSite && isOwnOrigin
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

const serveAssets = (app: FastifyInstance, assets: readonly Asset[]): void => {
  for (const { name, type, plain, gzip, br } of assets)
    app.get(`${prefix}/assets/${name}`, async (request, reply) => {
      const takes = String(request.headers['accept-encoding'] ?? '')
      const [encoding, body] = /\bbr\b/.test(takes)
        ? ['br', br]
        : /\bgzip\b/.test(takes)
          ? ['gzip', gzip]
          : [null, plain]
      if (encoding) reply.header('content-encoding', encoding)
      return reply
        .headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' })
        .type(type)
        .send(body)
    })
}

const servePage = (context: HandlerContext, page: Page): void => {
  context.app.route({
    method: page.method,
    url: `${prefix}${page.path}`,
    handler: async (request, reply) => {
      const known = await context.sessionOf(request)
      if (!known) {
        await keepUnsent(context.parts, request)
        return reply.redirect(`${prefix}/sign-in${request.method === 'POST' ? '?ended' : ''}`, 303)
      }
      const visit = visitOf(context.parts, known, request)
      request.visit = visit
      return send(context, request, reply, await page.answer(visit))
    },
  })
}

/**
 * A form that came after its session had ended: what was typed waits for its writer, for whom nothing is opened now.
 */
const keepUnsent = async (parts: Parts, request: FastifyRequest): Promise<void> => {
  const form = formOf(request)
  const cookie = cookieIn(request.headers.cookie, parts.secure)
  if (!isCookie(cookie) || form['_draft'] === undefined) return
  const secrets = secretsOf(cookie)
  const name = secrets.unseal('draft', form['_draft'])
  const person = await parts.sessions.whoseWas(secrets.digest)
  if (name !== null && person) await parts.drafts.keep(person, name, typedIn(form))
}

const send = (context: HandlerContext, request: FastifyRequest, reply: FastifyReply, answered: Reply): FastifyReply =>
  'to' in answered
    ? reply.redirect(answered.to, 303)
    : 'file' in answered
      ? reply
          .header('content-disposition', `attachment; filename="${answered.file.name}"`)
          .type(answered.file.type)
          .send(answered.file.body)
      : context.show(request, reply, answered.view, answered.model, answered.status)

const visitOf = (
  parts: Parts,
  { secrets, session }: { readonly secrets: Secrets; readonly session: Session },
  request: FastifyRequest,
): Visit => ({
  ...{ parts, secrets, session, purposes: parts.mint.purposes(session.person) },
  params: texts(request.params),
  query: texts(request.query),
  form: formOf(request),
  ask: (operation, variables, purpose = session.purpose) => ask(parts, session.person, purpose, operation, variables),
})

const failed = (
  context: HandlerContext,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  if (error instanceof NotLetIn)
    return context.show(request, reply, 'notLetIn', { title: 'You cannot do this any more' }, 403)
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500)
    return context.show(request, reply, 'formRefused', { title: 'This could not be read' }, status)
  context.parts.log.error('REQUEST_FAILED', { requestId: request.id, ...explainError(error) })
  return context.show(request, reply, 'failed', { title: 'Something went wrong', requestId: request.id }, 500)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in, once it is known. */
    visit?: Visit
  }
}
