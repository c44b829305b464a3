import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Secrets } from './session/secrets.ts'
import type { Session } from './session/sessions.ts'
import type { Parts } from './workbenchParts.ts'

/** What every handler of this app stands on. */
export interface HandlerContext {
  readonly parts: Parts
  readonly app: FastifyInstance
  /** Sends a page, framed with what is always in sight. */
  show(request: FastifyRequest, reply: FastifyReply, view: string, model: object, status?: number): FastifyReply
  /** A cookie of this request: new, where none or no good one came. */
  secretsFor(request: FastifyRequest, reply: FastifyReply): Secrets
  /** Who is signed in; null: nobody. */
  sessionOf(request: FastifyRequest): Promise<{ readonly secrets: Secrets; readonly session: Session } | null>
  /** Writes a cookie; null takes it away. */
  setCookie(reply: FastifyReply, cookie: string | null): void
}
