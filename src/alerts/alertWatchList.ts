import type { Role } from '../policy/vocabulary.ts'
import type { Database } from '../store/database.ts'

/** What one audience of one organisation was told of. */
export interface Notice {
  readonly childId: string
  readonly code: string
  readonly version: number
  readonly anchor: string
  readonly organisation: string
  readonly role: Role
}

/** By the registers: organisations, holders that have a person of the child, and authorities last known. */
export interface Around {
  readonly organisations: readonly string[]
  readonly holders: readonly string[]
  readonly las: readonly string[]
}

/** How long one replica may look at a child before another takes over. */
const leaseMilliseconds = 60_000

/**
 * Which child is to be looked at when. Replicas take children one at a time and never the same: who holds a row is
 * skipped, and a replica that dies lets go of its children when the lease is over.
 */
export class WatchList {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Puts children on the list that are not on it yet, to be looked at now. */
  async enrol(today: Date): Promise<void> {
    await this.#database.rows({
      name: 'alert_enrol',
      text: `insert into gateway.alert_watch (child_id, due_at)
        select child.child_id, $1::timestamptz from gateway.child child
        where not exists (select from gateway.alert_watch known where known.child_id = child.child_id)
        limit 1000 on conflict do nothing returning child_id`,
      values: [today.toISOString()],
    })
  }

  /** Has children looked at next of whom a holder has just handed something in. */
  async wake(holder: string, persons: readonly string[]): Promise<void> {
    await this.#database.rows({
      name: 'alert_wake',
      text: `update gateway.alert_watch set due_at = 'epoch' where child_id in (select child_id from gateway.link
        where holder = $1::text and ended_at is null
          and person_id = any(array(select json_array_elements_text($2::json)))) returning child_id`,
      values: [holder, JSON.stringify(persons)],
    })
  }

  /** Takes children that are due and that nobody looks at, the longest due first. */
  async take(today: Date, now: Date, most: number): Promise<readonly string[]> {
    const rows = await this.#database.rows({
      name: 'alert_take',
      text: `with due as (
          select child_id from gateway.alert_watch
          where due_at <= $1::timestamptz and (leased_until is null or leased_until < $2::timestamptz)
          order by due_at, child_id limit $3::int for update skip locked)
        update gateway.alert_watch watched set leased_until = $4::timestamptz from due
        where watched.child_id = due.child_id returning watched.child_id`,
      values: [
        today.toISOString(),
        now.toISOString(),
        String(most),
        new Date(now.getTime() + leaseMilliseconds).toISOString(),
      ],
    })
    return rows.flatMap(([id]) => id ?? [])
  }

  /** Lets go of a child until it is due again. */
  async done(childId: string, dueAt: Date): Promise<void> {
    await this.#database.rows({
      name: 'alert_done',
      text: `update gateway.alert_watch set due_at = $2::timestamptz, leased_until = null
        where child_id = $1::text returning child_id`,
      values: [childId, dueAt.toISOString()],
    })
  }

  /** Who may have to do with a child on a day: whoever is looked at is decided by what they may know of the child. */
  async around(childId: string, day: string): Promise<Around> {
    const rows = await this.#database.rows({
      name: 'alert_around',
      text: `select 'organisation', organisation from gateway.relationship where child_id = $1::text
          and (from_on is null or from_on <= $2::date) and (to_on is null or to_on > $2::date)
        union select 'holder', holder from gateway.link where child_id = $1::text and ended_at is null and holder <> ''
        union select 'la', la from gateway.last_known known, unnest(array[responsible_la, area_la]) as la
          where child_id = $1::text and la is not null
        union select 'la', area_la from gateway.child where child_id = $1::text and area_la is not null
        order by 1, 2`,
      values: [childId, day],
    })
    const of = (what: string) => rows.flatMap(([kind, value]) => (kind === what && value ? [value] : []))
    return { organisations: of('organisation'), holders: of('holder'), las: of('la') }
  }

  /** All that was told of a child to whomever, as `nameOf` names it. */
  async toldOf(childId: string): Promise<ReadonlySet<string>> {
    const rows = await this.#database.rows({
      name: 'alert_told',
      text: `select code, anchor, organisation, role from gateway.alert_notified where child_id = $1::text`,
      values: [childId],
    })
    return new Set(rows.map((row) => JSON.stringify(row)))
  }

  /** Keeps that audiences were told, all with one statement. */
  async told(notices: readonly Notice[], at: Date): Promise<void> {
    if (notices.length === 0) return
    const kept = notices.map(({ childId, code, version, anchor, organisation, role }) => ({
      ...{ child_id: childId, code, anchor, organisation, role, version },
    }))
    await this.#database.rows({
      name: 'alert_tell',
      text: `insert into gateway.alert_notified (child_id, code, anchor, organisation, role, version, notified_at)
        select child_id, code, anchor, organisation, role, version, $2::timestamptz from json_to_recordset($1::json)
          as told (child_id text, code text, anchor text, organisation text, role text, version int)
        on conflict do nothing returning code`,
      values: [JSON.stringify(kept), at.toISOString()],
    })
  }
}

/** What was told to whom, of one child. */
export const nameOf = ({ code, anchor, organisation, role }: Omit<Notice, 'childId' | 'version'>): string =>
  JSON.stringify([code, anchor, organisation, role])
