import { entriesSince } from '../audit/entriesSince.ts'
import { isoText } from '../facts/factsStatement.ts'
import { agencies } from '../foundation/agencies.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { oneOf } from '../registers/oneOf.ts'
import type { Database } from '../store/database.ts'
import { type AccessNotice, noticesOfEntry } from './notices.ts'
import { type NewObligation, type ObligationKind, obligationKinds, obligationsOfEntry } from './obligations.ts'

/** A duty of the register, with what became of it. */
export interface ObligationRecord extends Omit<NewObligation, 'leafId'> {
  readonly dischargedAt: string | null
  readonly dischargedBy: string | null
  readonly dischargeReason: string | null
}

const reader = 'duties and notices'
const leavesAtOnce = 500

const duties = `select id::text, child_id::text, kind::text, owner::text, agency::text, label::text, ${isoText('arisen_at')},
  due_on::text, ${isoText('discharged_at')}, discharged_by::text, discharge_reason::text from gateway.obligation`

/**
 * Duties and notices, read out of the audit log when somebody asks for them. The log is the one record: what is kept here
 * besides it is who discharged what and why.
 */
export class LogReader {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Reads what the log has gained. Two gateways that read at once write each duty and notice once. */
  async catchUp(): Promise<void> {
    for (;;) {
      const from = await this.#position()
      const leaves = await entriesSince(this.#database, from, leavesAtOnce)
      const last = leaves.at(-1)
      if (!last) return
      await this.#write(
        leaves.flatMap(({ leaf }) => obligationsOfEntry(leaf)),
        leaves.flatMap(({ leaf }) => noticesOfEntry(leaf)),
        last.seq + 1,
      )
      if (leaves.length < leavesAtOnce) return
    }
  }

  async #position(): Promise<number> {
    const text = 'select seq::text from gateway.log_position where reader = $1::text'
    const [row] = await this.#database.rows({ name: 'log_position', text, values: [reader] })
    return Number(row?.[0] ?? 0)
  }

  async #write(
    obligations: readonly NewObligation[],
    notices: readonly AccessNotice[],
    position: number,
  ): Promise<void> {
    const distinct = [...new Map(obligations.map((each) => [each.id, each])).values()]
    await this.#database.knex.transaction(async (trx) => {
      if (distinct.length > 0)
        await trx('gateway.obligation')
          .insert(
            distinct.map((each) => ({
              id: each.id,
              child_id: each.childId,
              kind: each.kind,
              owner: each.owner,
              agency: each.agency,
              label: each.label,
              arisen_at: each.arisenAt,
              due_on: each.dueOn,
              leaf_id: each.leafId,
            })),
          )
          .onConflict('id')
          .ignore()
      if (notices.length > 0)
        await trx('gateway.access_notice')
          .insert(
            notices.map((each) => ({
              leaf_id: each.leafId,
              child_id: each.childId,
              la: each.la,
              at: each.at,
              organisation: each.organisation,
              role: each.role,
              purpose: each.purpose,
              break_glass: each.breakGlass,
            })),
          )
          .onConflict(['leaf_id', 'child_id'])
          .ignore()
      await trx.raw(
        `insert into gateway.log_position (reader, seq) values (?, ?)
         on conflict (reader) do update set seq = greatest(gateway.log_position.seq, excluded.seq)`,
        [reader, position],
      )
    })
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

  /** What an authority was told, latest first; of one child, or of all of them. */
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
