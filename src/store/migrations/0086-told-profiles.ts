import type { Knex } from 'knex'

/**
 * Problem profiles as they were told, and of each quarter of them a digest of who was counted where: numbers and
 * digests, and nothing of a child.
 */
export const toldProfiles: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.told_profile (
      la text not null, theme text not null, reader text not null, from_quarter text not null, to_quarter text not null,
      told json not null, told_at timestamptz not null,
      primary key (la, theme, reader, from_quarter, to_quarter))`)
    await trx.raw(`create table gateway.told_quarter (
      la text not null, theme text not null, reader text not null, quarter text not null, counted text not null,
      primary key (la, theme, reader, quarter))`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.told_quarter, gateway.told_profile')
  },
}
