import type pg from 'pg'
import type { PopulationTable } from './tables.ts'

/** Over how much of the disk a child's records lie. */
export interface Spread {
  readonly records: number
  readonly pages: number
}

/** The mean of some children: records of all tables, and the pages of 8 KB that they are on. */
export async function spreadOf(
  client: pg.Client,
  tables: readonly PopulationTable[],
  children: readonly string[],
): Promise<Spread> {
  const { rows: links } = await client.query<{ person_id: string }>(
    'select distinct person_id from gateway.link where child_id = any($1::text[])',
    [children],
  )
  const persons = links.map(({ person_id }) => person_id)
  let records = 0
  let pages = 0
  for (const { name, owner, ownerIs } of tables) {
    const { rows } = await client.query<{ records: string; pages: string }>(
      `select coalesce(sum(records), 0)::text as records, coalesce(sum(pages), 0)::text as pages from (
         select count(*) as records, count(distinct (ctid::text::point)[0]) as pages
         from ${name} where ${owner} = any($1::text[]) group by ${owner}) as of`,
      [ownerIs === 'child' ? children : persons],
    )
    records += Number(rows[0]?.records)
    pages += Number(rows[0]?.pages)
  }
  return { records: records / children.length, pages: pages / children.length }
}
