import { createHash, createPublicKey, KeyObject, sign, verify, type webcrypto } from 'node:crypto'

/** What the log says of itself at one moment: so many leaves, and this root. */
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
 * A checkpoint as a C2SP signed note, signed with Ed25519: plain text that any transparency-log tool can verify, with the log's origin as the
 * key's name. https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note
 */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: SigningKey, publicJwk: PublicKeyJwk): string {
  const text = textOf(checkpoint)
  const key = privateKey instanceof KeyObject ? privateKey : KeyObject.from(privateKey)
  const signature = sign(null, Buffer.from(text), key)
  const value = Buffer.concat([keyId(checkpoint.origin, publicJwk), signature]).toString('base64')
  return `${text}\n— ${checkpoint.origin} ${value}\n`
}

/** Verifies checkpoints under one key, which is prepared once. */
export function checkpointVerifier(publicJwk: PublicKeyJwk): (note: string) => Checkpoint | null {
  const { kty, crv, x } = publicJwk
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string')
    throw new TypeError('The audit key must be an Ed25519 public key.')
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' })
  return (note) => {
    const found = parse(note)
    if (!found) return null
    const expected = keyId(found.checkpoint.origin, publicJwk)
    const signed = found.signatures.some(
      ({ name, value }) =>
        name === found.checkpoint.origin &&
        value.length === 68 &&
        value.subarray(0, 4).equals(expected) &&
        verify(null, Buffer.from(textOf(found.checkpoint)), key, value.subarray(4)),
    )
    return signed ? found.checkpoint : null
  }
}

const textOf = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`

/** Four bytes that tell keys of one name apart; 1 stands for Ed25519. */
const keyId = (name: string, { x }: PublicKeyJwk): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([1]))
    .update(Buffer.from(x ?? '', 'base64url'))
    .digest()
    .subarray(0, 4)

interface Note {
  readonly checkpoint: Checkpoint
  readonly signatures: readonly { readonly name: string; readonly value: Buffer }[]
}

/** Strict: what is read back must be what would be written, so that no second reading of a note exists. */
function parse(note: string): Note | null {
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
