import type { Database } from '../store/database.ts'

/**
 * SQL: whether an event says that its record is not of a child: a person undid a link, or answered a question about
 * those who came into question.
 */
const isRefutation = `(event.verdict = 'refuted' or event.verdict = 'answered' and event.reason like 'DIFFERENT:%')`
const ofChildren = 'array_append(event.considered, event.child_id)'

/** SQL: whether a person ever said that a record is not of a child. */
export const isRefuted = (record: string, child: string): string =>
  `exists (select 1 from gateway.link_event event
    where event.record = ${record} and ${isRefutation} and ${child} = any(${ofChildren}))`

/** Of whom a person said that these records are not theirs, by record. */
export async function refutedChildren(
  database: Database,
  records: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await database.rows({
    name: 'identity-refuted-children',
    text: `select event.record::text, child from gateway.link_event event, unnest(${ofChildren}) child
      where ${isRefutation} and event.record = any(array(select json_array_elements_text($1::json)::bigint))`,
    values: [JSON.stringify(records)],
  })
  const refuted = new Map<string, string[]>()
  for (const [record, child] of rows) if (record && child) refuted.set(record, [...(refuted.get(record) ?? []), child])
  return refuted
}
