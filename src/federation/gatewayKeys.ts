import { readFile } from 'node:fs/promises'
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'

/** Where an agency gets the gateway's public keys: the gateway's address, a file it was handed, or the set itself. */
export type GatewayKeys = { readonly url: URL } | { readonly file: string } | { readonly set: JSONWebKeySet }

/** Only what a verifier needs: a private part, or a key of another kind, is left behind. */
const publicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string() })
const keySet = z.object({ keys: z.array(z.unknown()) })

/** A look-up of keys by `kid`. By address it is fetched at first use, kept, and fetched again at most twice a minute for an unknown `kid`. */
export const gatewayKeys = async (source: GatewayKeys): Promise<JWTVerifyGetKey> => {
  if ('url' in source) return createRemoteJWKSet(source.url, { timeoutDuration: 3000, cooldownDuration: 30_000 })
  if ('set' in source) return createLocalJWKSet(source.set)
  try {
    return createLocalJWKSet(readKeySet(JSON.parse(await readFile(source.file, 'utf8'))))
  } catch (cause) {
    throw new StartupError([
      `GATEWAY_JWKS: ${source.file} is not a set of public Ed25519 keys. Save the gateway's /.well-known/jwks.json there (${describe(cause)}).`,
    ])
  }
}

const readKeySet = (json: unknown): JSONWebKeySet => {
  const keys = keySet.parse(json).keys.flatMap((key) => publicKey.safeParse(key).data ?? [])
  if (keys.length === 0) throw new TypeError('no Ed25519 key')
  return { keys }
}

const describe = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'its content is not as expected'
