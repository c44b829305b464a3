import { randomUUID } from 'node:crypto'
import { type AgencyName, agencies } from '../agencies.ts'
import type { HoldFact } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import type { Database } from '../store/database.ts'
import { isoText } from './factsStatement.ts'
import { oneOf } from './oneOf.ts'

/** A holder's recorded decision not to disclose: named, with a reason, and to be reviewed on a day. */
export interface HoldRecord {
  readonly id: string
  readonly childId: string
  readonly kind: HoldFact['kind']
  readonly agency: AgencyName
  /** The agency's own record id. */
  readonly recordId: string | null
  readonly label: Label | null
  readonly reason: string
  /** Role and organisation. */
  readonly owner: string
  readonly reviewOn: string
  readonly until: string | null
  readonly recordedAt: string
  readonly releasedAt: string | null
}

export type NewHold = Omit<HoldRecord, 'id' | 'recordedAt' | 'releasedAt'>

const columns = `id::text, child_id::text, kind::text, agency::text, record_id::text, label::text, reason::text, owner::text,
  coalesce(review_on, recorded_at::date)::text, ${isoText('until')}, ${isoText('recorded_at')}, ${isoText('released_at')}`

/** The register of holds. A hold ends by its release or by its own date, and stays on record. */
export class HoldRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async record(hold: NewHold, at: Date): Promise<string> {
    const id = randomUUID()
    await this.#database.knex('gateway.hold').insert({
      id,
      child_id: hold.childId,
      kind: hold.kind,
      agency: hold.agency,
      record_id: hold.recordId,
      label: hold.label,
      reason: hold.reason,
      owner: hold.owner,
      review_on: hold.reviewOn,
      until: hold.until,
      recorded_at: at.toISOString(),
    })
    return id
  }

  /** Whether this call released it. */
  async release(id: string, reason: string, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.hold')
      .where({ id })
      .whereNull('released_at')
      .update({ released_at: at.toISOString(), release_reason: reason })
    return changed === 1
  }

  async byId(id: string): Promise<HoldRecord | null> {
    const text = `select ${columns} from gateway.hold where id = $1::text`
    const [row] = await this.#database.rows({ name: 'hold_by_id', text, values: [id] })
    return row ? readHold(row) : null
  }

  /** Latest first, of one agency: what another holds back is not for its partners to list. */
  async ofChild(childId: string, agency: AgencyName): Promise<readonly HoldRecord[]> {
    const text = `select ${columns} from gateway.hold where child_id = $1::text and agency = $2::text
      order by recorded_at desc, id`
    return (await this.#database.rows({ name: 'holds_of_child', text, values: [childId, agency] })).map(readHold)
  }

  /** Of one agency, unreleased, whose review day has passed; the longest overdue first. */
  async overdue(agency: AgencyName, day: string, most: number): Promise<readonly HoldRecord[]> {
    const text = `select ${columns} from gateway.hold where agency = $1::text and released_at is null
      and review_on < $2::date order by review_on, id limit $3::int`
    return (await this.#database.rows({ name: 'holds_overdue', text, values: [agency, day, most] })).map(readHold)
  }

  /** Whether this call lifted a judgement that the record is not relevant. */
  async decideRelevant(
    childId: string,
    agency: AgencyName,
    recordId: string,
    reason: string,
    at: Date,
  ): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.hold')
      .where({ child_id: childId, agency, record_id: recordId, kind: 'NOT_RELEVANT' })
      .whereNull('released_at')
      .update({ released_at: at.toISOString(), release_reason: reason })
    return changed > 0
  }
}

function readHold(row: readonly (string | null)[]): HoldRecord {
  const [id, childId, kind, agency, recordId, label, reason, owner, reviewOn, until, recordedAt, releasedAt] = row
  return {
    id: id ?? '',
    childId: childId ?? '',
    kind: oneOf(['DETRIMENT', 'EMBARGO', 'NOT_RELEVANT'] as const, kind),
    agency: oneOf(agencies, agency),
    recordId: recordId ?? null,
    label: label && isLabel(label) ? label : null,
    reason: reason ?? '',
    owner: owner ?? '',
    reviewOn: reviewOn ?? '',
    until: until ?? null,
    recordedAt: recordedAt ?? '',
    releasedAt: releasedAt ?? null,
  }
}
