import { z } from 'zod'
import { canonicalJson, fingerprintOf } from './canonicalSnapshot.ts'
import { type Change, changed, differenceOf, type Json } from './versionDifference.ts'

/** A version with all that it says. */
export interface WholeVersion {
  readonly content: string
  readonly jws: string
  readonly fingerprint: string
}

/** A version that another replaced: what it says otherwise than the next, and its signature without what was signed. */
export interface PastVersion {
  readonly difference: string
  readonly jws: string
}

/**
 * What is kept of a version once there is a next one. A record of thousands of items differs from the next in a few,
 * and who keeps both whole keeps the same again for ever. Null where it cannot be told from the next to the last byte:
 * then it stays whole.
 */
export function pastVersion(version: WholeVersion, next: Pick<WholeVersion, 'content'>): PastVersion | null {
  const past = {
    difference: JSON.stringify(differenceOf(JSON.parse(next.content), JSON.parse(version.content))),
    jws: detached(version.jws),
  }
  const again = wholeVersion({ ...past, fingerprint: version.fingerprint }, next)
  return again?.content === version.content && again.jws === version.jws ? past : null
}

/** A past version as it was, made of the next; null where it is not what its fingerprint says. */
export function wholeVersion(
  { difference, jws, fingerprint }: PastVersion & Pick<WholeVersion, 'fingerprint'>,
  next: Pick<WholeVersion, 'content'>,
): WholeVersion | null {
  const content = canonicalJson(changed(JSON.parse(next.content), Changes.parse(JSON.parse(difference))))
  return fingerprintOf(content) === fingerprint ? { content, fingerprint, jws: attached(jws, content) } : null
}

const Changes = z.array(
  z.object({
    at: z.array(z.union([z.string(), z.number()])).readonly(),
    put: z.custom<Json>().optional(),
    drop: z.number().optional(),
  }),
) as z.ZodType<readonly Change[]>

/** A JWS whose payload is kept elsewhere (RFC 7515, appendix F). */
const detached = (jws: string): string => {
  const [header, , signature] = jws.split('.')
  return `${header}..${signature}`
}

const attached = (jws: string, content: string): string =>
  jws.replace('..', `.${Buffer.from(content).toString('base64url')}.`)
