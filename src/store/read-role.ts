import type { Database } from './database.ts'

/** The role in which an agency's sessions read: `wholeview_police_read`. */
export const readRoleName = (schema: string): string => `wholeview_${schema}_read`

/** What the role may do is said here once; each statement may be repeated. */
const statements = (schema: string, role: string): readonly string[] => [
  `do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role "${role}" nologin; end if;
  end $$`,
  `alter role "${role}" set default_transaction_read_only = on`,
  `grant usage on schema "${schema}" to "${role}"`,
  `grant select on all tables in schema "${schema}" to "${role}"`,
  `alter default privileges in schema "${schema}" grant select on tables to "${role}"`,
  `do $$ begin
    if not pg_has_role(current_user, '${role}', 'member') then execute format('grant %I to %I', '${role}', current_user); end if;
  end $$`,
]

/**
 * Makes the read-only role of one agency's schema: it sees that schema alone and writes nothing, so that a fault in one
 * source cannot read another agency's records. Returns null, or a sentence to warn with when the connecting user may not
 * make roles. The embedded database has one session for all and no roles to divide it by.
 */
export async function ensureReadRole(database: Database, schema: string): Promise<string | null> {
  if (database.kind === 'embedded') return null
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`${schema} is not a plain schema name.`)
  const role = readRoleName(schema)
  for (let attempt = 0; ; attempt++) {
    try {
      for (const statement of statements(schema, role)) await database.knex.raw(statement)
      return null
    } catch (error) {
      const code = codeOf(error)
      if (code === '42501') {
        return `The database user may not make the read-only role ${role} for schema ${schema}, so this agency is read with the user's own rights. Run as a user with CREATEROLE, or make the role by hand.`
      }
      // Roles belong to the whole cluster: gateways of several databases may make the same one at the same moment.
      if (attempt >= 20 || !(code && passing.has(code))) throw error
      await new Promise((resolve) => setTimeout(resolve, 20 + attempt * 10))
    }
  }
}

/** Unique violation, duplicate object, "tuple concurrently updated". */
const passing = new Set(['23505', '42710', 'XX000'])

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
