import type { Knex } from 'knex'

/**
 * Relationships with a child of whom a place must not be found, as one person said them: they open nothing until a
 * second one has said the same. Of each person and child the last.
 */
export const relationshipProposals: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.relationship_proposal (child_id text not null, organisation text not null,
      kind text not null, subject text not null, issuer text not null, proposed_at timestamptz not null, primary key (child_id, subject, issuer))`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.relationship_proposal')
  },
}
