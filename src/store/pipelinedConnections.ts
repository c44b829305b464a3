import type { PostgresConnection } from './connection.ts'
import type { Database, Statement } from './database.ts'
import { Prepared, StatementUse } from './preparedStatements.ts'
import type { Stopping } from './stopping.ts'
import type { Wire, WireSession } from './wireSession.ts'

type Rows = Awaited<ReturnType<Database['wireRows']>>

/** One pipelined connection: statements are sent without waiting for the answers of those before them. */
interface Lane {
  readonly session: WireSession
  readonly ready: Promise<unknown>
  readonly prepared: Prepared
  pending: number
  /** When it last gave an answer, or was given its first statement; `performance.now()`. */
  movedAt: number
  /** Takes no more statements; ends when the last of its statements has its answer. */
  retired: boolean
}

export interface PipelinedConnections {
  run(statement: Statement, signal: Stopping | undefined): Promise<Rows>
  close(): Promise<void>
}

/** A caller that gives up costs no connection when the answer is about to come. */
const graceMilliseconds = 250

/**
 * Statements under way on one connection before another is used: each has a process of its own to wake and to keep
 * warm.
 */
const enough = 4

/** A connection that has given no answer for so long may be stuck: what need not stand behind it does not. */
const slowMilliseconds = 50

/** The name of a statement that the session does not keep. */
const unnamed = ''

/**
 * A few pipelined connections. A statement goes to the first that is not busy, else to the least busy. When an aborted
 * statement stays unanswered, its connection is retired: what stands behind a slow statement still gets its answer, but
 * new statements do not queue there, so a stuck connection costs only those that were already on it.
 */
export function openPipelinedConnections(
  connection: PostgresConnection,
  size: number,
  wire: Wire,
): PipelinedConnections {
  const open: Lane[] = []
  const retired: Lane[] = []
  const full: Lane[] = []
  const repeats = new StatementUse()

  const drop = (lane: Lane) => {
    for (const list of [open, retired, full]) {
      const at = list.indexOf(lane)
      if (at >= 0) list.splice(at, 1)
    }
  }

  const connect = (): Lane => {
    const session = wire.open(connection)
    const lane: Lane = {
      session,
      ready: session.connect(),
      prepared: new Prepared(),
      pending: 0,
      movedAt: 0,
      retired: false,
    }
    // A lost connection is seen here before the next statement is: that one gets a new connection.
    session.onEnd(() => drop(lane))
    lane.ready.catch(() => drop(lane))
    open.push(lane)
    return lane
  }

  const choose = (): Lane => {
    const now = performance.now()
    const free = open.find(
      (lane) => lane.pending === 0 || (lane.pending < enough && now - lane.movedAt < slowMilliseconds),
    )
    if (free) return free
    if (open.length < size) return connect()
    return open.reduce((least, lane) => (lane.pending < least.pending ? lane : least))
  }

  const retire = (lane: Lane) => {
    if (lane.retired || lane.pending === 0) return
    lane.retired = true
    drop(lane)
    retired.push(lane)
    // A server that never answers must not gather connections without end.
    if (retired.length > size) {
      const oldest = retired.shift()
      oldest?.session.end().catch(() => undefined)
      oldest?.session.destroy()
    }
  }

  /** A session that has prepared its fill answers what it was asked and ends; the next statement finds a new one. */
  const replace = (lane: Lane) => {
    lane.retired = true
    drop(lane)
    if (lane.pending === 0) lane.session.end().catch(() => undefined)
    else full.push(lane)
  }

  const laneFor = (statement: Statement, isNamed: boolean): Lane => {
    for (;;) {
      const lane = choose()
      if (!isNamed) return lane
      if (lane.prepared.takes(statement)) {
        lane.prepared.keep(statement)
        return lane
      }
      replace(lane)
    }
  }

  const run = async (statement: Statement, signal: Stopping | undefined): Promise<Rows> => {
    signal?.throwIfAborted()
    const isNamed = repeats.has(statement)
    const lane = laneFor(statement, isNamed)
    if (lane.pending === 0) lane.movedAt = performance.now()
    lane.pending++
    let grace: NodeJS.Timeout | undefined
    const onAbort = () => {
      grace = setTimeout(() => retire(lane), graceMilliseconds)
      grace.unref()
    }
    signal?.addEventListener('abort', onAbort)
    try {
      await lane.ready
      lane.session.gather()
      return await lane.session.run(isNamed ? statement : { ...statement, name: unnamed })
    } finally {
      signal?.removeEventListener('abort', onAbort)
      clearTimeout(grace)
      lane.pending--
      lane.movedAt = performance.now()
      if (lane.retired && lane.pending === 0) {
        drop(lane)
        lane.session.end().catch(() => undefined)
      }
    }
  }

  const close = async () => {
    const all = [...open, ...retired, ...full]
    open.length = 0
    retired.length = 0
    full.length = 0
    await Promise.all(all.map((lane) => endWithin(lane, 2000)))
  }

  return { run, close }
}

/** Ends a connection after its answers have come, or by force when they do not come in time. */
async function endWithin(lane: Lane, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => lane.session.destroy(), milliseconds)
  try {
    await lane.ready.catch(() => undefined)
    await lane.session.end().catch(() => undefined)
  } finally {
    clearTimeout(timer)
  }
}
