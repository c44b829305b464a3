import type { Knex } from 'knex'

/**
 * Whose decision a hold is. It was the agency's, and with it everybody's of one type of organisation; it is the holding
 * organisation's alone. Older holds name it behind the role of whoever recorded them; one that names none stays
 * nobody's, stands before everybody, and is released by an operator.
 */
export const holdOrganisation: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.hold add column organisation text')
    await trx.raw(`update gateway.hold set organisation = substring(owner from ', ([^,]+)$')`)
    await trx.raw('create index hold_organisation on gateway.hold (agency, organisation) where released_at is null')
  },
  async down(trx) {
    await trx.raw('alter table gateway.hold drop column organisation')
  },
}
