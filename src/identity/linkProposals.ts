import type { Database } from '../store/database.ts'
import type { By } from './registerTypes.ts'

/** A reviewer as their token names them: one person, whichever role and organisation they act for. */
export interface Signed {
  readonly issuer: string
  readonly subject: string
}

/** What a first reviewer proposed, that waits for a second. */
export interface Proposal extends Signed {
  readonly childId: string
  readonly person: string
  readonly reason: string
  /** Whose people they are. */
  readonly agencyType: string
}

/** Whether both are the same person. */
export const isSamePerson = (one: Signed, other: Signed): boolean =>
  one.issuer === other.issuer && one.subject === other.subject

/** Proposes that a question's record is of a child, or answers what was proposed before: the first proposal stands. */
export async function proposed(
  database: Database,
  reference: string,
  childId: string,
  by: By,
  signed: Signed & { readonly agencyType: string },
  at: Date,
): Promise<{ readonly proposal: Proposal; readonly isNew: boolean }> {
  const added = await database.rows({
    name: 'identity-propose',
    text: `insert into gateway.link_proposal (reference, child_id, issuer, subject, decided_by, reason, at, agency_type)
      values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::timestamptz, $8::text)
      on conflict (reference) do nothing returning reference`,
    values: [
      reference,
      childId,
      signed.issuer,
      signed.subject,
      by.person,
      by.reason,
      at.toISOString(),
      signed.agencyType,
    ],
  })
  if (added.length > 0)
    return {
      proposal: {
        issuer: signed.issuer,
        subject: signed.subject,
        agencyType: signed.agencyType,
        childId,
        person: by.person,
        reason: by.reason,
      },
      isNew: true,
    }
  const proposal = await proposalOf(database, reference)
  if (proposal === null) throw new Error('A proposal that is there already is found.')
  return { proposal, isNew: false }
}

/** What was proposed for a question, or null. */
export async function proposalOf(database: Database, reference: string): Promise<Proposal | null> {
  const rows = await database.rows({
    name: 'identity-proposal',
    text: 'select child_id, issuer, subject, decided_by, reason, agency_type from gateway.link_proposal where reference = $1::text',
    values: [reference],
  })
  const [row] = rows
  if (!row) return null
  const [childId = '', issuer = '', subject = '', person = '', reason = '', agencyType = ''] = row.map(
    (cell) => cell ?? '',
  )
  return { childId, issuer, subject, person, reason, agencyType }
}
