import type { ListLayout } from '../../sourceLayout.ts'
import type { Position, TimePage } from '../../timePage.ts'
import { earliest, latest, momentSql, recordedMomentSql } from './momentSql.ts'
import { quoted } from './rowConditions.ts'

/** Whom a paged statement reads of: each person's page is cut by itself, however many are asked about together. */
export const whose = '"wv_person"'

/** Which page a row was read for; it stands behind the cells of a row. */
export const ordinalOfPage = '"wv_page"'

/** Names that no list's column has: what a row shows is named without its table. */
const personsFrom = (persons: string): string => `unnest(${persons}) as "wv_persons" (${whose})`

const pagesFrom = (pages: string): string =>
  `json_to_recordset(${pages}) as "wv_pages" (${ordinalOfPage} int, "wv_from" timestamp, "wv_start" timestamp, "wv_before" timestamp, "wv_at" timestamp, "wv_recorded" timestamp, "wv_id" text, "wv_services" text, "wv_most" int)`

/** A list with the place of each row in time. The planner looks through it, to the index that has the same moment. */
const inTime = ({ common, relation, table }: ListLayout): string =>
  `(select *, ${momentSql(common)} as "wv_moment", ${recordedMomentSql(common)} as "wv_noted" from ${relation}) as ${quoted(table)}`

const within = ({ common }: ListLayout, from: string): string =>
  `"wv_moment" >= ${from} and "wv_moment" < "wv_before" and ("wv_services" is null or ${quoted(common.service)} = any(string_to_array("wv_services", ',')))`

/** What a statement of this list is given beside its own conditions, which name `whose`. */
interface PagedList {
  readonly list: ListLayout
  readonly conditions: string
  readonly persons: string
  readonly pages: string
}

/**
 * Of each person and page the first rows of a list, and one more. Admission stands in the same `where`: a page is cut
 * from what may be read, so that what is withheld takes no place in it.
 * First by the moment alone, as the index has it, with whatever stands at the last one: by the whole place a planner
 * that expects few rows would sort all that there are.
 *
 * @param id the record's id as it is given.
 */
export function pagedFrom({ list, conditions, persons, pages }: PagedList, id: string): string {
  const place = `"wv_moment", "wv_noted", (${id}) collate "C"`
  const inOrder = `select * from ${inTime(list)} where ${conditions} and ${within(list, '"wv_start"')} and (${place}) > ("wv_at", "wv_recorded", "wv_id") order by "wv_moment" fetch first ("wv_most") rows with ties`
  const page = `select * from (${inOrder}) as ${quoted(list.table)} order by ${place} limit "wv_most"`
  return `from ${personsFrom(persons)} cross join ${pagesFrom(pages)} cross join lateral (${page}) as ${quoted(list.table)}`
}

/**
 * Of each person every row of a stretch, and in no order: whoever finds one more than they asked for reads its pages.
 */
export const stretchFrom = ({ list, conditions, persons, pages }: PagedList): string =>
  `from ${personsFrom(persons)} cross join ${pagesFrom(pages)} cross join lateral (select * from ${inTime(list)} where ${conditions} and ${within(list, '"wv_start"')} limit "wv_most") as ${quoted(list.table)}`

/** How many rows of a list match each page, by person. */
export const countedFrom = ({ list, conditions, persons, pages }: PagedList): string =>
  `select ${whose} as person, ${ordinalOfPage} as page, matching from ${personsFrom(persons)} cross join ${pagesFrom(pages)} cross join lateral (select count(*) as matching from ${inTime(list)} where ${conditions} and ${within(list, '"wv_from"')}) as counted`

/** What all lists have together. */
export const countingText = (lists: readonly string[]): string =>
  `select person, page::text, sum(matching)::text from (${lists.join('\nunion all\n')}) as lists group by 1, 2`

/** Pages as a statement takes them. */
export const pagesText = (pages: readonly TimePage[]): string =>
  JSON.stringify(
    pages.map(({ from, before, after, services, first: most }, nth) => {
      const [at, recorded, id] = after ? placeAfter(after) : nowhere
      return {
        wv_page: nth,
        wv_from: timestamp(from),
        // What stands before the cursor is not looked at.
        wv_start: timestamp(Math.max(from, after?.[0] ?? from)),
        wv_before: timestamp(before),
        wv_at: at,
        wv_recorded: recorded,
        wv_id: id,
        wv_services: services?.join(',') ?? null,
        wv_most: most + 1,
      }
    }),
  )

const nowhere = ['-infinity', '-infinity', ''] as const

/**
 * A cursor can be made up: its numbers may be of no year and no whole millisecond, its id no text of PostgreSQL's. What
 * stands behind it is the same.
 */
function placeAfter([at, recorded, id]: Position): readonly [string, string, string] {
  if (!Number.isInteger(at)) return [timestamp(Math.floor(at)), 'infinity', '']
  if (!Number.isInteger(recorded)) return [timestamp(at), ...behind(Math.floor(recorded))]
  // No id has a zero character, and whatever begins as this one does until there stands behind it.
  return [timestamp(at), timestamp(recorded), Buffer.from(id.split('\0')[0] ?? '').toString()]
}

/** Behind all that was recorded in one millisecond. */
const behind = (recorded: number): readonly [string, string] => [timestamp(recorded + 1), '']

const timestamp = (milliseconds: number): string => {
  if (milliseconds < earliest) return '-infinity'
  return milliseconds > latest ? 'infinity' : new Date(milliseconds).toISOString().slice(0, -1)
}
