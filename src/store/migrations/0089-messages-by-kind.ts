import type { Knex } from 'knex'

/**
 * What a child's chronology, the top of its messages and a list of one kind show is of few kinds, and what waits is
 * open: each is found without going through all that was ever sent. A mailbox is walked by kind, so that its rows say
 * of which they are.
 */
export const messagesByKind: Knex.Migration = {
  async up(trx) {
    await trx.raw(`alter table gateway.message_recipient add column kind text not null default ''`)
    await trx.raw(`update gateway.message_recipient each set kind = message.kind
      from gateway.message where message.id = each.message_id`)
    await trx.raw('alter table gateway.message_recipient alter column kind drop default')
    await trx.raw('create index message_inbox_of_kind on gateway.message_recipient (mailbox, kind, seq desc)')
    await trx.raw('create index message_outbox_of_kind on gateway.message (from_mailbox, kind, seq desc)')
    await trx.raw('create index message_of_child_and_kind on gateway.message (child_id, kind, seq desc)')
    await trx.raw('create index message_open_of_child on gateway.message (child_id, seq) where closed_at is null')
  },
  async down(trx) {
    await trx.raw('drop index gateway.message_open_of_child')
    await trx.raw('drop index gateway.message_of_child_and_kind')
    await trx.raw('drop index gateway.message_outbox_of_kind')
    await trx.raw('alter table gateway.message_recipient drop column kind')
  },
}
