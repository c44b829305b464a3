import type { Knex } from 'knex'

const index = (trx: Knex, key: string) =>
  trx.raw(`create unique index transfer_not_ended on gateway.transfer (child_id, type, from_la, to_la${key})
    where state not in ('CLOSED', 'REJECTED', 'WITHDRAWN')`)

/** What somebody asks for of a child from whom they are barred is theirs alone, beside what others ask for. */
export const requestsOfBarredPersons: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.transfer add column kept_for text')
    await trx.raw('drop index gateway.transfer_not_ended')
    await index(trx, `, coalesce(kept_for, '')`)
  },
  async down(trx) {
    await trx.raw('delete from gateway.transfer where kept_for is not null')
    await trx.raw('drop index gateway.transfer_not_ended')
    await index(trx, '')
    await trx.raw('alter table gateway.transfer drop column kept_for')
  },
}
