import { type KeyRing, ringVerifier } from './keyRing.ts'
import { emptyFrontier, grow, leafHash, rootOf } from './merkle.ts'
import { type StoredAuditEntry, storedAuditEntry } from './readEntry.ts'

/** The log as one organisation was given it: every hash, and the text of its own leaves. */
export interface OwnLog {
  readonly leaves: readonly { readonly index: number; readonly hash: string; readonly leaf: string | null }[]
  /** Signed; it may stand before the last of the leaves. Null: nothing was recorded yet. */
  readonly checkpoint: string | null
}

export type OwnVerification =
  | {
      readonly ok: true
      /** Of the checkpoint. */
      readonly size: number
      readonly own: readonly { readonly index: number; readonly leaf: StoredAuditEntry }[]
    }
  | { readonly ok: false; readonly reason: string }

const refuse = (reason: string): OwnVerification => ({ ok: false, reason })

/**
 * Recomputes the log from its hashes: that the signed root is theirs, that each readable leaf is the one hashed at its
 * place, and that the log still begins as it did when the organisation kept a checkpoint. Pure; the log's public key is
 * all that is trusted.
 */
export function verifyOwn({ leaves, checkpoint }: OwnLog, keys: KeyRing, kept: string | null): OwnVerification {
  const verify = ringVerifier(keys)
  if (checkpoint === null && kept === null && leaves.length === 0) return { ok: true, size: 0, own: [] }
  if (checkpoint === null) return refuse('The log shows no checkpoint.')
  const newest = verify(checkpoint)
  if (!newest) return refuse('The checkpoint is not signed with the key of the log.')
  const earlier = kept === null ? null : verify(kept)
  if (kept !== null && !earlier) return refuse('The checkpoint that was kept is not signed with the key of the log.')
  if (earlier && earlier.origin !== newest.origin) return refuse('The checkpoint that was kept is of another log.')
  if (earlier && earlier.size > newest.size)
    return refuse(
      `The log ends at ${newest.size}, before the checkpoint that was kept, ${earlier.size}: entries were removed.`,
    )
  if (leaves.length < newest.size)
    return refuse(`${newest.size - leaves.length} entries of the checkpoint were not shown.`)

  let frontier = emptyFrontier
  const own: { index: number; leaf: StoredAuditEntry }[] = []
  for (const { index, hash, leaf } of leaves.slice(0, newest.size)) {
    if (index !== frontier.size || !/^[0-9a-f]{64}$/.test(hash)) return refuse(`Entry ${frontier.size} is missing.`)
    if (leaf !== null) {
      if (leafHash(leaf).toString('hex') !== hash) return refuse(`Entry ${index} is not what the log recorded.`)
      own.push({ index, leaf: storedAuditEntry(leaf) })
    }
    frontier = grow(frontier, [Buffer.from(hash, 'hex')])
    if (earlier?.size === frontier.size && !rootOf(frontier).equals(earlier.root))
      return refuse(`The log up to ${earlier.size} is not the one of the checkpoint that was kept: it was rewritten.`)
  }
  if (!rootOf(frontier).equals(newest.root))
    return refuse('The entries do not give the root that the checkpoint signed.')
  return { ok: true, size: newest.size, own }
}
