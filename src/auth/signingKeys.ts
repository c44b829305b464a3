import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { link, open, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { codeOf } from '../foundation/jsonFile.ts'
import { textOf } from '../foundation/settingFile.ts'
import { makeFolder } from '../foundation/settingFolder.ts'

/**
 * `grant`, `transfer` and `audit` are the gateway's, `workbench` its pages'; `issuer` and `client` are the
 * demonstration's. One key, one use.
 */
export type SigningKeyName = 'grant' | 'transfer' | 'audit' | 'workbench' | 'issuer' | 'client'

/** `EdDSA` (Ed25519) for what the gateway signs; `ES256` for the development issuer's tokens. */
export type SigningAlgorithm = 'EdDSA' | 'ES256'

/** A key as it is published. It says what it is for: whoever accepts one use of it refuses every other. */
export interface PurposedJwk extends PublicJwk {
  readonly purpose: SigningKeyName
}

/**
 * @throws StartupError where one key would serve two uses: whoever takes its word for the one could be given the other.
 */
export const publishedKeys = (keys: Readonly<Partial<Record<SigningKeyName, SigningKey>>>): readonly PurposedJwk[] => {
  const published: PurposedJwk[] = []
  for (const purpose of ['grant', 'transfer', 'audit', 'issuer', 'client'] as const) {
    const key = keys[purpose]
    if (!key) continue
    const twin = published.find(({ kid }) => kid === key.kid)
    if (twin)
      throw new StartupError([
        `KEYS_DIR: "${purpose}" and "${twin.purpose}" are one key. Each use has a key of its own.`,
      ])
    published.push({ ...key.publicJwk, purpose })
  }
  return published
}

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

/**
 * Loads a key pair, or makes one where that is allowed. The file holds a private key and must be closed to other users.
 */
export const signingKey = async (
  folder: string,
  name: SigningKeyName,
  { mayCreate, algorithm = 'EdDSA' }: SigningKeyOptions,
): Promise<SigningKey> => {
  const found = await signingKeyIfThere(folder, name, algorithm)
  if (found) return found
  if (!mayCreate) throw missingKey(folder, name)
  const file = signingKeyFile(folder, name)
  await create(folder, file, algorithm)
  return load(file, textOf(file), algorithm)
}

/** The key pair, or null where there is none. @throws StartupError when the file is there and is no such key. */
export const signingKeyIfThere = async (
  folder: string,
  name: SigningKeyName,
  algorithm: SigningAlgorithm = 'EdDSA',
): Promise<SigningKey | null> => {
  const file = signingKeyFile(folder, name)
  const text = await readIfThere(file)
  return text === null ? null : load(file, text, algorithm)
}

export const missingKey = (folder: string, name: SigningKeyName): StartupError =>
  new StartupError([
    `KEYS_DIR: the signing key "${name}" is missing: ${signingKeyFile(folder, name)} does not exist. Copy it there from your backup (a private JWK, mode 0600), or make it once with "wholeview keys create", and keep a backup.`,
  ])

const readIfThere = async (file: string): Promise<string | null> => {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o007) !== 0) {
      throw new StartupError([
        `KEYS_DIR: ${file} holds a private key and can be read by every user. Run: chmod 600 ${file}`,
      ])
    }
    return textOf(file)
  } catch (error) {
    if (error instanceof StartupError) throw error
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StartupError([`KEYS_DIR: ${file} cannot be read${codeOf(error)}. Look at the rights of file and folder.`])
  }
}

/** Written aside, then linked into place: of two processes that start together both end with the same whole file. */
const create = async (folder: string, file: string, algorithm: SigningAlgorithm): Promise<void> => {
  makeFolder('KEYS_DIR', folder)
  const { privateKey } =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const aside = `${file}.${randomUUID()}`
  const handle = await open(aside, 'wx', 0o600).catch((error: unknown) => {
    throw new StartupError([
      `KEYS_DIR: ${folder} cannot be written to${codeOf(error)}. Name a folder that may be written to.`,
    ])
  })
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
    `KEYS_DIR: ${file} is not a private ${alg === 'EdDSA' ? 'Ed25519' : 'P-256'} JWK. Put the right file back from your backup.`,
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
