import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { formOf } from '../formTexts.ts'
import type { HandlerContext } from '../handlerContext.ts'
import { prefix } from '../pageVisit.ts'
import { newCookie, secretsOf } from '../session/secrets.ts'
import type { Person } from '../session/signedInPerson.ts'

/** The only addresses that answer whoever is not signed in. */
export const signInRoutes = (context: HandlerContext): void => {
  const { app, parts } = context
  app.get(prefix, (_request, reply) => reply.redirect(`${prefix}/`, 308))
  app.get(`${prefix}/sign-in`, (request, reply) => signInPage(context, request, reply))
  app.get(`${prefix}/accessibility`, (request, reply) =>
    context.show(request, reply, 'accessibility', { title: 'Accessibility statement' }),
  )
  app.get(`${prefix}/jwks.json`, (_request, reply) => reply.type('application/json').send(parts.keys))
  if (parts.demonstration.length > 0)
    app.post(`${prefix}/sign-in`, async (request, reply) => {
      const asked = formOf(request)
      const chosen = parts.demonstration.find(({ id }) => id === asked['as'])
      if (!chosen) return signInPage(context, request, reply, 'Choose who you are.')
      const to = asked['to'] === '/explorer' ? '/explorer' : '/'
      return begin(context, request, reply, { ...chosen, to })
    })
  if (parts.provider) providerRoutes(context, parts.provider)
  app.post(`${prefix}/sign-out`, async (request, reply) => {
    const known = await context.sessionOf(request)
    if (known) await parts.sessions.end(known.session.digest)
    return signedOut(context, reply)
  })
  app.post(`${prefix}/sign-out-everywhere`, async (request, reply) => {
    const known = await context.sessionOf(request)
    if (known) await parts.sessions.endAll(known.session.person)
    return signedOut(context, reply)
  })
}

const signInPage = (
  context: HandlerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  error?: string,
): FastifyReply => {
  const { formToken } = context.secretsFor(request, reply)
  const { demonstration, provider } = context.parts
  const groups = new Map<string, (typeof demonstration)[number][]>()
  for (const one of demonstration) {
    const organisation = one.person.organisationName ?? one.person.organisation
    groups.set(organisation, [...(groups.get(organisation) ?? []), one])
  }
  return context.show(request, reply, 'signIn', {
    ...{ title: 'Sign in', formToken, error, hasEnded: request.query !== null && 'ended' in Object(request.query) },
    provider: provider?.name,
    groups: [...groups].map(([organisation, people]) => ({ organisation, people })),
  })
}

/** A new cookie with each sign-in: one that somebody else had put into the browser before opens nothing afterwards. */
const begin = async (
  context: HandlerContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, purpose, to = '/' }: { readonly person: Person; readonly purpose: Purpose; readonly to?: string },
): Promise<FastifyReply> => {
  if (!context.parts.mint.purposes(person).includes(purpose))
    return context.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
  const before = await context.sessionOf(request)
  if (before) await context.parts.sessions.end(before.session.digest)
  const cookie = newCookie()
  await context.parts.sessions.begin(secretsOf(cookie).digest, person, purpose)
  context.setCookie(reply, cookie)
  return reply.redirect(`${prefix}${to}`, 303)
}

const signedOut = (context: HandlerContext, reply: FastifyReply): FastifyReply => {
  context.setCookie(reply, null)
  return reply.redirect(`${prefix}/sign-in?ended`, 303)
}

/**
 * The way to a provider and back: what must come back unchanged is derived from the cookie, so nothing waits in a
 * store.
 */
const providerRoutes = (context: HandlerContext, provider: NonNullable<HandlerContext['parts']['provider']>): void => {
  const redirect = `${context.parts.origin}${prefix}/signed-in`
  context.app.get(`${prefix}/sign-in/start`, async (_request, reply) => {
    // Each start has a cookie of its own, so that nothing of an earlier one can be brought back.
    const cookie = newCookie()
    context.setCookie(reply, cookie)
    return reply.redirect(await provider.start(redirect, secretsOf(cookie).formToken), 303)
  })
  context.app.get(`${prefix}/signed-in`, async (request, reply) => {
    const secrets = context.secretsFor(request, reply)
    const back = new URL(`${redirect}${request.url.slice(request.url.indexOf('?') >>> 0)}`)
    const signedIn = await provider.finish(back, secrets.formToken)
    if (!signedIn.ok) {
      context.parts.log.warn('AUTHENTICATION_REFUSED', { requestId: request.id, reason: signedIn.reason })
      return context.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
    }
    const [purpose] = context.parts.mint.purposes(signedIn.person)
    if (!purpose) return context.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
    return begin(context, request, reply, { person: signedIn.person, purpose })
  })
}
