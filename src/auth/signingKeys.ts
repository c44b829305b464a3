import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'

/** `grant`, `transfer` and `audit` are the gateway's, `workbench` its pages'; `issuer` and `client` are the demonstration's. One key, one use. */
export type SigningKeyName = 'grant' | 'transfer' | 'audit' | 'workbench' | 'issuer' | 'client'

/** `EdDSA` (Ed25519) for what the gateway signs; `ES256` for the development issuer's tokens. */
export type SigningAlgorithm = 'EdDSA' | 'ES256'

export interface PublicJwk {
  readonly kty: 'OKP' | 'EC'
  readonly crv: 'Ed25519' | 'P-256'
  readonly x: string
  readonly y?: string
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly use: 'sig'
}

export interface SigningKey {
  /** RFC 7638 thumbprint: the same key has the same name everywhere. */
  readonly kid: string
  /** For `jose` and for `node:crypto` alike. */
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** What may be published. */
  readonly publicJwk: PublicJwk
}

export interface SigningKeyOptions {
  /** False in production: a key that appears by itself is a key that nobody pinned. */
  readonly mayCreate: boolean
  readonly algorithm?: SigningAlgorithm
}

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const privateJwk = z.union([
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate, d: coordinate }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate, d: coordinate }),
])

/** Where a key lies. The operator's messages name it. */
export const signingKeyFile = (folder: string, name: SigningKeyName): string => join(folder, `${name}.jwk.json`)

/** Loads a key pair, or makes one where that is allowed. The file holds a private key and must be closed to other users. */
export const signingKey = async (
  folder: string,
  name: SigningKeyName,
  { mayCreate, algorithm = 'EdDSA' }: SigningKeyOptions,
): Promise<SigningKey> => {
  const file = signingKeyFile(folder, name)
  const found = await readIfThere(file)
  if (found !== null) return load(file, found, algorithm)
  if (!mayCreate) {
    throw new StartupError([
      `The signing key "${name}" is missing: ${file} does not exist. Copy it there from your backup (a private JWK, mode 0600), or make it once with "wholeview start" outside production, and keep a backup.`,
    ])
  }
  await create(folder, file, algorithm)
  return load(file, await readFile(file, 'utf8'), algorithm)
}

const readIfThere = async (file: string): Promise<string | null> => {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
      throw new StartupError([`${file} holds a private key and can be read by every user. Run: chmod 600 ${file}`])
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Written aside, then linked into place: of two processes that start together both end with the same whole file. */
const create = async (folder: string, file: string, algorithm: SigningAlgorithm): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { privateKey } =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const aside = `${file}.${randomUUID()}`
  const handle = await open(aside, 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await unlink(aside)
  }
}

const load = async (file: string, text: string, alg: SigningAlgorithm): Promise<SigningKey> => {
  const unusable = new StartupError([
    `${file} is not a private ${alg === 'EdDSA' ? 'Ed25519' : 'P-256'} JWK. Put the right file back from your backup.`,
  ])
  let jwk: z.infer<typeof privateJwk>
  let privateKey: KeyObject
  try {
    jwk = privateJwk.parse(JSON.parse(text))
    privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  } catch {
    throw unusable
  }
  if ((alg === 'EdDSA') !== (jwk.kty === 'OKP')) throw unusable
  const publicKey = createPublicKey({ key: publicPart(jwk), format: 'jwk' })
  const derived = createPublicKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  if (!derived.equals(publicKey)) throw unusable
  const kid = await calculateJwkThumbprint(publicPart(jwk))
  return { kid, privateKey, publicKey, publicJwk: { ...publicPart(jwk), kid, alg, use: 'sig' } }
}

const publicPart = ({ d: _secret, ...rest }: z.infer<typeof privateJwk>) => rest
