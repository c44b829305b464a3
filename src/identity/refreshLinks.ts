import type { Knex } from 'knex'

/**
 * Makes what is kept for quick reading, the record's child and the gateway's own link, what the events say. Links
 * that came with the data are not touched.
 */
export async function restate(trx: Knex.Transaction, record: string): Promise<void> {
  const person = await trx('gateway.person_record').where({ id: record }).first('agency', 'local_id', 'holder')
  const own = { agency: person.agency, person_id: person.local_id, holder: person.holder }
  await trx('gateway.link').where(own).whereNotNull('event').delete()
  const current = await trx('gateway.link_view').where({ record }).first('child_id', 'event', 'at')
  await trx('gateway.person_record')
    .where({ id: record })
    .update({ child_id: current?.child_id ?? null })
  if (!current) return
  await trx('gateway.link')
    .insert({ ...own, child_id: current.child_id, since: current.at, event: current.event })
    .onConflict(['agency', 'person_id', 'child_id', 'holder'])
    .ignore()
}
