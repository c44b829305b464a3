import type { Knex } from 'knex'

/**
 * Whose entries a legal hold keeps: those of the authority that placed it. Null keeps everybody's: an operator's, and
 * one that was placed before there was the difference.
 */
export const legalHoldOfAuthority: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.legal_hold add column organisations text[]')
  },
  async down(trx) {
    await trx.raw('alter table gateway.legal_hold drop column organisations')
  },
}
