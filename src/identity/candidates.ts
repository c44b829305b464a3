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
  const [found] = await candidatesForEach([query], amongAdults, database, hash)
  return found ?? nobody
}

const nobody: Candidates = { records: [], isCut: false }

/** The same for many who are sought at once, in one statement, in their order. */
export async function candidatesForEach(
  queries: readonly Person[],
  amongAdults: boolean,
  database: Database,
  hash: (key: string) => bigint,
): Promise<readonly Candidates[]> {
  const hashed = (keys: readonly string[]) => keys.map((key) => String(hash(key)))
  const asked = queries.flatMap((query, at) => {
    const keys = hashed(searchKeys(query))
    return keys.length === 0 ? [] : [{ at, numbers: hashed(numberKeys(query)), keys }]
  })
  if (asked.length === 0) return queries.map(() => nobody)
  const rows = await database.rows({
    name: 'identity-candidates',
    text: candidatesText,
    values: [JSON.stringify(asked), amongAdults],
  })
  const found = new Map(
    rows.map(([at, text, count]) => [
      Number(at),
      { records: candidatesIn(text ?? ''), isCut: Number(count ?? 0) > mostRecords },
    ]),
  )
  return queries.map((_, at) => found.get(at) ?? nobody)
}

/**
 * One row for each who is sought with every candidate in it, for a row costs the client more than a candidate does; the
 * fields are split by what no field holds.
 */
const candidatesText = `
  select asked.at::text, found.text, cardinality(hit.keyed)::text
  from jsonb_to_recordset($1::jsonb) as asked (at integer, numbers bigint[], keys bigint[])
  cross join lateral (select
    array(select record from gateway.person_key where key = any(asked.numbers) limit ${mostRecords}) as numbered,
    array(select record from gateway.person_key where key = any(asked.keys) limit ${mostRecords + 1}) as keyed) hit
  cross join lateral (select string_agg(person.id || e'\\x1f' || person.protected::int || e'\\x1f' || person.folded
      || e'\\x1f' || coalesce(person.child_id, (select min(link.child_id) from gateway.link link
          where link.agency = person.agency and link.person_id = person.local_id and ${sameHolder}
            and link.ended_at is null), '') || e'\\x1f' || person.agency || e'\\x1f' || person.holder, e'\\x1e') as text
    from gateway.person_record person
    where person.id = any(hit.numbered || hit.keyed) and (person.agency = 'adultServices') = $2::boolean) found`

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
