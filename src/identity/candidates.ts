import type { Database } from '../store/database.ts'
import { searchKeys } from './blockingKeys.ts'
import type { Scored } from './matchWeight.ts'
import { normalisedPerson, type Person } from './person.ts'
import type { RecordCandidate } from './registerTypes.ts'

/** Records that share a key with the person sought: children's, or those of the adults whom adult services know. */
export async function candidatesFor(
  query: Person,
  amongAdults: boolean,
  database: Database,
  hash: (key: string) => bigint,
): Promise<readonly RecordCandidate[]> {
  const keys = searchKeys(query).map((key) => String(hash(key)))
  if (keys.length === 0) return []
  const [row] = await database.rows({ name: 'identity-candidates', text: candidatesText, values: [keys, amongAdults] })
  return candidatesIn(row?.[0] ?? '')
}

/** One row with every candidate in it, for a row costs the client more than a candidate does; the fields are split by what no field holds. */
const candidatesText = `
  select string_agg(person.id || e'\\x1f' || person.protected::int || e'\\x1f' || person.folded || e'\\x1f'
    || coalesce(person.child_id, ''), e'\\x1e')
  from gateway.person_record person
  where person.id = any(array(select record from gateway.person_key where key = any($1::bigint[])))
    and (person.agency = 'adultServices') = $2::boolean`

const candidatesIn = (text: string): readonly RecordCandidate[] =>
  text === ''
    ? []
    : text.split('\x1e').map((entry) => {
        const [id, isProtected, folded, childId] = entry.split('\x1f')
        return {
          id: id ?? '',
          person: normalisedPerson(folded ?? ''),
          childId: childId || null,
          isProtected: isProtected === '1',
        }
      })

/** Records of one child are no rivals of one another: the likeliest of them stands for the child. */
export function oneEach(entries: readonly Scored<RecordCandidate>[]): readonly Scored<RecordCandidate>[] {
  const seen = new Set<string>()
  return entries.filter(({ candidate: { childId } }) => {
    if (childId === null) return true
    if (seen.has(childId)) return false
    seen.add(childId)
    return true
  })
}
