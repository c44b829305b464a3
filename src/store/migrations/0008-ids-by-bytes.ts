import type { Knex } from 'knex'

/**
 * What tables are looked up by is compared by its bytes. Ids, codes and names of organisations mean nothing to a
 * language, whose rules cost every look-up something; an index over bytes also stays true when the server's rules
 * change. Columns that are joined are here together: an index over one order is not looked at for the other.
 */
export const idsByBytes: Knex.Migration = {
  up: (trx) => compareBy(trx, '"C"'),
  down: (trx) => compareBy(trx, 'pg_catalog."default"'),
}

async function compareBy(trx: Knex, collation: string): Promise<void> {
  for (const [table, columns] of Object.entries(lookedUpBy)) {
    const changes = columns.map((column) => `alter column ${column} type text collate ${collation}`)
    await trx.raw(`alter table gateway.${table} ${changes.join(', ')}`)
  }
}

const lookedUpBy: Readonly<Record<string, readonly string[]>> = {
  child: ['child_id'],
  link: ['child_id', 'agency', 'person_id'],
  identifier: ['scheme', 'value', 'child_id'],
  relationship: ['id', 'child_id', 'organisation'],
  consent: ['id', 'child_id'],
  hold: ['id', 'child_id'],
  agreement: ['id', 'organisation'],
  transfer: ['id', 'child_id', 'type', 'from_la', 'to_la'],
  audit_child: ['child_id'],
  break_glass: ['id', 'child_id'],
  denied_token: ['kind', 'value', 'issuer'],
  token_replay: ['key'],
  person_record: ['agency', 'local_id'],
}
