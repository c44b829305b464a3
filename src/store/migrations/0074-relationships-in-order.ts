import type { Knex } from 'knex'

const before = `gateway.relationship (child_id, organisation, coalesce(to_on, 'infinity'::date))`
const after = `gateway.relationship (child_id, coalesce(to_on, 'infinity'::date), organisation)`

/**
 * Who works with a child is asked by child and day, whichever organisation asks; and one organisation's entries are
 * listed in their order. Without an order of its own a list is sorted whole for each page.
 */
export const relationshipsInOrder: Knex.Migration = {
  async up(trx) {
    await trx.raw('drop index gateway.relationship_in_force')
    await trx.raw(`create index relationship_in_force on ${after}`)
    await trx.raw(`create index relationship_of_one_in_order
      on gateway.relationship (child_id, organisation, from_on desc nulls last, id)`)
  },
  async down(trx) {
    await trx.raw('drop index gateway.relationship_of_one_in_order')
    await trx.raw('drop index gateway.relationship_in_force')
    await trx.raw(`create index relationship_in_force on ${before}`)
  },
}
