import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { textOf, UnfitFile } from '../foundation/settingFile.ts'

/** Where an agency gets the gateway's public keys: the gateway's address, a file it was handed, or the set itself. */
export type GatewayKeys = { readonly url: URL } | { readonly file: string } | { readonly set: unknown }

/** Only what a verifier needs: a private part, or a key of another kind, is left behind. */
const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  purpose: z.string().optional(),
})
const keySet = z.object({ keys: z.array(z.unknown()) })

/**
 * A look-up by `kid` of the keys that sign grants, and of no other: the gateway publishes those of its log and of its
 * transfers beside them. By address they are fetched at first use, cached, and fetched again at most twice a minute for
 * an unknown `kid`.
 */
export const gatewayKeys = async (source: GatewayKeys): Promise<JWTVerifyGetKey> => {
  if ('url' in source)
    return createRemoteJWKSet(source.url, {
      timeoutDuration: 3000,
      cooldownDuration: 30_000,
      [customFetch]: async (url, options) => grantKeysIn(await fetch(url, options)),
    })
  if ('set' in source) return createLocalJWKSet(grantKeys(source.set))
  try {
    return createLocalJWKSet(grantKeys(JSON.parse(textOf(source.file))))
  } catch (cause) {
    throw new StartupError([
      `GATEWAY_JWKS: ${source.file} has no public Ed25519 key whose purpose is "grant". Save the gateway's /.well-known/jwks.json there (${describe(cause)}).`,
    ])
  }
}

const grantKeysIn = async (response: Response): Promise<Response> =>
  response.status === 200 ? Response.json(grantKeys(await response.json())) : response

/** A key that stands under two purposes serves neither: its word for the one could be passed off as the other. */
const grantKeys = (json: unknown): JSONWebKeySet => {
  const all = keySet.parse(json).keys.flatMap((key) => publicKey.safeParse(key).data ?? [])
  const others = all.filter(({ purpose }) => purpose !== 'grant')
  const keys = all
    .filter(({ purpose, kid, x }) => purpose === 'grant' && !others.some((other) => other.kid === kid || other.x === x))
    .map(({ purpose: _, ...key }) => key)
  if (keys.length === 0) throw new TypeError('no Ed25519 key for grants')
  return { keys }
}

const describe = (cause: unknown): string =>
  cause instanceof UnfitFile
    ? cause.message
    : cause instanceof Error && 'code' in cause
      ? String(cause.code)
      : 'its content is not as expected'
