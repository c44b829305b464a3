import type { Knex } from 'knex'

/**
 * A second person must have said the same first day; a person's word of one organisation or kind no longer replaces
 * their word of another. What was proposed before is asked again: it named no day.
 */
export const relationshipProposalsByDay: Knex.Migration = {
  async up(trx) {
    await trx.raw('delete from gateway.relationship_proposal')
    await trx.raw(`alter table gateway.relationship_proposal add column from_on date not null,
      drop constraint relationship_proposal_pkey,
      add primary key (child_id, organisation, kind, subject, issuer)`)
  },
  async down(trx) {
    await trx.raw('delete from gateway.relationship_proposal')
    await trx.raw(`alter table gateway.relationship_proposal drop constraint relationship_proposal_pkey,
      drop column from_on, add primary key (child_id, subject, issuer)`)
  },
}
