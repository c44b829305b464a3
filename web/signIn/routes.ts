import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Bench } from '../bench.ts'
import type { Person } from '../session/person.ts'
import { newCookie, secretsOf } from '../session/secrets.ts'
import { prefix } from '../visit.ts'

/** The only addresses that answer whoever is not signed in. */
export const signInRoutes = (bench: Bench): void => {
  const { app, parts } = bench
  app.get(prefix, (_request, reply) => reply.redirect(`${prefix}/`, 308))
  app.get(`${prefix}/sign-in`, (request, reply) => signInPage(bench, request, reply))
  app.get(`${prefix}/accessibility`, (request, reply) =>
    bench.show(request, reply, 'accessibility', { title: 'Accessibility statement' }),
  )
  app.get(`${prefix}/jwks.json`, (_request, reply) => reply.type('application/json').send(parts.keys))
  if (parts.demonstration.length > 0)
    app.post(`${prefix}/sign-in`, async (request, reply) => {
      const asked = request.body as Readonly<Record<string, string>>
      const chosen = parts.demonstration.find(({ id }) => id === asked['as'])
      if (!chosen) return signInPage(bench, request, reply, 'Choose who you are.')
      return begin(bench, request, reply, chosen.person, chosen.purpose)
    })
  if (parts.provider) providerRoutes(bench, parts.provider)
  app.post(`${prefix}/sign-out`, async (request, reply) => {
    const known = await bench.sessionOf(request)
    if (known) await parts.sessions.end(known.session.digest)
    return signedOut(bench, reply)
  })
  app.post(`${prefix}/sign-out-everywhere`, async (request, reply) => {
    const known = await bench.sessionOf(request)
    if (known) await parts.sessions.endAll(known.session.person)
    return signedOut(bench, reply)
  })
}

const signInPage = (bench: Bench, request: FastifyRequest, reply: FastifyReply, error?: string): FastifyReply => {
  const { formToken } = bench.secretsFor(request, reply)
  const { demonstration, provider } = bench.parts
  const groups = new Map<string, (typeof demonstration)[number][]>()
  for (const one of demonstration) {
    const organisation = one.person.organisationName ?? one.person.organisation
    groups.set(organisation, [...(groups.get(organisation) ?? []), one])
  }
  return bench.show(request, reply, 'signIn', {
    ...{ title: 'Sign in', formToken, error, hasEnded: request.query !== null && 'ended' in Object(request.query) },
    provider: provider?.name,
    groups: [...groups].map(([organisation, people]) => ({ organisation, people })),
  })
}

/** A new cookie with each sign-in: one that somebody else had put into the browser before opens nothing afterwards. */
const begin = async (
  bench: Bench,
  request: FastifyRequest,
  reply: FastifyReply,
  person: Person,
  purpose: Purpose,
): Promise<FastifyReply> => {
  if (!bench.parts.mint.purposes(person).includes(purpose))
    return bench.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
  const before = await bench.sessionOf(request)
  if (before) await bench.parts.sessions.end(before.session.digest)
  const cookie = newCookie()
  await bench.parts.sessions.begin(secretsOf(cookie).digest, person, purpose)
  bench.setCookie(reply, cookie)
  return reply.redirect(`${prefix}/`, 303)
}

const signedOut = (bench: Bench, reply: FastifyReply): FastifyReply => {
  bench.setCookie(reply, null)
  return reply.redirect(`${prefix}/sign-in?ended`, 303)
}

/**
 * The way to a provider and back: what must come back unchanged is derived from the cookie, so nothing waits in a
 * store.
 */
const providerRoutes = (bench: Bench, provider: NonNullable<Bench['parts']['provider']>): void => {
  const redirect = `${bench.parts.origin}${prefix}/signed-in`
  bench.app.get(`${prefix}/sign-in/start`, async (_request, reply) => {
    // Each start has a cookie of its own, so that nothing of an earlier one can be brought back.
    const cookie = newCookie()
    bench.setCookie(reply, cookie)
    return reply.redirect(await provider.start(redirect, secretsOf(cookie).formToken), 303)
  })
  bench.app.get(`${prefix}/signed-in`, async (request, reply) => {
    const secrets = bench.secretsFor(request, reply)
    const back = new URL(`${redirect}${request.url.slice(request.url.indexOf('?') >>> 0)}`)
    const signedIn = await provider.finish(back, secrets.formToken)
    if (!signedIn.ok) {
      bench.parts.log.warn('AUTHENTICATION_REFUSED', { requestId: request.id, reason: signedIn.reason })
      return bench.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
    }
    const [purpose] = bench.parts.mint.purposes(signedIn.person)
    if (!purpose) return bench.show(request, reply, 'notLetIn', { title: 'You cannot sign in here' }, 403)
    return begin(bench, request, reply, signedIn.person, purpose)
  })
}
