import type { Knex } from 'knex'
import { watch } from '../changeVersions.ts'
import { registerChanges, watchedPlaces } from '../registerChanges.ts'

/**
 * Of whom a holder recorded a place that must not be found: kept like the last known authority, so that a source that
 * is away never lifts it. Which person of which agency, and no place.
 */
export const protectedPlaces: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.protected_place (agency text not null, person_id text not null,
      seen_at timestamptz not null, primary key (agency, person_id))`)
    await watch(trx, registerChanges, [watchedPlaces])
  },
  async down(trx) {
    await trx.raw('drop table gateway.protected_place')
  },
}
