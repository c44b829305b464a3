import type { Knex } from 'knex'

/**
 * Who of the sending authority notified a transfer, and which organisation waits for one that nothing bears out yet. Of
 * those stored before, the sending authority notified exactly the ones whose first event says that it sent them.
 */
export const notifiedTransfers: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.transfer add column notified_by text, add column asked_by text')
    await trx.raw(`update gateway.transfer set notified_by = created_by where exists (
      select from gateway.transfer_event event
      where event.transfer_id = transfer.id and event.state = 'REQUESTED' and event.note = 'Sent by the sending authority.')`)
    await trx.raw(`create index transfer_pending on gateway.transfer (from_la, to_la) where state = 'PENDING'`)
  },
  async down(trx) {
    await trx.raw(`delete from gateway.transfer where state = 'PENDING'`)
    await trx.raw('drop index if exists gateway.transfer_pending')
    await trx.raw('alter table gateway.transfer drop column notified_by, drop column asked_by')
  },
}
