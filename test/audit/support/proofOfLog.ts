import { createHash } from 'node:crypto'
import { readKeyHistory, ringFrom } from '../../../src/audit/keyHistory.ts'
import type { KeyRing } from '../../../src/audit/keyRing.ts'
import { openProver, type StoredEntry } from '../../../src/audit/logProofs.ts'
import { entryFrom, storedAuditEntry } from '../../../src/audit/readEntry.ts'
import { receiptText, verifyReceipt } from '../../../src/audit/receipt.ts'
import { verifyLog } from '../../../src/audit/verifyLog.ts'
import { signingKey } from '../../../src/auth/signingKeys.ts'
import type { Database } from '../../../src/store/database.ts'
import type { Answer } from './load.ts'

export interface ProofOfLog {
  readonly leaves: number
  readonly problems: readonly string[]
  /** Answers whose leaf was found, read against the answer, and proved to be in the signed tree. */
  readonly proved: number
  /** Answers that a client received and the log does not know, tells otherwise, or cannot prove. */
  readonly unrecorded: readonly string[]
}

/** The log's public keys, as somebody who verifies has them. */
export const ringIn = async (keysFolder: string): Promise<KeyRing> => {
  const { publicJwk } = await signingKey(keysFolder, 'audit', { mayCreate: false })
  return ringFrom(await readKeyHistory(keysFolder), publicJwk)
}

/**
 * Verifies the whole log; then every answer that a client received against its own leaf, with the proof that this leaf
 * is in the signed tree.
 */
export async function proofOfLog(
  database: Database,
  keysFolder: string,
  answers: readonly Answer[],
): Promise<ProofOfLog> {
  const ring = await ringIn(keysFolder)
  const { size, problems } = await verifyLog(database, ring)
  const entries = new Map<string, StoredEntry>()
  const hashes: Buffer[] = []
  const prover = openProver(database, ring)
  for (let from = 0; from < size; from += 2000)
    for (const entry of await prover.leaves(from, 2000)) {
      entries.set(storedAuditEntry(entry.leaf).id, entry)
      hashes.push(sha256(0, Buffer.from(entry.leaf)))
    }
  const note = await prover.checkpoint()
  const levels = levelsOf(hashes)
  const unrecorded: string[] = []
  const seen = new Set<string | null>()
  for (const answer of answers) {
    const entry = entries.get(answer.auditId ?? '')
    const fault = seen.has(answer.auditId)
      ? 'stands for two answers'
      : entry && note
        ? faultOf(answer, entry, receiptText({ ...entry, path: pathIn(levels, entry.index), note }), ring)
        : 'is not in the log'
    seen.add(answer.auditId)
    if (fault !== null) unrecorded.push(`${answer.auditId ?? 'An answer that names no leaf'} ${fault}`)
  }
  // And as the product itself proves it, for some of them.
  for (const { auditId } of answers.slice(-20)) {
    const entry = auditId === null ? null : await prover.byId(auditId)
    const receipt = entry && (await prover.receipt(entry))
    if (!receipt || !verifyReceipt(receipt, ring).ok) unrecorded.push(`${auditId} has no receipt`)
  }
  return { leaves: size, problems, proved: answers.length - unrecorded.length, unrecorded }
}

/** What is wrong with the record of one answer; null when it is whole. */
function faultOf(answer: Answer, entry: StoredEntry, receipt: string, ring: KeyRing): string | null {
  const verified = verifyReceipt(receipt, ring)
  if (!verified.ok) return verified.reason
  if (verified.leaf.id !== answer.auditId) return 'is another leaf'
  const leaf = entryFrom(entry.leaf, entry.payload)
  if (leaf.requestId !== answer.requestId) return 'is of another request'
  if (leaf.operation.hash !== answer.operation) return 'is of another operation'
  if (!answer.disclosed) return null
  if (leaf.outcome !== 'DISCLOSED') return 'does not say that anything was disclosed'
  return leaf.children.some(({ id }) => id === answer.child) ? null : 'does not name the child'
}

const sha256 = (prefix: number, ...parts: readonly Buffer[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256').update(Buffer.of(prefix))).digest()

/** The tree of RFC 9162, written anew: pairs are hashed level by level, and what has no pair goes up as it is. */
function levelsOf(leaves: readonly Buffer[]): readonly (readonly Buffer[])[] {
  const levels: (readonly Buffer[])[] = [leaves]
  for (let below = leaves; below.length > 1; below = levels.at(-1) ?? []) {
    const above: Buffer[] = []
    for (let at = 0; at < below.length; at += 2) {
      const [left, right] = [below[at], below[at + 1]]
      if (left) above.push(right ? sha256(1, left, right) : left)
    }
    levels.push(above)
  }
  return levels
}

const pathIn = (levels: readonly (readonly Buffer[])[], index: number): Buffer[] =>
  levels.flatMap((level, height) => level[(index >> height) ^ 1] ?? [])
