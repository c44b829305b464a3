import type { Checkpoint } from './checkpoint.ts'
import { cosignaturesIn, type WitnessPolicy } from './cosignature.ts'
import { type KeyRing, ringVerifier } from './keyRing.ts'
import { leafHash, provesInclusion } from './merkle.ts'
import { type StoredAuditEntry, storedAuditEntry } from './readEntry.ts'

/** A leaf, its place in the log, and the way from it to the root that the log has signed. */
export interface Receipt {
  readonly leaf: string
  readonly index: number
  readonly path: readonly Buffer[]
  /** The signed checkpoint, with the witnesses' lines under it. */
  readonly note: string
}

const header = 'c2sp.org/tlog-proof@v1'
const longestPath = 63

/**
 * The receipt as text that any transparency-log tool reads, with the leaf as the extra data. Whoever has the log's
 * public key needs nothing else to verify it. https://c2sp.org/tlog-proof
 */
export const receiptText = ({ leaf, index, path, note }: Receipt): string =>
  [
    header,
    `extra ${Buffer.from(leaf).toString('base64')}`,
    `index ${index}`,
    ...path.map((hash) => hash.toString('base64')),
    '',
    note,
  ].join('\n')

/** Strict: what is read back must be what would be written. Null otherwise; nothing in it has been verified. */
export function readReceipt(text: string): Receipt | null {
  const end = text.indexOf('\n\n')
  if (end < 0) return null
  const [first, extra, place, ...path] = text.slice(0, end).split('\n')
  const [, encoded] = /^extra ([A-Za-z0-9+/=]+)$/.exec(extra ?? '') ?? []
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(place ?? '') ?? []
  if (first !== header || encoded === undefined || digits === undefined || path.length > longestPath) return null
  const receipt = {
    leaf: Buffer.from(encoded, 'base64').toString('utf8'),
    index: Number(digits),
    path: path.map((hash) => Buffer.from(hash, 'base64')),
    note: text.slice(end + 2),
  }
  return receiptText(receipt) === text ? receipt : null
}

/** What is said of a receipt. `reason` is a sentence for whoever holds it. */
export type ReceiptVerification =
  | {
      readonly ok: true
      readonly leaf: StoredAuditEntry
      readonly index: number
      readonly checkpoint: Checkpoint
      /** Names of the known witnesses who signed the checkpoint. */
      readonly witnesses: readonly string[]
    }
  | { readonly ok: false; readonly code: ReceiptCode; readonly reason: string }

const reasons = {
  MALFORMED: 'This is not a receipt of the audit log.',
  CHECKPOINT: 'The checkpoint in the receipt is not signed with the key of the log.',
  INCLUSION: 'The entry is not in the log that the checkpoint describes: the receipt has been altered.',
  LEAF: 'The entry in the receipt cannot be read.',
  WITNESSES: 'Not enough witnesses have signed the checkpoint in the receipt.',
} as const
export type ReceiptCode = keyof typeof reasons

const refuse = (code: ReceiptCode): ReceiptVerification => ({ ok: false, code, reason: reasons[code] })

/** Verifies a receipt with nothing but public keys: no network, no clock and no trust in who handed it over. */
export function verifyReceipt(text: string, keys: KeyRing, policy?: WitnessPolicy): ReceiptVerification {
  const receipt = readReceipt(text)
  if (!receipt) return refuse('MALFORMED')
  const checkpoint = ringVerifier(keys)(receipt.note)
  if (!checkpoint) return refuse('CHECKPOINT')
  const { index, leaf, path } = receipt
  if (!provesInclusion(index, checkpoint.size, leafHash(leaf), path, checkpoint.root)) return refuse('INCLUSION')
  const witnesses = policy ? cosignaturesIn(receipt.note, policy.witnesses).map(({ witness }) => witness) : []
  if (policy && witnesses.length < policy.threshold) return refuse('WITNESSES')
  try {
    return { ok: true, leaf: storedAuditEntry(leaf), index, checkpoint, witnesses }
  } catch {
    return refuse('LEAF')
  }
}
