import type { Database } from '../store/database.ts'
import { numberKeys, searchKeys } from './blockingKeys.ts'
import { normalisedPerson, type Person } from './person.ts'
import type { Candidates, RecordCandidate } from './registerTypes.ts'
import { sameHolder } from './sameHolder.ts'

/**
 * Records that one search looks at besides those that bear a number that was sent. Beyond it the answer says that
 * more were there.
 */
const mostRecords = 2000

/**
 * Records that share a key with the person sought, children's or those of the adults whom adult services know. Who
 * bears a number that was sent is always among them: no crowd of one name and birthday pushes them out.
 */
export async function candidatesFor(
  query: Person,
  amongAdults: boolean,
  database: Database,
  hash: (key: string) => bigint,
): Promise<Candidates> {
  const hashed = (keys: readonly string[]) => keys.map((key) => String(hash(key)))
  const [numbers, keys] = [hashed(numberKeys(query)), hashed(searchKeys(query))]
  if (keys.length === 0) return { records: [], isCut: false }
  const [row] = await database.rows({
    name: 'identity-candidates',
    text: candidatesText,
    values: [numbers, keys, amongAdults],
  })
  const [text, found] = row ?? []
  return { records: candidatesIn(text ?? ''), isCut: Number(found ?? 0) > mostRecords }
}

/**
 * One row with every candidate in it, for a row costs the client more than a candidate does; the fields are split by
 * what no field holds.
 */
const candidatesText = `
  with numbered as (select record from gateway.person_key where key = any($1::bigint[]) limit ${mostRecords}),
    keyed as (select record from gateway.person_key where key = any($2::bigint[]) limit ${mostRecords + 1})
  select string_agg(person.id || e'\\x1f' || person.protected::int || e'\\x1f' || person.folded || e'\\x1f'
      || coalesce(person.child_id, (select min(link.child_id) from gateway.link link where link.agency = person.agency
          and link.person_id = person.local_id and ${sameHolder} and link.ended_at is null), '')
      || e'\\x1f' || person.agency || e'\\x1f' || person.holder, e'\\x1e'),
    (select count(*) from keyed)::text
  from gateway.person_record person
  where person.id = any(array(select record from numbered union all select record from keyed))
    and (person.agency = 'adultServices') = $3::boolean`

const candidatesIn = (text: string): readonly RecordCandidate[] =>
  text === ''
    ? []
    : text.split('\x1e').map((entry) => {
        const [id, isProtected, folded, childId, agency, holder] = entry.split('\x1f')
        return {
          id: id ?? '',
          person: normalisedPerson(folded ?? ''),
          childId: childId || null,
          agency: agency ?? '',
          holder: holder ?? '',
          isProtected: isProtected === '1',
        }
      })
