/** With which the gateway signs all that it sends to agencies. */
export const gatewayAlgorithm = 'EdDSA'

/** What is expected of a token's form. */
export interface ExpectedForm {
  /** `typ`: what the gateway signs for one use never serves another. */
  readonly type: string
  readonly longest: number
}

/**
 * What can be said of a token before any key is looked up; null when its form is right. Closes what a lenient decoder
 * lets by.
 */
export const faultOfForm = (token: unknown, { type, longest }: ExpectedForm): string | null => {
  if (typeof token !== 'string') return 'not text'
  if (token.length > longest) return 'too long'
  const parts = token.split('.')
  if (parts.length !== 3) return 'not three parts'
  if (!parts.every(isCanonical)) return 'not canonical base64url'
  return headerFault(parts[0] ?? '', type)
}

/** Exactly `alg`, `typ` and `kid`: no key, address or criticality may be brought along. */
const headerFault = (encoded: string, type: string): string | null => {
  const text = Buffer.from(encoded, 'base64url').toString('utf8')
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    return 'header not JSON'
  }
  if (typeof header !== 'object' || header === null) return 'header not an object'
  // A member that stands twice is dropped by the parser: the text then differs from what is printed again.
  if (JSON.stringify(header) !== text) return 'header not canonical'
  const { alg, typ, kid, ...others } = header as Readonly<Record<string, unknown>>
  if (Object.keys(others).length > 0) return 'header with other members'
  if (alg !== gatewayAlgorithm) return 'another algorithm'
  if (typ !== type) return 'another type of token'
  return typeof kid === 'string' && kid.length > 0 && kid.length <= 200 ? null : 'no key id'
}

const isCanonical = (part: string): boolean =>
  part.length > 0 && Buffer.from(part, 'base64url').toString('base64url') === part
