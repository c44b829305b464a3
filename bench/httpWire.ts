/** Where an endpoint is on this machine. */
export interface Address {
  readonly port: number
  readonly path: string
}

/** One GraphQL request, as it goes over a kept connection. */
export const requestText = ({ path, port }: Address, body: string, token: string): string =>
  [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'accept: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')

/** Puts chunks together until one whole response is there. It reads no more of HTTP than the contestants write. */
export class ResponseReader {
  #chunks: Buffer[] = []
  #size = 0
  #whole = -1

  push(chunk: Buffer): string | null {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#whole < 0) this.#whole = this.#wholeSize()
    if (this.#whole < 0 || this.#size < this.#whole) return null
    // The start and the end show success and errors; decoding all of a large answer would be the load's own cost.
    const head = this.#chunks[0]?.toString('latin1', 0, 600) ?? ''
    const text = this.#size < 2000 ? Buffer.concat(this.#chunks).toString('latin1') : head
    this.#chunks = []
    this.#size = 0
    this.#whole = -1
    return text
  }

  #wholeSize(): number {
    const text = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return -1
    const head = text.toString('latin1', 0, end).toLowerCase()
    const length = /content-length: (\d+)/.exec(head)?.[1]
    if (length !== undefined) return end + 4 + Number(length)
    const last = text.indexOf('\r\n0\r\n\r\n')
    return head.includes('chunked') && last >= 0 ? last + 7 : -1
  }
}

/** Whether a response, as far as it was read, is an answer without errors. */
export const isAnswer = (response: string): boolean =>
  response.startsWith('HTTP/1.1 200') && !response.includes('"errors":')
