import { createHash, createPublicKey, KeyObject, sign, verify, type webcrypto } from 'node:crypto'

/** What the log says of itself at one moment: so many entries, and this root. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

/** A key as `node:crypto` or as `jose` has it. */
export type SigningKey = KeyObject | webcrypto.CryptoKey

/** Ed25519 public key as a JWK. */
export interface PublicKeyJwk {
  readonly kty?: string
  readonly crv?: string
  readonly x?: string
}

/**
 * Signs checkpoints of one log under one key, which is prepared once. Each is a C2SP signed note, signed with Ed25519:
 * plain text that any transparency-log tool can verify, with the log's origin as the key's name.
 * https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
 */
export function checkpointSigner(
  origin: string,
  privateKey: SigningKey,
  publicJwk: PublicKeyJwk,
): (end: Pick<Checkpoint, 'size' | 'root'>) => string {
  const key = nodeKey(privateKey)
  const id = keyId(origin, publicJwk, ed25519)
  return ({ size, root }) => {
    const text = checkpointText({ origin, size, root })
    const value = Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')
    return `${text}\n— ${origin} ${value}\n`
  }
}

/** Verifies checkpoints under one key, which is prepared once. */
export function checkpointVerifier(publicJwk: PublicKeyJwk): (note: string) => Checkpoint | null {
  const key = verifyingKey(publicJwk)
  return (note) => {
    const found = readNote(note)
    if (!found) return null
    const expected = keyId(found.checkpoint.origin, publicJwk, ed25519)
    const signed = found.signatures.some(
      ({ name, value }) =>
        name === found.checkpoint.origin &&
        value.length === 68 &&
        value.subarray(0, 4).equals(expected) &&
        verify(null, Buffer.from(checkpointText(found.checkpoint)), key, value.subarray(4)),
    )
    return signed ? found.checkpoint : null
  }
}

/** The three lines that are signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

export const nodeKey = (key: SigningKey): KeyObject => (key instanceof KeyObject ? key : KeyObject.from(key))

/** @throws TypeError when it is not an Ed25519 public key. */
export function verifyingKey({ kty, crv, x }: PublicKeyJwk): KeyObject {
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string')
    throw new TypeError('The audit key must be an Ed25519 public key.')
  return createPublicKey({ key: { kty, crv, x }, format: 'jwk' })
}

/** Kinds of signature in a note: the log's own, and a witness's with its time. */
export const ed25519 = 1
export const cosignatureV1 = 4

/** Four bytes that tell keys of one name apart, and kinds of signature of one key. */
export const keyId = (name: string, { x }: PublicKeyJwk, kind: number): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([kind]))
    .update(Buffer.from(x ?? '', 'base64url'))
    .digest()
    .subarray(0, 4)

/** A note as it was read. Nothing in it has been verified. */
export interface Note {
  readonly checkpoint: Checkpoint
  readonly signatures: readonly { readonly name: string; readonly value: Buffer }[]
}

/** Strict: what is read back must be what would be written, so that no second reading of a note exists. */
export function readNote(note: string): Note | null {
  const [origin, sizeText, rootText, blank, ...lines] = note.split('\n')
  if (!origin || sizeText === undefined || rootText === undefined || blank !== '' || lines.pop() !== '') return null
  const size = Number(sizeText)
  const root = Buffer.from(rootText, 'base64')
  if (!Number.isSafeInteger(size) || size < 0 || String(size) !== sizeText) return null
  if (root.length !== 32 || root.toString('base64') !== rootText) return null
  const signatures = lines.map(signatureOf)
  return signatures.every((signature) => signature !== null) ? { checkpoint: { origin, size, root }, signatures } : null
}

function signatureOf(line: string): Note['signatures'][number] | null {
  const [, name, text] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const value = Buffer.from(text ?? '', 'base64')
  return name !== undefined && value.toString('base64') === text ? { name, value } : null
}
