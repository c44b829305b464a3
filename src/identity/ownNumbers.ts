import type { AgencyName } from '../foundation/agencies.ts'
import type { Database } from '../store/database.ts'
import type { PersonEntry } from './registerTypes.ts'

/**
 * Keeps the numbers of these persons as they are now. A number leads to the record, and the record's link to a child.
 */
export async function keepOwnNumbers(
  database: Pick<Database, 'rows'>,
  agency: AgencyName,
  persons: readonly Pick<PersonEntry, 'localId' | 'holder' | 'ownNumbers'>[],
): Promise<void> {
  if (persons.length === 0) return
  await database.rows({
    name: 'own-numbers-keep',
    text: `with told as (select * from jsonb_to_recordset($2::jsonb) as told (person text, holder text, numbers jsonb)),
      own as (select distinct person, holder, number from told, jsonb_array_elements_text(told.numbers) as number),
      gone as (delete from gateway.own_number kept using told
        where kept.agency = $1::text and kept.person_id = told.person and kept.holder = told.holder
          and not exists (select from own where (own.person, own.holder, own.number) = (kept.person_id, kept.holder, kept.number)))
      insert into gateway.own_number (agency, number, holder, person_id)
      select $1::text, number, holder, person from own on conflict do nothing`,
    values: [
      agency,
      JSON.stringify(
        persons.map(({ localId, holder = '', ownNumbers = [] }) => ({ person: localId, holder, numbers: ownNumbers })),
      ),
    ],
  })
}

/**
 * Children to whom the id of a holder's person leads, or the number by which its people name them, in SQL: `$1` is the
 * agency, `$2` the id or number, `$3` the holder or null.
 */
export const childrenNamed = `with named (person_id, holder) as (select $2::text, '' union all
    select person_id, holder from gateway.own_number where agency = $1::text and number = $2::text)
  select distinct link.child_id from named join gateway.link link on link.agency = $1::text
    and link.person_id = named.person_id and (named.holder = '' or link.holder in ('', named.holder))
  where link.ended_at is null and ($3::text is null or link.holder in ($3::text, ''))
  order by link.child_id limit 10`
