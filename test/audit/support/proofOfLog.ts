import { leafFrom, storedLeaf } from '../../../src/audit/bytes.ts'
import { readKeyHistory, ringFrom } from '../../../src/audit/keyHistory.ts'
import type { KeyRing } from '../../../src/audit/keyRing.ts'
import { openProver, type Prover } from '../../../src/audit/prover.ts'
import { verifyReceipt } from '../../../src/audit/receipt.ts'
import { verifyLog } from '../../../src/audit/verify.ts'
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

/** Verifies the whole log; then every answer that a client received against its own leaf, with the proof that this leaf is in the signed tree. */
export async function proofOfLog(
  database: Database,
  keysFolder: string,
  answers: readonly Answer[],
): Promise<ProofOfLog> {
  const ring = await ringIn(keysFolder)
  const { size, problems } = await verifyLog(database, ring)
  const prover = openProver(database, ring)
  const unrecorded: string[] = []
  const seen = new Set<string>()
  for (let at = 0; at < answers.length; at += 16) {
    const faults = await Promise.all(answers.slice(at, at + 16).map((answer) => faultOf(answer, prover, ring)))
    unrecorded.push(...faults.filter((fault) => fault !== null))
  }
  for (const { auditId } of answers) {
    if (auditId !== null && seen.has(auditId)) unrecorded.push(`${auditId} stands for two answers`)
    if (auditId !== null) seen.add(auditId)
  }
  return { leaves: size, problems, proved: answers.length - unrecorded.length, unrecorded }
}

/** What is wrong with the record of one answer; null when it is whole. */
async function faultOf(answer: Answer, prover: Prover, ring: KeyRing): Promise<string | null> {
  if (answer.auditId === null) return 'an answer that names no leaf'
  const fault = (what: string) => `${answer.auditId} ${what}`
  const entry = await prover.byId(answer.auditId)
  if (!entry) return fault('is not in the log')
  const receipt = await prover.receipt(entry)
  if (receipt === null) return fault('stands beyond the signed tree')
  const verified = verifyReceipt(receipt, ring)
  if (!verified.ok) return fault(verified.reason)
  if (verified.leaf.id !== answer.auditId || storedLeaf(entry.leaf).id !== answer.auditId)
    return fault('is another leaf')
  const leaf = leafFrom(entry.leaf, entry.payload)
  if (leaf.requestId !== answer.requestId) return fault('is of another request')
  if (leaf.operation.hash !== answer.operation) return fault('is of another operation')
  if (!answer.disclosed) return null
  if (leaf.outcome !== 'DISCLOSED') return fault('does not say that anything was disclosed')
  return leaf.children.some(({ id }) => id === answer.child) ? null : fault('does not name the child')
}
