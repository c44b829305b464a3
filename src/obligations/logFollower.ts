import { setTimeout as pause } from 'node:timers/promises'
import { entriesSince, type PageSize } from '../audit/entriesSince.ts'
import type { Database } from '../store/database.ts'
import { oneAtATime } from '../store/oneAtATime.ts'
import { rowsIn } from '../store/transactionRows.ts'
import { type AccessNotice, noticesOfEntry } from './accessNotices.ts'
import { type NewObligation, obligationsOfEntry } from './obligations.ts'

const reader = 'duties and notices'

/** A step holds the event loop for some milliseconds. */
const usualPage: PageSize = { entries: 256, bytes: 1_048_576 }

/** How many steps a question waits for: an answer's time does not know how long the log is. */
const stepsOfQuestion = 4

/**
 * Follows the audit log and writes the obligations and notices that its entries give rise to. Each entry is followed
 * once: the row that keeps the place is locked for a step, by one process at a time, and moves with what the step
 * wrote.
 */
export class LogFollower {
  readonly #database: Database
  readonly #page: PageSize
  readonly #step: () => Promise<boolean>
  #following: Promise<void> | null = null
  #isStopped = false

  constructor(database: Database, page: PageSize = usualPage) {
    this.#database = database
    this.#page = page
    this.#step = oneAtATime(() => this.#stepOnce())
  }

  /**
   * Some steps, shared by all who ask at once. What is further behind is followed in the background, and a question is
   * answered with what stands.
   */
  async catchUp(): Promise<void> {
    for (let step = 0; step < stepsOfQuestion; step++) if (!(await this.#step())) return
    this.follow().catch(() => undefined)
  }

  /**
   * To the log's end. Rests between steps as long as they took, so that whoever is answered meanwhile has the greater
   * part.
   */
  follow(): Promise<void> {
    this.#following ??= this.#followAll().finally(() => {
      this.#following = null
    })
    return this.#following
  }

  /** Follows the log every so often until it is stopped. */
  start(everyMilliseconds: number, onFailure: (error: unknown) => void): () => Promise<void> {
    const timer = setInterval(() => {
      this.follow().catch(onFailure)
    }, everyMilliseconds)
    timer.unref()
    return async () => {
      this.#isStopped = true
      clearInterval(timer)
      await this.#following?.catch(() => undefined)
    }
  }

  async #followAll(): Promise<void> {
    while (!this.#isStopped) {
      const begun = performance.now()
      if (!(await this.#step())) return
      await pause(Math.min(250, performance.now() - begun))
    }
  }

  /** Whether there was anything to follow. */
  async #stepOnce(): Promise<boolean> {
    if (!(await this.#isBehind())) return false
    return this.#database.knex.transaction(async (trx) => {
      const rows = rowsIn(trx)
      const from = await lockedPlace(rows)
      const entries = await entriesSince({ rows }, from, this.#page)
      const last = entries.at(-1)
      if (!last) return false
      await write(
        rows,
        entries.flatMap(({ leaf }) => obligationsOfEntry(leaf)),
        entries.flatMap(({ leaf }) => noticesOfEntry(leaf)),
        last.seq + 1,
      )
      return true
    })
  }

  /** One look at the end of each table, without a transaction: mostly nothing is new. */
  async #isBehind(): Promise<boolean> {
    const text = `select exists (select from gateway.audit_leaf where seq >= coalesce(
      (select seq from gateway.log_position where reader = $1::text), 0))::text`
    const [row] = await this.#database.rows({ name: 'log_is_behind', text, values: [reader] })
    return row?.[0] === 'true'
  }
}

type Rows = Database['rows']

/** The place from which to follow; nobody else has it until the transaction ends. */
async function lockedPlace(rows: Rows): Promise<number> {
  const text = `insert into gateway.log_position as place (reader, seq) values ($1::text, 0)
    on conflict (reader) do update set seq = place.seq returning seq::text as seq`
  const [row] = await rows({ name: 'log_place', text, values: [reader] })
  return Number(row?.[0] ?? 0)
}

async function write(
  rows: Rows,
  obligations: readonly NewObligation[],
  notices: readonly AccessNotice[],
  place: number,
): Promise<void> {
  if (obligations.length > 0)
    await rows({ name: 'log_duties', text: dutiesText, values: [JSON.stringify(obligations)] })
  if (notices.length > 0) await rows({ name: 'log_notices', text: noticesText, values: [JSON.stringify(notices)] })
  const text = 'update gateway.log_position set seq = $2::bigint where reader = $1::text'
  await rows({ name: 'log_moved', text, values: [reader, place] })
}

const dutiesText = `
  insert into gateway.obligation (id, child_id, kind, owner, agency, label, arisen_at, due_on, leaf_id, court_order,
    opened_for)
  select id, "childId", kind, owner, agency, label, "arisenAt", "dueOn", "leafId", "courtOrder", "openedFor"
    from json_to_recordset($1::json) as duty (
    id text, "childId" text, kind text, owner text, agency text, label text, "arisenAt" timestamptz, "dueOn" date,
    "leafId" text, "courtOrder" text, "openedFor" text)
  on conflict (id) do nothing`

const noticesText = `
  insert into gateway.access_notice (leaf_id, child_id, la, at, organisation, role, purpose, break_glass)
  select "leafId", "childId", la, at, organisation, role, purpose, "breakGlass" from json_to_recordset($1::json) as notice (
    "leafId" text, "childId" text, la text, at timestamptz, organisation text, role text, purpose text,
    "breakGlass" boolean)
  on conflict (leaf_id, child_id) do nothing`
