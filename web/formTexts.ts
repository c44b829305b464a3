import type { FastifyRequest } from 'fastify'

/** Texts alone: a name that came twice in an address is left out. */
export const texts = (from: unknown): Readonly<Record<string, string>> =>
  typeof from === 'object' && from !== null
    ? Object.fromEntries(
        Object.entries(from).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      )
    : {}

/** What a form sent; nothing where a request has no body, or one that is no form. */
export const formOf = (request: FastifyRequest): Readonly<Record<string, string>> => texts(request.body)
