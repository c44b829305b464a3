import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Prover } from '../audit/logProofs.ts'
import { plainError } from '../disclosure/callerError.ts'
import { reply, replyErrors, replyJson } from './reply.ts'
import { bodyLimit, readBody, UnreadableRequest } from './requestBody.ts'

const noteType = 'text/plain; charset=utf-8'

export interface AuditEndpoint {
  readonly prover: Prover
  /** Public keys of the log with the sizes at which each signed. */
  readonly keys: () => object
}

/**
 * The log's face to witnesses and verifiers: checkpoints, proofs that one continues another, and a way to hand in a
 * signature. Sizes and hashes alone; who was concerned is not in them. No token is asked for: a witness of another
 * partner has none, and what it hands in counts only under a key that the partnership listed.
 */
export const auditRoutes =
  (audit: AuditEndpoint) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { prover, keys } = audit
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/audit/cosignature' && request.method === 'POST') return takeCosignature(prover, request, response)
    if (!isRead) return replyErrors(response, 405, [plainError('BAD_INPUT', 'This address is read.')], { allow: 'GET' })
    if (path === '/audit/keys') return replyJson(response, 200, keys())
    const text = await textAt(prover, path)
    if (text === null) return replyErrors(response, 404, [plainError('NOT_FOUND', 'There is nothing at this address.')])
    reply(response, 200, noteType, text)
  }

const textAt = async (prover: Prover, path: string): Promise<string | null> => {
  if (path === '/audit/checkpoint') return prover.checkpoint()
  if (path === '/audit/witnessed') return prover.witnessed()
  const [, size] = /^\/audit\/checkpoint\/([1-9]\d{0,14})$/.exec(path) ?? []
  if (size !== undefined) return prover.checkpointAt(Number(size))
  const [, first, second] = /^\/audit\/consistency\/([1-9]\d{0,14})\/([1-9]\d{0,14})$/.exec(path) ?? []
  if (first === undefined) return null
  const proof = await prover.consistency(Number(first), Number(second))
  return proof === null ? null : proof.map((hash) => `${hash.toString('base64')}\n`).join('')
}

const takeCosignature = async (prover: Prover, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    const good = await prover.addCosignatures((await readBody(request, bodyLimit)).toString('utf8'), new Date())
    if (good > 0) return replyJson(response, 200, { kept: good })
    replyErrors(response, 403, [
      plainError('FORBIDDEN', 'This is not a known witness’s signature under a checkpoint of this log.'),
    ])
  } catch (error) {
    if (!(error instanceof UnreadableRequest)) throw error
    replyErrors(response, error.status, [plainError(error.code, error.message)], { connection: 'close' })
  }
}
