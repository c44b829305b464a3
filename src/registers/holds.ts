import { randomUUID } from 'node:crypto'
import { isoText } from '../facts/factsStatement.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { type HoldFact, holdKinds } from '../policy/facts.ts'
import { isLabel, type Label } from '../policy/labels.ts'
import { type AgencyType, agencyTypes } from '../policy/vocabulary.ts'
import type { Database } from '../store/database.ts'
import { oneOf } from './oneOf.ts'
import { refuseFull } from './refuseFullRegister.ts'
import { behindIn, firstEntries, mostEntries, type RegisterPage, standingBehind } from './registerPage.ts'

/** A holder's recorded decision not to disclose: named, with a reason, and to be reviewed on a day. */
export interface HoldRecord {
  readonly id: string
  readonly childId: string
  readonly kind: HoldFact['kind']
  readonly agency: AgencyName
  /** The organisation whose record it is: nobody else sees, reviews or releases it. Empty where it is not known. */
  readonly organisation: string
  /** The agency's own record id. */
  readonly recordId: string | null
  readonly label: Label | null
  readonly reason: string
  /** Role and organisation. */
  readonly owner: string
  readonly reviewOn: string
  readonly until: string | null
  /** Before whom it stands; before everybody where neither is named. */
  readonly recipient: AgencyType | null
  readonly recipientOrganisation: string | null
  readonly recordedAt: string
  readonly releasedAt: string | null
}

/** Whose records a hold is about: an agency's register, and the organisation that holds its part of it. */
export interface Holder {
  readonly agency: AgencyName
  readonly organisation: string
  /** What may stand in front of the ids of its records: the agency, and where holders are named its own. */
  readonly names?: readonly string[]
}

export type NewHold = Omit<HoldRecord, 'id' | 'recordedAt' | 'releasedAt'>

/** A hold as the register's table has it. */
export const holdColumns = (hold: Omit<HoldRecord, 'releasedAt'>) => ({
  id: hold.id,
  child_id: hold.childId,
  kind: hold.kind,
  agency: hold.agency,
  organisation: hold.organisation,
  record_id: hold.recordId,
  label: hold.label,
  reason: hold.reason,
  owner: hold.owner,
  review_on: hold.reviewOn,
  until: hold.until,
  recipient: hold.recipient,
  recipient_organisation: hold.recipientOrganisation,
  recorded_at: hold.recordedAt,
})

const columns = `id::text, child_id::text, kind::text, agency::text, organisation::text, record_id::text, label::text, reason::text, owner::text,
  coalesce(review_on, recorded_at::date)::text, ${isoText('until')}, ${isoText('recorded_at')}, ${isoText('released_at')},
  recipient::text, recipient_organisation::text`

/** The register of holds. A hold ends by its release or by its own date, and stays on record. */
export class HoldRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async record(hold: NewHold, at: Date): Promise<string> {
    await refuseFull(this.#database, 'hold', hold.childId, hold.organisation, at)
    const id = randomUUID()
    await this.#database.knex('gateway.hold').insert(holdColumns({ ...hold, id, recordedAt: at.toISOString() }))
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

  /** Latest first, of one organisation: what another holds back is not for others of its type to list. */
  async ofChild(
    childId: string,
    { agency, organisation }: Holder,
    { first, after }: RegisterPage = firstEntries,
  ): Promise<readonly HoldRecord[]> {
    const behind = after === null ? 'and $2::text is null' : standingBehind('gateway.hold', 'recorded_at')
    const text = `select ${columns} from gateway.hold where child_id = $1::text and agency = $3::text
      and organisation = $4::text ${behind} order by recorded_at desc, id limit $5::int`
    const values = [childId, after, agency, organisation, first]
    const name = after === null ? 'holds_of_child' : 'holds_behind'
    return (await this.#database.rows({ name, text, values })).map(readHold)
  }

  /** Of one organisation, those of one kind on one record that are not released. */
  async onRecord(
    childId: string,
    { agency, organisation }: Holder,
    recordId: string,
    kind: HoldRecord['kind'],
  ): Promise<readonly HoldRecord[]> {
    const text = `select ${columns} from gateway.hold where child_id = $1::text and agency = $2::text
      and organisation = $3::text and record_id = $4::text and kind = $5::text order by recorded_at desc, id limit $6::int`
    const values = [childId, agency, organisation, recordId, kind, mostEntries]
    return (await this.#database.rows({ name: 'holds_on_record', text, values })).map(readHold)
  }

  /** Of one organisation, unreleased, whose review day has passed; the longest overdue first. */
  async overdue(
    { agency, organisation }: Holder,
    day: string,
    { first, after }: RegisterPage,
  ): Promise<readonly HoldRecord[]> {
    const own = 'agency = $1::text and organisation = $2::text'
    const behind =
      after === null ? 'and $4::text is null' : behindIn('review_on, id', `gateway.hold where id = $4::text and ${own}`)
    const text = `select ${columns} from gateway.hold where ${own} and released_at is null and review_on < $3::date
      ${behind} order by review_on, id limit $5::int`
    const name = after === null ? 'holds_overdue' : 'holds_overdue_behind'
    return (await this.#database.rows({ name, text, values: [agency, organisation, day, after, first] })).map(readHold)
  }

  /** Whether this call lifted a judgement that the record is not relevant. */
  async decideRelevant(
    childId: string,
    { agency, organisation }: Holder,
    recordId: string,
    reason: string,
    at: Date,
  ): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.hold')
      .where({ child_id: childId, agency, organisation, record_id: recordId, kind: 'NOT_RELEVANT' })
      .whereNull('released_at')
      .update({ released_at: at.toISOString(), release_reason: reason })
    return changed > 0
  }
}

function readHold(row: readonly (string | null)[]): HoldRecord {
  const [
    id,
    childId,
    kind,
    agency,
    organisation,
    recordId,
    label,
    reason,
    owner,
    reviewOn,
    until,
    recordedAt,
    releasedAt,
    recipient,
    recipientOrganisation,
  ] = row
  return {
    id: id ?? '',
    childId: childId ?? '',
    kind: oneOf(holdKinds, kind),
    agency: oneOf(agencies, agency),
    organisation: organisation ?? '',
    recordId: recordId ?? null,
    label: label && isLabel(label) ? label : null,
    reason: reason ?? '',
    owner: owner ?? '',
    reviewOn: reviewOn ?? '',
    until: until ?? null,
    recordedAt: recordedAt ?? '',
    releasedAt: releasedAt ?? null,
    recipient: recipient ? oneOf(agencyTypes, recipient) : null,
    recipientOrganisation: recipientOrganisation ?? null,
  }
}
