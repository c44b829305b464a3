import type { Knex } from 'knex'

/**
 * A version of a transfer that another replaced says what it says otherwise than that one; what stands whole already
 * stays so. The steps of a transfer are numbered, each transfer's by themselves, so that a page of them begins
 * anywhere.
 */
export const pastVersions: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.transfer_version alter column content drop not null, add column difference text')
    await trx.raw('alter table gateway.transfer_event add column step integer')
    await trx.raw(`update gateway.transfer_event event set step = numbered.step from (
        select id, row_number() over (partition by transfer_id order by id) as step from gateway.transfer_event
      ) as numbered where numbered.id = event.id`)
    await trx.raw('alter table gateway.transfer_event alter column step set not null')
    await trx.raw('create unique index transfer_event_step on gateway.transfer_event (transfer_id, step)')
    await trx.raw(`create index transfer_event_passed on gateway.transfer_event (transfer_id)
      where state = 'RESPONSIBILITY_PASSED'`)
    await trx.raw('drop index gateway.transfer_event_transfer')
  },
  async down(trx) {
    await trx.raw('create index transfer_event_transfer on gateway.transfer_event (transfer_id)')
    await trx.raw('alter table gateway.transfer_event drop column step')
    await trx.raw('drop index if exists gateway.transfer_event_passed')
    await trx.raw('alter table gateway.transfer_version drop column difference')
  },
}
