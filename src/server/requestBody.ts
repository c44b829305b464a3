import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../foundation/errors.ts'

/** A whole operation over a child, with variables, is a few kilobytes. */
export const bodyLimit = 256 * 1024

/** Why a request could not be read. The status belongs to HTTP, the code to the closed list. */
export class UnreadableRequest extends Error {
  override readonly name = 'UnreadableRequest'
  readonly status: number
  readonly code: ErrorCode

  constructor(status: number, code: ErrorCode, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/**
 * Reads the body, and stops at the limit whatever `Content-Length` said: a sender that streams for ever holds no more
 * than the limit.
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  if (request.headers['content-encoding'] && request.headers['content-encoding'] !== 'identity') {
    throw new UnreadableRequest(415, 'BAD_INPUT', 'The body may not be compressed.')
  }
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= limit) parts.push(part)
      else {
        request.removeAllListeners('data')
        reject(tooLarge(limit))
      }
    })
    request.once('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    // A sender who hangs up in the middle is reported to the operator as that: it is no error of ours.
    request.once('error', (error) => reject(request.complete ? error : cutOff()))
    request.once('close', () => {
      if (!request.complete) reject(cutOff())
    })
  })
}

const cutOff = () => new UnreadableRequest(400, 'REQUEST_STOPPED', 'The body ended before it was whole.')

const tooLarge = (limit: number) =>
  new UnreadableRequest(413, 'OPERATION_TOO_LARGE', `The request body is larger than ${limit / 1024} KB.`)
