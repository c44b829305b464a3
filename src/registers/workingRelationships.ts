import { randomUUID } from 'node:crypto'
import type { Database } from '../store/database.ts'
import type { Recorder } from './legalRecords.ts'
import { oneOf } from './oneOf.ts'
import { organisationOf, refuseFull } from './refuseFullRegister.ts'
import { firstEntries, type RegisterPage, standingBehind } from './registerPage.ts'

/** `Relationship` of `schema/governance.graphql`. */
export interface RelationshipRecord {
  readonly id: string
  readonly childId: string
  readonly organisation: string
  readonly kind: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL'
  readonly from: string
  /** The first day on which it is no longer in force. */
  readonly to: string | null
  readonly basis: string
  /** False while it waits for a second person, and opens nothing. */
  readonly confirmed: boolean
}

export type NewRelationship = Omit<RelationshipRecord, 'id' | 'to' | 'confirmed'>

/** How long one person's word waits for a second's. */
const proposedForDays = 7

const columns = `id::text, child_id::text, organisation::text, kind::text, coalesce(from_on, recorded_at::date)::text,
  to_on::text, coalesce(basis, '')::text`

/**
 * The register of who works with a child. A relationship opens records, so each names who recorded it and on what it
 * rests.
 */
export class RelationshipRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async record(relationship: NewRelationship, recordedBy: string, at: Date): Promise<string> {
    await refuseFull(this.#database, 'relationship', relationship.childId, organisationOf(recordedBy), at)
    const id = randomUUID()
    await this.#database.knex('gateway.relationship').insert({
      id,
      child_id: relationship.childId,
      organisation: relationship.organisation,
      kind: relationship.kind,
      from_on: relationship.from,
      basis: relationship.basis,
      recorded_by: recordedBy,
      recorded_at: at.toISOString(),
    })
    return id
  }

  /**
   * Keeps what one person says of a child of whom a place must not be found, or answers true where another said the
   * same before: then it may be recorded.
   */
  async isSeconded(
    { childId, from, kind, organisation }: NewRelationship,
    { issuer, subject }: Pick<Recorder, 'issuer' | 'subject'>,
    at: Date,
  ): Promise<boolean> {
    const values = [childId, organisation, kind, subject, issuer, at.toISOString(), from]
    const [other] = await this.#database.rows({
      name: 'relationship_seconded',
      text: `delete from gateway.relationship_proposal where child_id = $1::text and organisation = $2::text
          and kind = $3::text and from_on = $7::date and (subject, issuer) is distinct from ($4::text, $5::text)
          and proposed_at > $6::timestamptz - interval '${proposedForDays} days' returning child_id`,
      values,
    })
    if (other) return true
    await this.#database.rows({
      name: 'relationship_proposed',
      text: `insert into gateway.relationship_proposal (child_id, organisation, kind, subject, issuer, proposed_at, from_on)
        values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $7::date)
        on conflict (child_id, organisation, kind, subject, issuer)
          do update set from_on = excluded.from_on, proposed_at = excluded.proposed_at`,
      values,
    })
    return false
  }

  /** Whether this call ended it; from `day` on it opens nothing. One that is yet to begin never does. */
  async end(id: string, day: string): Promise<boolean> {
    const changed = await this.#database
      .knex('gateway.relationship')
      .where({ id })
      .where((open) => open.whereNull('to_on').orWhere('to_on', '>', day))
      .update({ to_on: day })
    return changed === 1
  }

  async byId(id: string): Promise<RelationshipRecord | null> {
    const text = `select ${columns} from gateway.relationship where id = $1::text`
    const [row] = await this.#database.rows({ name: 'relationship_by_id', text, values: [id] })
    return row ? readRelationship(row) : null
  }

  /**
   * Latest first.
   *
   * @param organisation whose alone; null: everybody's.
   */
  async ofChild(
    childId: string,
    organisation: string | null = null,
    { first, after }: RegisterPage = firstEntries,
  ): Promise<readonly RelationshipRecord[]> {
    const behind = after === null ? 'and $2::text is null' : standingBehind('gateway.relationship', 'from_on')
    // Two statements: of one for both, a planner would expect few rows and sort them all.
    const whose = organisation === null ? 'and $3::text is null' : 'and organisation = $3::text'
    const text = `select ${columns} from gateway.relationship where child_id = $1::text ${whose} ${behind}
      order by from_on desc nulls last, id limit $4::int`
    const values = [childId, after, organisation, first]
    const name = `relationships_${organisation === null ? 'of_child' : 'of_one'}${after === null ? '' : '_behind'}`
    return (await this.#database.rows({ name, text, values })).map(readRelationship)
  }

  /** Those that hold on a day: no more than `registerLimits` lets each organisation have. */
  async inForce(childId: string, day: string): Promise<readonly RelationshipRecord[]> {
    const text = `select ${columns} from gateway.relationship where child_id = $1::text
      and coalesce(to_on, 'infinity'::date) > $2::date and from_on <= $2::date order by from_on desc, id`
    const rows = await this.#database.rows({ name: 'relationships_in_force', text, values: [childId, day] })
    return rows.map(readRelationship)
  }
}

function readRelationship(row: readonly (string | null)[]): RelationshipRecord {
  const [id, childId, organisation, kind, from, to, basis] = row
  return {
    id: id ?? '',
    childId: childId ?? '',
    organisation: organisation ?? '',
    kind: oneOf(['ALLOCATED', 'EPISODE', 'ON_ROLL'], kind),
    from: from ?? '',
    to: to ?? null,
    basis: basis ?? '',
    confirmed: true,
  }
}
