import { randomUUID } from 'node:crypto'
import type { Database } from '../store/database.ts'
import { oneOf } from './oneOf.ts'
import { organisationOf, refuseFull } from './registerLimits.ts'

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
}

export type NewRelationship = Omit<RelationshipRecord, 'id' | 'to'>

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

  async ofChild(childId: string): Promise<readonly RelationshipRecord[]> {
    const text = `select ${columns} from gateway.relationship where child_id = $1::text order by from_on desc nulls last, id`
    return (await this.#database.rows({ name: 'relationships_of_child', text, values: [childId] })).map(
      readRelationship,
    )
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
  }
}
