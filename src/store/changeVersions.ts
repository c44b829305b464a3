import type { Knex } from 'knex'
import type { AgencyTable } from './agencyTables.ts'
import type { Database } from './database.ts'
import type { Stopping } from './stopping.ts'

/** A table whose changes are noted, by whose rows were changed. */
export interface Watched {
  readonly table: string
  /** First part of a key, `child` of `child:C04`; without a column the whole key. */
  readonly kind: string
  readonly column?: string
  /** Column that says from when on a row is read: rows may be dated ahead. */
  readonly from?: string
}

/** What is noted of one key. */
export interface ChangeVersion {
  /** Another after every change. A number that is counted up would come again after a restored backup. */
  readonly value: string
  /** Seconds since 1970: no row was ever dated later. Negative infinity where rows have no date. */
  readonly latest: number
}

/** By key; a key of which no change was ever noted is absent. Equal versions: nothing changed between the two looks. */
export type ChangeVersions = ReadonlyMap<string, ChangeVersion>

/** Key of what concerns everybody. */
export const wholeTable = 'all'

export const keyOf = (kind: string, whose: string): string => `${kind}:${whose}`

/** The version of a key, also where nothing was ever noted. */
export const changeVersionOf = (changeVersions: ChangeVersions, key: string): string =>
  changeVersions.get(key)?.value ?? ''

/** Where changes of a schema are noted. */
export const changeTable = (schema: string, table: string): AgencyTable => ({
  schema,
  table,
  primaryKey: ['whose'],
  indexes: [],
  columns: [
    { name: 'whose', type: 'text', notNull: true },
    { name: 'stamp', type: 'uuid', notNull: true, default: 'gen_random_uuid()' },
    { name: 'latest', type: 'timestamptz' },
  ],
})

/**
 * Has the database itself note every change of these tables in the transaction that makes it, whoever makes it: who
 * sees the change sees another version. Once for each statement, so that loading many rows stays cheap, and in the
 * order of keys, so that two who write never wait for each other in a circle. `always`: also when rows arrive by
 * replication.
 */
export async function watch(knex: Knex, { schema, table }: AgencyTable, watched: readonly Watched[]): Promise<void> {
  const place = `"${schema}"."${table}"`
  await knex.raw(noting(place))
  for (const { table: of, kind, column = '', from = '' } of watched)
    for (const [event, rows] of Object.entries(events)) {
      const name = `${table}_${event}`
      await knex.raw(`drop trigger if exists "${name}" on "${schema}"."${of}"`)
      await knex.raw(`create trigger "${name}" after ${event} on "${schema}"."${of}" ${rows}
        for each statement execute function ${functionOf(place)}('${kind}', '${column}', '${from}')`)
      await knex.raw(`alter table "${schema}"."${of}" enable always trigger "${name}"`)
    }
}

const events = {
  insert: 'referencing new table as new_rows',
  update: 'referencing old table as old_rows new table as new_rows',
  delete: 'referencing old table as old_rows',
  truncate: '',
} as const

const functionOf = (place: string): string => place.replace(/"$/, '_noted"')

/** Runs with its owner's rights: who may write records need not be able to write versions. */
const noting = (place: string): string => `
  create or replace function ${functionOf(place)}() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $noted$
  declare
    kind text := tg_argv[0];
    of_rows text := format('select %I::text as whose, %s as latest from ', tg_argv[1],
      case when tg_argv[2] = '' then 'null::timestamptz' else quote_ident(tg_argv[2]) end);
  begin
    if tg_argv[1] = '' or tg_op = 'TRUNCATE' then
      insert into ${place} (whose) values (case when tg_argv[1] = '' then kind else '${wholeTable}' end)
        on conflict (whose) do update set stamp = gen_random_uuid();
      return null;
    end if;
    execute format(
      'insert into ${place} as known (whose, latest)
        select %L || whose, max(latest) from (%s) as changed where whose is not null group by whose order by whose
        on conflict (whose) do update
          set stamp = gen_random_uuid(), latest = greatest(known.latest, excluded.latest)',
      kind || ':',
      case tg_op when 'INSERT' then of_rows || 'new_rows' when 'DELETE' then of_rows || 'old_rows'
        else of_rows || 'old_rows union all ' || of_rows || 'new_rows' end);
    return null;
  end $noted$`

/**
 * Whether every change of these tables is noted. Only plain tables can tell: a view has no rows of its own, and what is
 * written into a partition is not noted for the whole table.
 */
export async function isWatched(
  database: Database,
  { schema, table }: AgencyTable,
  watched: readonly Watched[],
  signal?: Stopping,
): Promise<boolean> {
  const tables = [...new Set(watched.map(({ table: of }) => of))]
  const values = [schema, tables, Object.keys(events).map((event) => `${table}_${event}`)]
  const [row] = await database.rows({ name: `watched_${schema}`, text: watchedText, values }, signal)
  return Number(row?.[0]) === tables.length * Object.keys(events).length
}

const watchedText = `
  select count(*)::text from pg_trigger trigger join pg_class class on class.oid = trigger.tgrelid
  where class.relnamespace = to_regnamespace($1::text) and class.relname = any($2::text[]) and class.relkind = 'r'
    and not class.relhassubclass and not class.relispartition
    and trigger.tgname = any($3::text[]) and trigger.tgenabled = 'A'`

/** Reads change versions: one lookup for each key, whatever stands in the tables. */
export async function readChangeVersions(
  database: Database,
  { schema, table }: AgencyTable,
  keys: readonly string[],
  signal?: Stopping,
): Promise<ChangeVersions> {
  const rows = await database.rows(
    {
      name: `stamps_${schema}`,
      text: `select whose, stamp::text, extract(epoch from latest)::text from "${schema}"."${table}" where whose = any($1::text[])`,
      values: [keys],
    },
    signal,
  )
  return new Map(rows.map(([whose, value, latest]) => [whose ?? '', changeVersionFrom(value ?? null, latest ?? null)]))
}

export const changeVersionFrom = (value: string | null, latest: string | null): ChangeVersion => ({
  value: value ?? '',
  latest: latest === null ? Number.NEGATIVE_INFINITY : Number(latest),
})
