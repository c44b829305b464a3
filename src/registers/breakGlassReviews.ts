import { isoText } from '../facts/factsStatement.ts'
import type { Caller } from '../policy/caller.ts'
import type { Database } from '../store/database.ts'
import { behindIn, type RegisterPage } from './registerPage.ts'

/** `BreakGlassReview` of `schema/governance.graphql`. */
export interface Review {
  readonly id: string
  readonly breakGlassId: string
  readonly childId: string
  /** Authority whose information governance reviews. */
  readonly la: string | null
  readonly openedAt: string
  readonly dueOn: string
  readonly closedAt: string | null
  readonly closedBy: string | null
  readonly finding: Finding | null
  readonly reason: string | null
  /** Who opened a break-glass session; never shown, only compared. */
  readonly broke: { readonly issuer: string; readonly subject: string }
}

export type Finding = 'JUSTIFIED' | 'NOT_JUSTIFIED'

export type MayReview = 'ALLOWED' | 'ROLE_NOT_PERMITTED' | 'NOT_RESPONSIBLE' | 'OWN_SESSION'

/**
 * Information governance of the authority that reviews, and nobody who opened this session, whatever role they hold
 * today.
 */
export function mayReview(
  caller: Pick<Caller, 'role' | 'la' | 'issuer' | 'subject'>,
  review: Pick<Review, 'la' | 'broke'>,
): MayReview {
  if (caller.role !== 'INFORMATION_GOVERNANCE_OFFICER') return 'ROLE_NOT_PERMITTED'
  if (caller.subject === review.broke.subject && caller.issuer === review.broke.issuer) return 'OWN_SESSION'
  return caller.la !== null && caller.la === review.la ? 'ALLOWED' : 'NOT_RESPONSIBLE'
}

const columns = `review.id::text, review.break_glass_id::text, review.child_id::text, review.la::text,
  ${isoText('review.opened_at')}, review.due_on::text, ${isoText('review.closed_at')}, review.closed_by::text,
  review.finding::text, review.reason::text, session.issuer::text, session.subject::text
  from gateway.review join gateway.break_glass session on session.id = review.break_glass_id`

/** Review tasks. Each stays open, and overdue, until someone who may closes it with a reason. */
export class ReviewRegister {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async byId(id: string): Promise<Review | null> {
    const text = `select ${columns} where review.id = $1::text`
    const [row] = await this.#database.rows({ name: 'review_by_id', text, values: [id] })
    return row ? readReview(row) : null
  }

  /** Of one authority, those still open first, then by the day they are due. */
  async ofAuthority(la: string, openOnly: boolean, { first, after }: RegisterPage): Promise<readonly Review[]> {
    const place = `${openOnly ? '' : '(review.closed_at is not null), '}review.due_on, review.id`
    const entry = 'gateway.review where review.id = $2::text and review.la = $1::text'
    const text = `select ${columns} where review.la = $1::text ${openOnly ? 'and review.closed_at is null' : ''}
      ${after === null ? 'and $2::text is null' : behindIn(place, entry)} order by ${place} limit $3::int`
    const name = `reviews_${openOnly ? 'open' : 'of_la'}${after === null ? '' : '_behind'}`
    const rows = await this.#database.rows({ name, text, values: [la, after, first] })
    return rows.map(readReview)
  }

  /** Whether this call closed it. The privacy officer's duty ends with it. */
  async close(
    review: Review,
    closing: { readonly finding: Finding; readonly reason: string; readonly by: string },
    at: Date,
  ): Promise<boolean> {
    return this.#database.knex.transaction(async (trx) => {
      const closed = await trx('gateway.review').where({ id: review.id }).whereNull('closed_at').update({
        closed_at: at.toISOString(),
        closed_by: closing.by,
        finding: closing.finding,
        reason: closing.reason,
      })
      if (closed !== 1) return false
      await trx('gateway.obligation')
        .where({ id: `${review.breakGlassId}:alert` })
        .whereNull('discharged_at')
        .update({ discharged_at: at.toISOString(), discharged_by: closing.by, discharge_reason: closing.reason })
      return true
    })
  }
}

function readReview(row: readonly (string | null)[]): Review {
  const [id, breakGlassId, childId, la, openedAt, dueOn, closedAt, closedBy, finding, reason, issuer, subject] = row
  return {
    id: id ?? '',
    breakGlassId: breakGlassId ?? '',
    childId: childId ?? '',
    la: la ?? null,
    openedAt: openedAt ?? '',
    dueOn: dueOn ?? '',
    closedAt: closedAt ?? null,
    closedBy: closedBy ?? null,
    finding: finding === 'JUSTIFIED' || finding === 'NOT_JUSTIFIED' ? finding : null,
    reason: reason ?? null,
    broke: { issuer: issuer ?? '', subject: subject ?? '' },
  }
}
