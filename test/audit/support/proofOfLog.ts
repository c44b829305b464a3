import { readKeyHistory, ringFrom } from '../../../src/audit/keyHistory.ts'
import { openProver } from '../../../src/audit/prover.ts'
import { verifyReceipt } from '../../../src/audit/receipt.ts'
import { verifyLog } from '../../../src/audit/verify.ts'
import { signingKey } from '../../../src/auth/signingKeys.ts'
import type { Database } from '../../../src/store/database.ts'

export interface ProofOfLog {
  readonly leaves: number
  readonly problems: readonly string[]
  /** Answers that a client received and the log does not know, or cannot prove. */
  readonly unrecorded: readonly string[]
}

/** Verifies the whole log, and a place in it for everything that a client received. */
export async function proofOfLog(
  database: Database,
  keysFolder: string,
  received: readonly string[],
): Promise<ProofOfLog> {
  const { publicJwk } = await signingKey(keysFolder, 'audit', { mayCreate: false })
  const ring = ringFrom(await readKeyHistory(keysFolder), publicJwk)
  const { size, problems } = await verifyLog(database, ring)
  const prover = openProver(database, ring)
  const rows = await database.rows({ name: 'all-ids', text: 'select id::text from gateway.audit_payload', values: [] })
  const known = new Set(rows.map(([id]) => id))
  const unrecorded = received.filter((id) => !known.has(id))
  // A receipt for a few of them as well: the rest is in the same tree.
  for (const id of received.slice(-3)) {
    const entry = await prover.byId(id)
    const receipt = entry && (await prover.receipt(entry))
    if (!receipt || !verifyReceipt(receipt, ring).ok) unrecorded.push(`${id} has no receipt`)
  }
  return { leaves: size, problems, unrecorded }
}
