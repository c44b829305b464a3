import { Refusal } from '../foundation/errors.ts'
import type { Database } from '../store/database.ts'
import type { BlockRoots } from './blockRoots.ts'
import { readNote } from './checkpoint.ts'
import { cosignaturesIn, type WitnessPolicy } from './cosignature.ts'
import { type KeyRing, ringVerifier } from './keyRing.ts'
import { provesConsistency } from './merkle.ts'
import { type Receipt, receiptText, verifyReceipt } from './receipt.ts'
import { openTreeReader } from './treeReader.ts'

/** A leaf as it is stored, with its place. */
export interface StoredEntry {
  readonly index: number
  readonly leaf: string
  /** The persons of the leaf with their salts; null when they were erased, or stand in the leaf itself. */
  readonly payload: string | null
}

/** What the log shows of itself to others. */
export interface Prover {
  /** The newest checkpoint, with the witnesses' lines under it; null while the log is empty. */
  checkpoint(): Promise<string | null>
  checkpointAt(size: number): Promise<string | null>
  /** The newest checkpoint that enough witnesses have signed. */
  witnessed(): Promise<string | null>
  /** Between two sizes at which the log was signed; null when it was not. */
  consistency(first: number, second: number): Promise<readonly Buffer[] | null>
  byId(auditId: string): Promise<StoredEntry | null>
  byIndex(index: number): Promise<StoredEntry | null>
  /** Leaves from a place on, with their hashes, up to the newest checkpoint. */
  leaves(from: number, first: number): Promise<readonly (StoredEntry & { readonly hash: string })[]>
  /** A receipt for a leaf, under the newest checkpoint or a witnessed one. Null while the leaf stands beyond it. */
  receipt(entry: StoredEntry, under?: 'newest' | 'witnessed'): Promise<string | null>
  /** Keeps the lines of known witnesses under one of this log's own checkpoints. @returns how many were good. */
  addCosignatures(note: string, at: Date): Promise<number>
}

/**
 * Reads proofs from the stored log. Every proof is verified here before it is handed out, so that a damaged log gives
 * none.
 */
export function openProver(
  database: Database,
  keys: KeyRing,
  policy: WitnessPolicy | null = null,
  known?: BlockRoots,
): Prover {
  const tree = openTreeReader(database, known)
  const verify = ringVerifier(keys)
  const run = (name: string, text: string, values: readonly unknown[] = []) => database.rows({ name, text, values })

  const noted = async (name: string, condition: string, values: readonly unknown[]): Promise<string | null> => {
    const text = `select point.note::text || coalesce((select string_agg(line, '' order by witness)
        from gateway.audit_cosignature signed where signed.size = point.size), '')
      from gateway.audit_checkpoint point ${condition} order by point.size desc limit 1`
    return (await run(name, text, values))[0]?.[0] ?? null
  }
  const checkpoint = () => noted('audit-newest', '', [])
  const checkpointAt = (size: number) => noted('audit-at', 'where point.size = $1::bigint', [size])
  const witnessed = async () =>
    policy === null
      ? null
      : noted(
          'audit-witnessed',
          'where (select count(*) from gateway.audit_cosignature signed where signed.size = point.size) >= $1::int',
          [policy.threshold],
        )

  const entries = async (name: string, condition: string, values: readonly unknown[]) => {
    const text = `select leaf.seq::text, leaf.leaf::text, kept.payload::text, leaf.leaf_hash::text from gateway.audit_leaf leaf
      left join gateway.audit_payload kept on kept.seq = leaf.seq where ${condition}`
    return (await run(name, text, values)).map(([seq, leaf, payload, hash]) => ({
      index: Number(seq),
      leaf: leaf ?? '',
      payload: payload ?? null,
      hash: hash ?? '',
    }))
  }

  const checkpointOf = (note: string) => {
    const found = verify(note)
    if (!found) throw damaged('A stored checkpoint is not signed with the key of the log.')
    return found
  }

  return {
    checkpoint,
    checkpointAt,
    witnessed,
    consistency: async (first, second) => {
      const [older, newer] = await Promise.all([checkpointAt(first), checkpointAt(second)])
      if (older === null || newer === null || first > second) return null
      const [before, after] = [checkpointOf(older), checkpointOf(newer)]
      const proof = await tree.consistency(first, second)
      if (!provesConsistency(first, second, proof, before.root, after.root))
        throw damaged(`The log at ${second} does not continue the log at ${first}.`)
      return proof
    },
    byId: async (auditId) =>
      (
        await entries('audit-by-id', 'leaf.seq = (select min(seq) from gateway.audit_payload where id = $1::text)', [
          auditId,
        ])
      )[0] ?? null,
    byIndex: async (index) => (await entries('audit-by-index', 'leaf.seq = $1::bigint', [index]))[0] ?? null,
    leaves: (from, first) =>
      entries(
        'audit-page',
        `leaf.seq >= $1::bigint and leaf.seq < $1::bigint + $2::int
           and leaf.seq < (select max(size) from gateway.audit_checkpoint) order by leaf.seq`,
        [from, first],
      ),
    receipt: async ({ index, leaf }, under = 'newest') => {
      const note = await (under === 'newest' ? checkpoint() : witnessed())
      if (note === null) return null
      const { size } = checkpointOf(note)
      if (index >= size) return null
      const receipt: Receipt = { leaf, index, path: await tree.inclusion(index, size), note }
      const text = receiptText(receipt)
      const verified = verifyReceipt(text, keys)
      if (!verified.ok) throw damaged(`Entry ${index}: ${verified.reason}`)
      return text
    },
    addCosignatures: async (note, at) => {
      const claimed = readNote(note)?.checkpoint
      const own = claimed ? await checkpointAt(claimed.size) : null
      const ours = own === null ? null : readNote(own)?.checkpoint
      if (!policy || !claimed || !ours?.root.equals(claimed.root) || ours.origin !== claimed.origin) return 0
      const good = cosignaturesIn(note, policy.witnesses)
      for (const { witness, line } of good)
        await run(
          'audit-cosigned',
          `insert into gateway.audit_cosignature (size, witness, line, at)
             values ($1::bigint, $2::text, $3::text, $4::timestamptz) on conflict do nothing`,
          [claimed.size, witness, line, at.toISOString()],
        )
      return good.length
    },
  }
}

const damaged = (detail: string): Refusal => new Refusal('AUDIT_UNAVAILABLE', { detail })
