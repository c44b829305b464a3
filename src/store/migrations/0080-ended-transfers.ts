import type { Knex } from 'knex'

const key = '(child_id, type, from_la, to_la)'

/** Of a child, kind and two authorities there is one transfer at a time, and not for ever: after its end another. */
export const endedTransfers: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.transfer drop constraint transfer_child_id_type_from_la_to_la_key')
    await trx.raw(`create unique index transfer_not_ended on gateway.transfer ${key}
      where state not in ('CLOSED', 'REJECTED', 'WITHDRAWN')`)
  },
  async down(trx) {
    await trx.raw(`delete from gateway.transfer ended where exists (select from gateway.transfer later
      where (later.child_id, later.type, later.from_la, later.to_la) = (ended.child_id, ended.type, ended.from_la, ended.to_la)
        and (later.created_at, later.id) > (ended.created_at, ended.id))`)
    await trx.raw('drop index gateway.transfer_not_ended')
    await trx.raw(`alter table gateway.transfer add constraint transfer_child_id_type_from_la_to_la_key unique ${key}`)
  },
}
