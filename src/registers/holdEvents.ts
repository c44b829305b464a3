import { createHash, randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import { recipientKey } from '../facts/recipientKey.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Label } from '../policy/labels.ts'
import type { Role } from '../policy/vocabulary.ts'
import { laterDay, ukDay } from '../records/dayAndAge.ts'
import type { Database } from '../store/database.ts'
import type { HoldRecord } from './holds.ts'
import { oneOf } from './oneOf.ts'

/** What became of a hold. `HoldEvent` of `schema/governance.graphql`. */
export interface HoldEvent {
  readonly holdId: string
  readonly kind: 'ESCALATED' | 'REVIEWED'
  readonly at: string
  /** Role and organisation. */
  readonly by: string
  readonly toRole: string | null
  readonly reason: string
  readonly reviewOn: string | null
}

export interface Reviewing {
  readonly id: string
  readonly reviewOn: string
  /** Of what kind the record is that it is about, or the kind itself. */
  readonly label: Label | null
  readonly reason: string
  readonly by: string
}

export interface Escalating {
  readonly childId: string
  readonly agency: AgencyName
  readonly label: Label
  readonly toRole: Role
  readonly reason: string
  readonly by: string
  readonly organisation: string
}

/** A hold whose review day has passed stands all the same, and is listed until its holder reviews it. */
export const isOverdue = (hold: Pick<HoldRecord, 'reviewOn' | 'releasedAt' | 'until'>, now: Date): boolean =>
  hold.releasedAt === null &&
  (hold.until === null || Date.parse(hold.until) > now.getTime()) &&
  hold.reviewOn < ukDay(now)

/**
 * The register of reviews and escalations of holds. A hold is the holder's judgement; nobody else lifts it, anybody
 * told of it may escalate.
 */
export class HoldEventRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Escalates every decision in force on a label; the holder then has a duty with a clock, and the one who escalated
   * has done theirs.
   */
  async escalate(escalating: Escalating, at: Date): Promise<number> {
    const { childId, agency, label } = escalating
    return this.#database.knex.transaction(async (trx) => {
      const holds: { id: string; organisation: string | null }[] = await trx('gateway.hold')
        .select('id', 'organisation')
        .where({ child_id: childId, agency, kind: 'DETRIMENT' })
        .whereNull('released_at')
        // Of a single record whose kind was not noted nobody is told.
        .where((about) => about.where({ label }).orWhere({ label: null, record_id: null }))
      if (holds.length === 0) return 0
      await trx('gateway.hold_event').insert(
        holds.map(({ id }) => ({
          id: randomUUID(),
          hold_id: id,
          kind: 'ESCALATED',
          at: at.toISOString(),
          by: escalating.by,
          to_role: escalating.toRole,
          reason: escalating.reason,
        })),
      )
      const day = ukDay(at)
      // To each holder its own: to others of its type the duty would tell of the hold.
      const holders = new Set(
        holds.map(({ organisation }) =>
          organisation ? recipientKey.organisation(organisation) : recipientKey.agency(agency),
        ),
      )
      await trx('gateway.obligation')
        .insert(
          [...holders].map((owner) => ({
            id: createHash('sha256')
              .update(['ESCALATED', childId, owner, label, day].join('|'))
              .digest('hex')
              .slice(0, 32),
            child_id: childId,
            kind: 'HOLDER_TO_DECIDE',
            owner,
            agency,
            label,
            arisen_at: at.toISOString(),
            due_on: laterDay(day, 1),
          })),
        )
        .onConflict('id')
        .ignore()
      await trx('gateway.obligation')
        .where({
          child_id: childId,
          kind: 'ESCALATE_TO_HOLDER',
          owner: recipientKey.organisation(escalating.organisation),
          agency,
          label,
        })
        .whereNull('discharged_at')
        .update({ discharged_at: at.toISOString(), discharged_by: escalating.by, discharge_reason: escalating.reason })
      return holds.length
    })
  }

  /** Whether this call reviewed it: the hold stands and has a new day. */
  async review({ id, reviewOn, label, reason, by }: Reviewing, at: Date): Promise<boolean> {
    return this.#database.knex.transaction(async (trx) => {
      const changed = await trx('gateway.hold')
        .where({ id })
        .whereNull('released_at')
        .update({ review_on: reviewOn, label })
      if (changed !== 1) return false
      await trx('gateway.hold_event').insert({
        id: randomUUID(),
        hold_id: id,
        kind: 'REVIEWED',
        at: at.toISOString(),
        by,
        reason,
        review_on: reviewOn,
      })
      return true
    })
  }

  /** Of these holds, oldest first. */
  async ofHolds(ids: readonly string[]): Promise<readonly HoldEvent[]> {
    if (ids.length === 0) return []
    const text = `select hold_id::text, kind::text, ${isoText('at')}, by::text, to_role::text, reason::text, review_on::text
      from gateway.hold_event where hold_id in (select json_array_elements_text($1::json)) order by at, id`
    const rows = await this.#database.rows({ name: 'hold_events', text, values: [JSON.stringify(ids)] })
    return rows.map(([holdId, kind, at, by, toRole, reason, reviewOn]) => ({
      holdId: holdId ?? '',
      kind: oneOf(['ESCALATED', 'REVIEWED'] as const, kind),
      at: at ?? '',
      by: by ?? '',
      toRole: toRole ?? null,
      reason: reason ?? '',
      reviewOn: reviewOn ?? null,
    }))
  }
}
