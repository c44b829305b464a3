import { createHash } from 'node:crypto'
import { demonstrationSecret } from '../../../src/auth/developmentIssuer.ts'
import { requestToken } from '../../../src/auth/tokenClient.ts'

/** One answer that a client received whole, with what its leaf must say. */
export interface Answer {
  /** The leaf that it names; null when it names none. */
  readonly auditId: string | null
  readonly requestId: string | null
  /** Whether something was disclosed in it. */
  readonly disclosed: boolean
  readonly child: string
  /** SHA-256 of the operation's text. */
  readonly operation: string
}

/** What clients of one gateway received until it went away. */
export interface Received {
  readonly answers: Answer[]
  /** Codes of refusals, each once. */
  readonly codes: Set<string>
  /** Requests that were under way when the gateway went away. */
  cutOff: number
}

export const nothingReceived = (): Received => ({ answers: [], codes: new Set(), cutOff: 0 })

export const tokenOf = async (url: string, persona: string): Promise<string> =>
  (await requestToken({ tokenUrl: `${url}/issuer/token`, personaId: persona, secret: demonstrationSecret })).token

const children = ['C04', 'C01', 'C05', 'C04'] as const
let serial = 0

/**
 * Asks with several connections at once until the signal or until the gateway is gone; `into` grows with every whole
 * answer.
 */
export async function ask(
  url: string,
  token: string,
  signal: AbortSignal,
  into: Received,
  connections = 6,
): Promise<void> {
  const one = async (): Promise<void> => {
    while (!signal.aborted) {
      const answered = await post(url, token, into)
      if (!answered) return
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
}

/** One question, of a text of its own. @returns whether it was answered whole. */
export async function post(url: string, token: string, into: Received): Promise<boolean> {
  serial += 1
  const child = children[serial % children.length] ?? 'C04'
  const query = `query q${serial} { child(id: "${child}") { id names { given } } }`
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(60_000),
    })
    const body: unknown = await response.json()
    for (const code of codesOf(body)) into.codes.add(code)
    const auditId = response.headers.get('x-audit-id')
    const disclosed = hasData(body)
    if (disclosed || auditId !== null)
      into.answers.push({
        auditId,
        requestId: response.headers.get('x-request-id'),
        disclosed,
        child,
        operation: createHash('sha256').update(query).digest('hex'),
      })
    return true
  } catch {
    into.cutOff += 1
    return false
  }
}

const hasData = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'data' in body &&
  typeof body.data === 'object' &&
  body.data !== null &&
  Object.values(body.data).some((value) => value !== null)

const codesOf = (body: unknown): string[] => {
  const errors: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : []
  return Array.isArray(errors) ? errors.map((error) => String(error?.extensions?.code)) : []
}
