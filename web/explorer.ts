import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dataOf } from '../src/disclosure/answer.ts'
import { answerTo } from './askGateway.ts'
import type { HandlerContext } from './handlerContext.ts'
import { prefix } from './pageVisit.ts'
import { inWords } from './words/codes.ts'
import { purposeShown } from './words/purposes.ts'
import type { Parts } from './workbenchParts.ts'

/** An operation is text; the gateway's own limits come after this. */
const operationLimit = 256 * 1024

const operation = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

type Show = (view: string, model: Readonly<Record<string, unknown>>) => string

/**
 * The explorer, asking as whoever is signed in and for the purpose at hand: the one page whose operations a person
 * writes. They go through the same steps as any other, and none of it is open where the schema may not be read.
 */
export const explorerRoutes = (context: HandlerContext, show: Show): void => {
  const { app, parts } = context
  const { explorer } = parts
  if (!explorer) return
  app.get(`${prefix}/explorer`, async (request, reply) => {
    const known = await context.sessionOf(request)
    if (!known) return reply.redirect(`${prefix}/sign-in`, 303)
    const { secrets, session } = known
    const strip = show('explorerStrip', { ...stripOf(parts, session), prefix, formToken: secrets.formToken })
    const headers = { 'x-form-token': secrets.formToken }
    const page = await explorer({ endpoint: `${prefix}/graphql`, headers, strip })
    return reply.header('content-security-policy', page.contentPolicy).type('text/html; charset=utf-8').send(page.html)
  })
  app.register(async (own) => {
    own.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: operationLimit }, readJson)
    own.post(`${prefix}/graphql`, (request, reply) => answerOperation(context, request, reply))
  })
}

const readJson = (_request: unknown, body: string | Buffer, done: (error: Error | null, read?: unknown) => void) => {
  try {
    done(null, JSON.parse(String(body)))
  } catch {
    done(Object.assign(new Error('no JSON'), { statusCode: 400 }))
  }
}

/** Who asks and for what, with whom else one may be in the demonstration. */
const stripOf = (
  { demonstration, mint }: Pick<Parts, 'demonstration' | 'mint'>,
  { person, purpose }: NonNullable<Awaited<ReturnType<HandlerContext['sessionOf']>>>['session'],
) => ({
  ...{ person, roleName: inWords(person.role), purpose },
  people: demonstration.map(({ id, person: one, title }) => ({ id, title, chosen: one.subject === person.subject })),
  purposes: mint.purposes(person).map(purposeShown),
})

const answerOperation = async (
  context: HandlerContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const known = await context.sessionOf(request)
  const asked = operation.safeParse(request.body)
  if (!known) return reply.code(401).send({ errors: [{ message: 'Sign in again.' }] })
  if (!asked.success) return reply.code(400).send({ errors: [{ message: 'This is no GraphQL request.' }] })
  const { query, operationName, variables } = asked.data
  const answer = await answerTo(context.parts, known.session.person, known.session.purpose, {
    ...{ query, operationName: operationName ?? null, variables: variables ?? {} },
  })
  if (answer.auditId) reply.header('x-audit-id', answer.auditId)
  const data = dataOf(answer)
  return reply.type('application/json; charset=utf-8').send({
    ...(answer.errors.length > 0 ? { errors: answer.errors } : {}),
    ...(data === undefined ? {} : { data }),
  })
}
