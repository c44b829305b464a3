import type { TransferStore } from './store.ts'
import type { StoredTransfer, StoredVersion } from './storedTransfer.ts'

/** A version of a record, as the audit log records that it was made. */
export interface Snapshot {
  readonly transferId: string
  readonly version: number
  readonly childId: string
  /** SHA-256 of the record's canonical JSON, in hexadecimal. */
  readonly fingerprint: string
}

/** Records a snapshot in the audit log and proves that it is there: text that is verified offline. */
export type ProveSnapshot = (snapshot: Snapshot) => Promise<string>

/**
 * The act that the entry of a snapshot carries. It names the record by its fingerprint, so that a receipt fits one
 * record alone.
 */
export const snapshotAction = (fingerprint: string): string => `transferSnapshot sha256:${fingerprint}`

/**
 * The receipt of a version. One that was stored and then cut off before its entry was written gets both now: no version
 * is handed out that the log does not know.
 */
export const receiptOf = async (
  { store, proveSnapshot }: { readonly store: TransferStore; readonly proveSnapshot: ProveSnapshot },
  transfer: StoredTransfer,
  { version, fingerprint }: StoredVersion,
): Promise<string> => {
  const stored = await store.receipt(transfer.id, version)
  if (stored !== null) return stored
  const snapshot = { transferId: transfer.id, version, childId: transfer.child_id, fingerprint }
  return store.keepReceipt(transfer.id, version, await proveSnapshot(snapshot))
}
