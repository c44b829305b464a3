import { sign, verify } from 'node:crypto'
import {
  type Checkpoint,
  checkpointText,
  cosignatureV1,
  keyId,
  nodeKey,
  type PublicKeyJwk,
  readNote,
  type SigningKey,
  verifyingKey,
} from './checkpoint.ts'

/** A partner that watches the log: under this name it signs the checkpoints that it has found consistent. */
export interface Witness {
  readonly name: string
  readonly publicJwk: PublicKeyJwk
}

/** Whose word is wanted, and of how many. */
export interface WitnessPolicy {
  readonly witnesses: readonly Witness[]
  /** How many of them must have signed. */
  readonly threshold: number
}

/**
 * A witness's line under a checkpoint: "at this time, this is the largest tree of this log that I have seen, and it
 * continues those before it". https://c2sp.org/tlog-cosignature
 */
export function cosign(checkpoint: Checkpoint, witness: Witness, privateKey: SigningKey, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, message(checkpoint, seconds), nodeKey(privateKey))
  const value = Buffer.concat([keyId(witness.name, witness.publicJwk, cosignatureV1), time, signature])
  return `— ${witness.name} ${value.toString('base64')}\n`
}

/** One good signature of a known witness under a note. */
export interface Cosignature {
  readonly witness: string
  readonly at: Date
  readonly line: string
}

/** The good signatures of these witnesses under a note, each witness once. Lines of anyone else are not looked at. */
export function cosignaturesIn(note: string, witnesses: readonly Witness[]): readonly Cosignature[] {
  const read = readNote(note)
  if (!read) return []
  const found = new Map<string, Cosignature>()
  for (const { name, value } of read.signatures) {
    const witness = witnesses.find((known) => known.name === name)
    if (!witness || value.length !== 76 || found.has(name)) continue
    if (!value.subarray(0, 4).equals(keyId(name, witness.publicJwk, cosignatureV1))) continue
    const seconds = Number(value.readBigUInt64BE(4))
    if (!Number.isSafeInteger(seconds)) continue
    if (!verify(null, message(read.checkpoint, seconds), verifyingKey(witness.publicJwk), value.subarray(12))) continue
    found.set(name, { witness: name, at: new Date(seconds * 1000), line: `— ${name} ${value.toString('base64')}\n` })
  }
  return [...found.values()]
}

const message = (checkpoint: Checkpoint, seconds: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpointText(checkpoint)}`)
