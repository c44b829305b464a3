import type { Knex } from 'knex'

/**
 * What an agreement says, and who entered it. `purposes` are those for which it holds, null for all; `labels`,
 * `parties` and `document` are as the signed document has them. One that is ended keeps its row.
 */
export const agreementTerms: Knex.Migration = {
  async up(trx) {
    await trx.raw(`alter table gateway.agreement
      add column purposes text[], add column labels text[], add column parties text[], add column document text,
      add column entered_by text, add column entered_at timestamptz, add column ended_by text, add column ended_at timestamptz`)
  },
  async down(trx) {
    await trx.raw(`alter table gateway.agreement
      drop column purposes, drop column labels, drop column parties, drop column document,
      drop column entered_by, drop column entered_at, drop column ended_by, drop column ended_at`)
  },
}
