import type { Knex } from 'knex'

/** What one reviewer proposed and another, signed in as themselves, must confirm. */
export const identitySecondTables: Knex.Migration = {
  async up(trx) {
    for (const statement of statements) await trx.raw(statement)
  },
  async down() {
    throw new Error('This migration is not undone: drop the database instead.')
  },
}

const statements = [
  `create table gateway.link_proposal (
    reference text primary key, child_id text not null, issuer text not null, subject text not null,
    decided_by text not null, reason text not null, at timestamptz not null)`,
  `create trigger link_proposal_stays before update or delete on gateway.link_proposal
    for each row execute function gateway.refuse_change()`,
]
