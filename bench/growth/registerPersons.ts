import type pg from 'pg'
import { agencies } from '../../src/foundation/agencies.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'

/**
 * Notes every person in the register of names, without the keys by which one is found: a gateway of the demonstration
 * would otherwise take all of them in before it answers, which for a million children takes longer than everything
 * else. No question that is measured here searches by name.
 */
export async function registerPersons(client: pg.Client): Promise<void> {
  const { layouts } = buildModel(await loadAgencies(), [])
  for (const agency of agencies) {
    const { schema, lists } = layouts[agency]
    const list = lists.get('person')
    if (list)
      await client.query(
        `insert into gateway.person_record (agency, local_id, folded, seen_at)
         select distinct '${agency}', "${list.common.person}", '', now() from "${schema}"."${list.table}"`,
      )
  }
}
