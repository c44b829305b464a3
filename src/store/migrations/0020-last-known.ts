import type { Knex } from 'knex'

/**
 * The responsible and the area authority of a child as children's social care last said, so that a source that is away
 * never makes a child unknown. Written only where it differs from what is known: `seen_at` is since when it is so.
 */
export const lastKnown: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.last_known (child_id text primary key, responsible_la text, area_la text,
      area_force text, is_looked_after boolean not null,
      is_known boolean not null, has_reasonable_cause boolean not null, seen_at timestamptz not null)`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.last_known')
  },
}
