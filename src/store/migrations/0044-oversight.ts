import type { Knex } from 'knex'

/** Ways from an organisation or an authority to the children it may ask about, for questions over many of them. */
export const oversightIndexes: Knex.Migration = {
  async up(trx) {
    await trx.raw('create index relationship_of_organisation on gateway.relationship (organisation, child_id)')
    await trx.raw('create index last_known_responsible on gateway.last_known (responsible_la, child_id)')
    await trx.raw('create index last_known_area on gateway.last_known (area_la, child_id)')
    await trx.raw('create index child_of_area on gateway.child (area_la, child_id)')
  },
  async down(trx) {
    for (const index of ['relationship_of_organisation', 'last_known_responsible', 'last_known_area', 'child_of_area'])
      await trx.raw(`drop index gateway.${index}`)
  },
}
