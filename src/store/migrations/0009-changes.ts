import type { Knex } from 'knex'
import { agencyDdl } from '../agencyTables.ts'
import { watch } from '../changeVersions.ts'
import { registerChanges, registersWatchedFirst } from '../registerChanges.ts'

/**
 * Changes of the registers that facts come from are noted by the database itself, so that what was derived from them
 * can be kept for as long as nothing changed.
 */
export const changes: Knex.Migration = {
  async up(trx) {
    for (const statement of agencyDdl('gateway', [registerChanges])) await trx.raw(statement)
    await watch(trx, registerChanges, registersWatchedFirst)
  },
  async down(trx) {
    await trx.raw('drop table gateway.change')
    await trx.raw('drop function gateway.change_noted cascade')
  },
}
