import { isoText } from '../facts/factsStatement.ts'
import { agencies } from '../foundation/agencies.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { oneOf } from '../registers/oneOf.ts'
import type { Database } from '../store/database.ts'
import { LogFollower } from './logFollower.ts'
import type { AccessNotice } from './notices.ts'
import { type NewObligation, type ObligationKind, obligationKinds } from './obligations.ts'

/** A duty of the register, with what became of it. */
export interface ObligationRecord extends Omit<NewObligation, 'leafId'> {
  readonly dischargedAt: string | null
  readonly dischargedBy: string | null
  readonly dischargeReason: string | null
}

const duties = `select id::text, child_id::text, kind::text, owner::text, agency::text, label::text, ${isoText('arisen_at')},
  due_on::text, ${isoText('discharged_at')}, discharged_by::text, discharge_reason::text from gateway.obligation`

/**
 * Obligations and notices, as they were followed out of the audit log. The log is the one record: what is kept here
 * besides it is who discharged what and why.
 */
export class LogReader {
  readonly follower: LogFollower
  readonly #database: Database

  constructor(database: Database, follower: LogFollower = new LogFollower(database)) {
    this.#database = database
    this.follower = follower
  }

  /** Follows what the log has gained, in bounded time. */
  catchUp(): Promise<void> {
    return this.follower.catchUp()
  }

  /** Of one child, those still open first. */
  async ofChild(childId: string): Promise<readonly ObligationRecord[]> {
    const text = `${duties} where child_id = $1::text order by discharged_at is not null, due_on nulls last, id limit 500`
    return (await this.#database.rows({ name: 'duties_of_child', text, values: [childId] })).map(readDuty)
  }

  /** Open duties of these owners, the first due first. */
  async ofOwners(owners: readonly string[], most: number): Promise<readonly ObligationRecord[]> {
    const text = `${duties} where owner in (select json_array_elements_text($1::json)) and discharged_at is null
      order by due_on nulls last, id limit $2::int`
    const values = [JSON.stringify(owners), most]
    return (await this.#database.rows({ name: 'duties_of_owners', text, values })).map(readDuty)
  }

  async byId(id: string): Promise<ObligationRecord | null> {
    const [row] = await this.#database.rows({ name: 'duty_by_id', text: `${duties} where id = $1::text`, values: [id] })
    return row ? readDuty(row) : null
  }

  /** Whether this call discharged it. */
  async discharge(id: string, by: string, reason: string, at: Date): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.obligation')
      .where({ id })
      .whereNull('discharged_at')
      .update({ discharged_at: at.toISOString(), discharged_by: by, discharge_reason: reason })
    return changed === 1
  }

  /** Of what an authority was notified, latest first; of one child, or of all of them. */
  async notices(la: string, childId: string | null, most: number): Promise<readonly AccessNotice[]> {
    const text = `select leaf_id::text, child_id::text, la::text, ${isoText('at')}, organisation::text, role::text,
      purpose::text, break_glass::text from gateway.access_notice
      where la = $1::text and ($2::text is null or child_id = $2::text) order by at desc, leaf_id, child_id limit $3::int`
    const rows = await this.#database.rows({ name: 'access_notices', text, values: [la, childId, most] })
    return rows.map(readNotice)
  }
}

function readDuty(row: readonly (string | null)[]): ObligationRecord {
  const [id, childId, kind, owner, agency, label, arisenAt, dueOn, dischargedAt, dischargedBy, dischargeReason] = row
  return {
    id: id ?? '',
    childId: childId ?? '',
    kind: oneOf<ObligationKind>(obligationKinds, kind),
    owner: owner ?? '',
    agency: agencies.find((name) => name === agency) ?? null,
    label: labelOf(label),
    arisenAt: arisenAt ?? '',
    dueOn: dueOn ?? null,
    dischargedAt: dischargedAt ?? null,
    dischargedBy: dischargedBy ?? null,
    dischargeReason: dischargeReason ?? null,
  }
}

const labelOf = (label: string | null | undefined): Label | null => (label && isLabel(label) ? label : null)

function readNotice(row: readonly (string | null)[]): AccessNotice {
  const [leafId, childId, la, at, organisation, role, purpose, breakGlass] = row
  return {
    leafId: leafId ?? '',
    childId: childId ?? '',
    la: la ?? '',
    at: at ?? '',
    organisation: organisation ?? '',
    role: role ?? '',
    purpose: purpose ?? '',
    breakGlass: breakGlass === 'true',
  }
}
