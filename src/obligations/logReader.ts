import { isoText } from '../facts/factsStatement.ts'
import { agencies } from '../foundation/agencies.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { oneOf } from '../registers/oneOf.ts'
import { behindIn, firstEntries, type RegisterPage } from '../registers/registerPage.ts'
import type { Database } from '../store/database.ts'
import { type AccessNotice, partsOfCursor } from './accessNotices.ts'
import { LogFollower } from './logFollower.ts'
import { type NewObligation, type ObligationKind, obligationKinds } from './obligations.ts'

/** A duty of the register, with what became of it. */
export interface ObligationRecord extends Omit<NewObligation, 'leafId'> {
  readonly dischargedAt: string | null
  readonly dischargedBy: string | null
  readonly dischargeReason: string | null
}

const duties = `select id::text, child_id::text, kind::text, owner::text, agency::text, label::text, ${isoText('arisen_at')},
  due_on::text, ${isoText('discharged_at')}, discharged_by::text, discharge_reason::text, court_order::text, opened_for::text
  from gateway.obligation`

/** Nothing that is due comes after what is due on no day. */
const due = `coalesce(due_on, 'infinity')`

const lastNotice = (what: string) =>
  `(select ${what} from gateway.access_notice where leaf_id = $3::text and child_id = $4::text and la = $1::text)`
const behindNotice = `and notice.at <= ${lastNotice('at')} and (notice.at < ${lastNotice('at')}
  or (notice.leaf_id, notice.child_id) > ${lastNotice('leaf_id, child_id')})`

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
  async ofChild(childId: string, { first, after }: RegisterPage = firstEntries): Promise<readonly ObligationRecord[]> {
    const place = `(discharged_at is not null), ${due}, id`
    const entry = 'gateway.obligation where id = $2::text and child_id = $1::text'
    const text = `${duties} where child_id = $1::text
      ${after === null ? 'and $2::text is null' : behindIn(place, entry)} order by ${place} limit $3::int`
    const name = after === null ? 'duties_of_child' : 'duties_of_child_behind'
    return (await this.#database.rows({ name, text, values: [childId, after, first] })).map(readDuty)
  }

  /** Open duties of these owners, the first due first. */
  async ofOwners(owners: readonly string[], { first, after }: RegisterPage): Promise<readonly ObligationRecord[]> {
    const owning = 'select json_array_elements_text($1::json)'
    const place = `${due}, id`
    const entry = `gateway.obligation where id = $2::text and owner in (${owning})`
    // So many of each owner, in the order of an index, rather than all of all.
    const text = `select duty.* from (${owning}) own(owner) cross join lateral (
        ${duties} where obligation.owner = own.owner and discharged_at is null
        ${after === null ? 'and $2::text is null' : behindIn(place, entry)} order by ${place} limit $3::int) duty
      order by coalesce(duty.due_on, 'infinity'), duty.id limit $3::int`
    const name = after === null ? 'duties_of_owners' : 'duties_of_owners_behind'
    const values = [JSON.stringify(owners), after, first]
    return (await this.#database.rows({ name, text, values })).map(readDuty)
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
  async notices(la: string, childId: string | null, { first, after }: RegisterPage): Promise<readonly AccessNotice[]> {
    // One entry may notify of several children: an entry and a child name one notice.
    const [entry = null, child = null] = after === null ? [] : (partsOfCursor(after) ?? [])
    const text = `select leaf_id::text, child_id::text, la::text, ${isoText('at')}, organisation::text, role::text,
      purpose::text, break_glass::text from gateway.access_notice notice
      where la = $1::text and ${childId === null ? '$2::text is null' : 'child_id = $2::text'}
        ${after === null ? 'and $3::text is null and $4::text is null' : behindNotice}
      order by at desc, leaf_id, child_id limit $5::int`
    const name = `access_notices${childId === null ? '' : '_of_child'}${after === null ? '' : '_behind'}`
    return (await this.#database.rows({ name, text, values: [la, childId, entry, child, first] })).map(readNotice)
  }
}

function readDuty(row: readonly (string | null)[]): ObligationRecord {
  const [
    id,
    childId,
    kind,
    owner,
    agency,
    label,
    arisenAt,
    dueOn,
    dischargedAt,
    dischargedBy,
    dischargeReason,
    order,
    openedFor,
  ] = row
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
    courtOrder: order ?? null,
    openedFor: openedFor ?? null,
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
