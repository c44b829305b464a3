import type { FastifyReply, FastifyRequest } from 'fastify'

type Failed = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply

const plain =
  'Something went wrong, and nothing was shown. If it happens again, tell whoever runs Wholeview this number:'

/**
 * The page of a failure; where that cannot be made either, one sentence. What the server would say by itself is the
 * error's own text, which names files of this machine.
 */
export const failSafely =
  (page: Failed, note: (cause: unknown, requestId: string) => void): Failed =>
  (error, request, reply) => {
    try {
      return page(error, request, reply)
    } catch (cause) {
      note(cause, request.id)
      return reply.code(500).type('text/plain; charset=utf-8').send(`${plain} ${request.id}\n`)
    }
  }
