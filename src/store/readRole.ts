import type { Knex } from 'knex'
import type { AgencyTable } from './agencyTables.ts'
import type { Database } from './database.ts'

/** The role in which an agency's sessions read: `wholeview_police_read`. */
export const readRoleName = (schema: string): string => `wholeview_${schema}_read`

/** What the role is, said once; each statement may be repeated. What it may read is granted column by column. */
const statements = (schema: string, role: string): readonly string[] => [
  `do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role "${role}" nologin; end if;
  end $$`,
  `alter role "${role}" set default_transaction_read_only = on`,
  `grant usage on schema "${schema}" to "${role}"`,
  `do $$ begin
    if not pg_has_role(current_user, '${role}', 'member') then execute format('grant %I to %I', '${role}', current_user); end if;
  end $$`,
  // Tables that somebody makes later are not the gateway's to read because they stand in the same schema.
  `do $$ begin
    if exists (select from pg_default_acl where defaclnamespace = '${schema}'::regnamespace and defaclacl::text like '%${role}%')
    then alter default privileges in schema "${schema}" revoke select on tables from "${role}"; end if;
  end $$`,
]

/**
 * Makes the read-only role of one agency's schema: it reads the columns that the agency's source declares, no other
 * column, no other table and no other schema, and writes nothing; so a fault in one source cannot read more than that
 * source ever needs. Returns null, or a sentence to warn with when the connecting user may not make roles. The embedded
 * database has one session for all and no roles to divide it by.
 */
export async function ensureReadRole(
  database: Database,
  schema: string,
  tables: readonly AgencyTable[],
  role: string = readRoleName(schema),
): Promise<string | null> {
  if (database.kind === 'embedded') return null
  for (const name of [schema, role]) if (!plainName.test(name)) throw new Error(`${name} is not a plain name.`)
  for (let attempt = 0; ; attempt++) {
    try {
      for (const statement of statements(schema, role)) await database.knex.raw(statement)
      // All at once: a gateway that is reading at this moment never finds itself between two grants.
      await database.knex.transaction((trx) => grantColumns(trx, schema, role, tables))
      return null
    } catch (error) {
      const code = codeOf(error)
      if (code === '42501') {
        return `The database user may not make the read-only role ${role} for schema ${schema}, so this agency is read with the user's own rights. Run as a user with CREATEROLE, or make the role by hand.`
      }
      if (code === '3F000')
        return `There is no schema ${schema} in this database, so nothing of this agency is read there. The mapping says which schema it is.`
      // Roles belong to the whole cluster: gateways of several databases may make the same one at the same moment.
      if (attempt >= 20 || !(code && passing.has(code))) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 + attempt * 10))
    }
  }
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

interface Granted {
  readonly name: string
  readonly column: string
  /** The whole table may be read. */
  readonly whole: boolean
  readonly one: boolean
}

/**
 * Grants what is declared and missing, and takes back what is granted and not declared; mostly there is nothing to do.
 */
async function grantColumns(
  trx: Knex.Transaction,
  schema: string,
  role: string,
  tables: readonly AgencyTable[],
): Promise<void> {
  const found: { rows: Granted[] } = await trx.raw(
    `select class.relname::text as name, attribute.attname::text as column,
      has_table_privilege(?, class.oid, 'select') as whole,
      has_column_privilege(?, class.oid, attribute.attnum, 'select') as one
    from pg_class class join pg_attribute attribute on attribute.attrelid = class.oid
    where class.relnamespace = ?::regnamespace and class.relkind in ('r', 'p', 'v', 'm', 'f')
      and attribute.attnum > 0 and not attribute.attisdropped`,
    [role, role, schema],
  )
  const declared = new Map(tables.map(({ table, columns }) => [table, new Set(columns.map(({ name }) => name))]))
  for (const name of new Set(found.rows.map((row) => row.name))) {
    const own = found.rows.filter((row) => row.name === name)
    const isWhole = own.some(({ whole }) => whole)
    const wanted = own.filter(({ column }) => declared.get(name)?.has(column))
    const excess = own.filter(({ column, one }) => one && !declared.get(name)?.has(column))
    // A grant of the whole table goes with every grant of its columns; they are given again below.
    if (isWhole) await trx.raw(`revoke select on ??.?? from ??`, [schema, name, role])
    else if (excess.length > 0)
      await trx.raw(`revoke select (${places(excess)}) on ??.?? from ??`, [...columnsOf(excess), schema, name, role])
    const missing = isWhole ? wanted : wanted.filter(({ one }) => !one)
    if (missing.length > 0)
      await trx.raw(`grant select (${places(missing)}) on ??.?? to ??`, [...columnsOf(missing), schema, name, role])
  }
}

const columnsOf = (rows: readonly Granted[]): string[] => rows.map(({ column }) => column)

const places = (rows: readonly Granted[]): string => rows.map(() => '??').join(', ')

/** Unique violation, duplicate object, "tuple concurrently updated". */
const passing = new Set(['23505', '42710', 'XX000'])

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
