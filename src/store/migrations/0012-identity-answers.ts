import type { Knex } from 'knex'

/**
 * What a reviewer's answer was about, so that the same question gets it: the child it named, or those whom it said it
 * was not. What the asker could read that others may not, so that what they typed is shown to no one who may not read
 * it. Whose people proposed a link.
 */
export const identityAnswers: Knex.Migration = {
  async up(trx) {
    for (const statement of statements) await trx.raw(statement)
  },
  async down() {
    throw new Error('This migration is not undone: drop the database instead.')
  },
}

const statements = [
  'alter table gateway.link_event add column considered text[], add column asker_reads text[]',
  // A description is longer than an index takes; two that are one by this are compared as a whole.
  `create index link_event_sent on gateway.link_event (md5(sent), id desc) where verdict = 'asked'`,
  "create index link_event_waiting on gateway.link_event (id) where verdict = 'asked'",
  `alter table gateway.link_proposal add column agency_type text`,
]
