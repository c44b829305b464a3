import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import canonicalize from 'canonicalize'

/** A federation router in front of the subgraphs, known by the secret that it shares with them. */
export interface Router {
  /** As grants name it that only it may present. Tells nothing of the secret. */
  readonly sender: string
  /** Whether a posted operation bears its signature. */
  readonly sent: (posted: Readonly<Record<string, unknown>>) => boolean
}

/**
 * Hive Gateway signs what it sends to subgraphs when it is given `hmacSignature: { secret }`: HMAC-SHA256 over query
 * and variables as JSON with sorted members, in `extensions`. The variables hold the grants, each good for a minute.
 */
export const routerOf = (secret: string): Router => ({
  sender: `router:${createHash('sha256').update(`wholeview router ${secret}`).digest('base64url')}`,
  sent: ({ query, variables, extensions }) => {
    const given = isRecord(extensions) ? extensions['hmac-signature'] : undefined
    if (typeof given !== 'string') return false
    const hasVariables = isRecord(variables) && Object.keys(variables).length > 0
    const signed = canonicalize({ query, ...(hasVariables ? { variables } : {}) })
    const expected = createHmac('sha256', secret)
      .update(signed ?? '')
      .digest()
    const bytes = Buffer.from(given, 'base64')
    return bytes.length === expected.length && timingSafeEqual(bytes, expected)
  },
})

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
