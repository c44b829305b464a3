import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Database } from '../store/database.ts'
import { Deadline } from '../store/deadline.ts'
import type { BlockRoots } from './blockRoots.ts'
import { checkpointSigner, type PublicKeyJwk, type SigningKey } from './checkpoint.ts'
import type { AccessLogPart, AuditEntry, AuditLog } from './entry.ts'
import { type Batch, type BatchEntry, openTail } from './logTail.ts'
import { type Frontier, grow, leafHash, rootOf } from './merkle.ts'
import { childrenOf, entryFrom } from './readEntry.ts'
import { sealedTexts } from './sealEntry.ts'
import { canWrite } from './trialWrite.ts'
import { isUndisclosed } from './undisclosedAccess.ts'

export interface AuditKey {
  readonly privateKey: SigningKey
  readonly publicJwk: PublicKeyJwk
  readonly kid: string
}

export interface AuditLogOptions {
  readonly database: Database
  readonly key: AuditKey
  /**
   * Name of the log, first line of every checkpoint, for example `gateway.example.org/audit`: no spaces, no line ends.
   */
  readonly origin: string
  readonly clock: Clock
  /** Leaves in one transaction at most. */
  readonly batchSize?: number
  /** Leaves that may wait; above it a leaf is refused at once, since a queue that only grows answers nobody. */
  readonly queueSize?: number
  /** How long a transaction may take before its leaves are refused. */
  readonly deadlineMilliseconds?: number
  /** Receives the roots of the blocks that the start passes, for proofs. */
  readonly passed?: BlockRoots
  /** Rest between blocks while what the start did not read is gone through behind it. */
  readonly restMilliseconds?: number
}

interface Waiting extends BatchEntry {
  readonly resolve: () => void
  readonly reject: (reason: Refusal) => void
}

/**
 * The log with group commit: while one transaction is under way, leaves gather for the next, so that the load sets the
 * size of a batch and no leaf waits for a timer. A leaf is acknowledged after the commit, never before. Several
 * gateways may append to one log.
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const { database, key, origin, clock, batchSize = 500, queueSize = 20_000, deadlineMilliseconds = 5000 } = options
  if (!/^[^\s+]+$/.test(origin))
    throw new TypeError('The origin of the audit log must have no spaces and no plus sign.')
  const signed = checkpointSigner(origin, key.privateKey, key.publicJwk)
  const tail = await openTail(database, options.passed)
  let isAltered = false
  const queue: Waiting[] = []
  let running: Promise<void> | null = null
  let closed = false
  let hasFailed = false

  const batchOf =
    (leaves: Waiting[]) =>
    (before: Frontier): { batch: Batch; after: Frontier } => {
      // An append that another gateway's came before takes along what has gathered meanwhile.
      leaves.push(...queue.splice(0, batchSize - leaves.length))
      const after = grow(
        before,
        leaves.map((leaf) => leaf.hash),
      )
      const root = rootOf(after)
      const note = signed({ size: after.size, root })
      return { batch: { leaves, root: root.toString('hex'), note, at: clock.now().toISOString() }, after }
    }

  const drain = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize)
      const deadline = new Deadline(deadlineMilliseconds)
      try {
        await tail.append(batchOf(batch), deadline)
        hasFailed = false
        for (const leaf of batch) leaf.resolve()
      } catch (cause) {
        hasFailed = true
        for (const leaf of batch) leaf.reject(unavailable('The audit log could not be written.', cause))
      } finally {
        deadline.end()
      }
    }
    running = null
  }

  const append = (leaf: AuditEntry): Promise<void> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(unavailable('The audit log is closed.'))
      if (isAltered) return reject(unavailable('Entries of the audit log were altered. Run: wholeview audit verify.'))
      if (queue.length >= queueSize)
        return reject(unavailable(`More than ${queueSize} entries wait for the audit log.`))
      try {
        const { text, payload } = sealedTexts(leaf)
        const children = childrenOf(leaf).map((id) => ({ id, isUndisclosed: isUndisclosed(leaf, id) }))
        const { id, at } = leaf
        queue.push({ id, at, text, hash: leafHash(text), children, payload, resolve, reject })
      } catch (cause) {
        return reject(unavailable('The entry could not be written as canonical JSON.', cause))
      }
      // After this turn, so that leaves of the same turn go together.
      running ??= Promise.resolve().then(drain)
    })

  let wake = (): void => undefined
  const rest = async (): Promise<boolean> => {
    if (closed) return false
    await new Promise<void>((resolve) => {
      wake = resolve
      // Keeps no process up that has nothing else to do.
      setTimeout(resolve, options.restMilliseconds ?? 50).unref()
    })
    return !closed
  }
  const looking = tail
    .isAltered(rest)
    // What cannot be read now is found by whoever proves or verifies something.
    .catch(() => false)
    .then((found) => {
      isAltered = found
    })

  return {
    append,
    // A replica that was taken out of service is asked nothing that it would append.
    isWritable: async () => {
      if (hasFailed && (await canWrite(database))) hasFailed = false
      return !hasFailed && !isAltered && !closed
    },
    ofChild: (childId, first, part) => entriesOfChild(database, childId, first, part),
    close: async () => {
      closed = true
      wake()
      await Promise.all([running, looking])
    },
  }
}

const unavailable = (detail: string, cause?: unknown): Refusal =>
  new Refusal('AUDIT_UNAVAILABLE', cause === undefined ? { detail } : { detail, cause })

/** One leaf by its id, or by its place in the log. */
export async function entryById(database: Database, id: string): Promise<AuditEntry | null> {
  const place = /^\d{1,15}$/.test(id)
  const from = `select leaf.leaf::text, kept.payload::text from gateway.audit_leaf leaf
    left join gateway.audit_payload kept on kept.seq = leaf.seq`
  const [row] = await database.rows(
    place
      ? { name: 'audit-at', text: `${from} where leaf.seq = $1::bigint`, values: [id] }
      : {
          name: 'audit-leaf-by-id',
          text: `${from} where leaf.seq = (select min(seq) from gateway.audit_payload where id = $1::text)`,
          values: [id],
        },
  )
  return row ? entryFrom(row[0] ?? '', row[1] ?? null) : null
}

/** Leaves that concern a child, latest first; for whoever reads the log without appending to it. */
export async function entriesOfChild(
  database: Database,
  childId: string,
  first: number,
  { after = null, withUndisclosed = true }: AccessLogPart = {},
): Promise<readonly AuditEntry[]> {
  const text = `
    select leaf.leaf::text, kept.payload::text from gateway.audit_child child
      join gateway.audit_leaf leaf on leaf.seq = child.seq
      left join gateway.audit_payload kept on kept.seq = child.seq
    where child.child_id = $1::text and child.seq < $3::bigint ${withUndisclosed ? '' : 'and child.untold is not true'}
    order by child.seq desc limit $2::int`
  const name = withUndisclosed ? 'audit-of-child' : 'audit-disclosed-of-child'
  const before = after === null ? endOfLog : await placeOf(database, after)
  const rows = await database.rows({ name, text, values: [childId, first, before] })
  return rows.map(([leaf, payload]) => entryFrom(leaf ?? '', payload ?? null))
}

/** After every place that a log has. */
export const endOfLog = '9223372036854775807'

/** The place of an entry. @throws Refusal BAD_INPUT for an id that no entry has: before it stands nothing. */
export async function placeOf(database: Pick<Database, 'rows'>, id: string): Promise<string> {
  const text = 'select min(seq)::text from gateway.audit_payload where id = $1::text'
  const place = (await database.rows({ name: 'audit-place-of', text, values: [id] }))[0]?.[0]
  if (!place) throw new Refusal('BAD_INPUT', { message: 'The entry to go on after is not in the log.' })
  return place
}
