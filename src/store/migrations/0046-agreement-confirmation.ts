import type { Knex } from 'knex'

/**
 * Who confirmed an agreement, and which authority's governance entered it: it opens nothing until another party has
 * confirmed it. What is there was entered by operators, whose word is enough.
 */
export const agreementConfirmation: Knex.Migration = {
  async up(trx) {
    await trx.raw(`alter table gateway.agreement
      add column proposed_by text, add column confirmed_by text, add column confirmed_at timestamptz`)
    await trx.raw(`update gateway.agreement
      set confirmed_by = coalesce(entered_by, 'operator'), confirmed_at = coalesce(entered_at, now())`)
  },
  async down(trx) {
    await trx.raw(`delete from gateway.agreement where confirmed_at is null`)
    await trx.raw(`alter table gateway.agreement
      drop column proposed_by, drop column confirmed_by, drop column confirmed_at`)
  },
}
