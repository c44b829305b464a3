import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Database } from '../store/database.ts'

/** Ids that may be used once: of DPoP proofs and of client assertions. */
export interface ReplayStore {
  /**
   * Whether this is the first use of `id` by `owner`. What it has said yes to, it never says yes to again before
   * `expiresAt` (seconds).
   */
  firstUse(owner: string, id: string, expiresAt: number, now: number): Promise<boolean>
}

/** A digest has one length whatever a sender wrote, and tells nothing to a reader of the table. */
const keyOf = (owner: string, id: string): string =>
  createHash('sha256')
    .update(JSON.stringify([owner, id]))
    .digest('base64url')

/**
 * The first check, in this process alone. It is bounded, so a flood may push ids out; what forgets nothing is the table
 * behind it.
 */
export const recentlyUsed = (most = 50_000): ReplayStore => {
  const used = new LRUCache<string, number>({ max: most })
  return {
    firstUse: async (owner, id, expiresAt, now) => {
      const key = keyOf(owner, id)
      if ((used.get(key) ?? 0) > now) return false
      used.set(key, expiresAt)
      return true
    },
  }
}

/** A store that hangs is one that cannot be asked. */
const longestAskMilliseconds = 5000

/** Between two sweeps of what has expired. */
const insertsPerSweep = 1000

/**
 * Shared by every gateway on one database: of two that are shown one proof at the same instant, the insert lets one
 * through.
 */
export const sharedReplayStore = (database: Database, first: ReplayStore = recentlyUsed()): ReplayStore => {
  let inserts = 0
  const sweep = (now: number): void => {
    const sentence = { name: 'token_replay_sweep', text: sweepText, values: [now] }
    // A sweep that fails leaves rows that the next one takes.
    database.rows(sentence).catch(() => undefined)
  }
  return {
    firstUse: async (owner, id, expiresAt, now) => {
      if (!(await first.firstUse(owner, id, expiresAt, now))) return false
      const values = [keyOf(owner, id), expiresAt, now]
      const statement = { name: 'token_replay_use', text: useText, values }
      const rows = await database.rows(statement, AbortSignal.timeout(longestAskMilliseconds))
      inserts += 1
      if (inserts % insertsPerSweep === 0) sweep(now)
      return rows.length === 1
    },
  }
}

const useText = `insert into gateway.token_replay as known (key, expires_at)
  values ($1::text, to_timestamp($2::double precision))
  on conflict (key) do update set expires_at = excluded.expires_at
    where known.expires_at <= to_timestamp($3::double precision)
  returning key`
const sweepText = 'delete from gateway.token_replay where expires_at < to_timestamp($1::double precision)'
