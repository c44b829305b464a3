import type pg from 'pg'
import { identifiersOfCopies } from './childIdentifiers.ts'
import { type Column, columnsOf, isGenerated, type PopulationTable } from './tables.ts'

/** How rows lie on disk: a child's side by side, as the loader writes them, or wherever chance put them. */
export type PhysicalOrder = 'by child' | 'scattered'

export interface Copying {
  /** Children of the population that is copied. */
  readonly children: number
  /** How many times the population is there afterwards. */
  readonly copies: number
  readonly order: PhysicalOrder
}

/** Makes the identifiers of the copies, which must be valid and unlike each other. */
export async function makeIdentifiers(client: pg.Client, { children, copies }: Copying): Promise<void> {
  const { rows } = await client.query<{ scheme: string; value: string; number: number }>(
    `select scheme, value, substr(child_id, 2)::int as number from gateway.identifier where ${isGenerated('child_id')}`,
  )
  // Compared as the columns that it is asked for by: an index over another order would not be looked at.
  await client.query(
    'create unlogged table bench.number (old text collate "C" not null, copy integer not null, value text not null)',
  )
  let [olds, places, values]: [string[], number[], string[]] = [[], [], []]
  const write = async () => {
    await client.query('insert into bench.number select * from unnest($1::text[], $2::int[], $3::text[])', [
      olds,
      places,
      values,
    ])
    ;[olds, places, values] = [[], [], []]
  }
  for (const { old, copy, value } of identifiersOfCopies(rows, children, copies)) {
    olds.push(old)
    places.push(copy)
    values.push(value)
    if (olds.length === 100_000) await write()
  }
  await write()
  await client.query('create unique index on bench.number (old, copy)')
  await client.query('analyze bench.number')
}

/**
 * Writes one table anew with all copies, and its indexes after its rows. In the first order copy follows copy, each as
 * it lies in the original; in the other every pass writes each row once, in random order and of a copy of its own, so
 * that what is of one child lies all over the table.
 */
export async function copyTable(client: pg.Client, table: PopulationTable, copying: Copying): Promise<void> {
  const { copies, order } = copying
  const columns = await columnsOf(client, table)
  const besides = await besidesOf(client, table.name)
  await client.query('begin')
  for (const setting of [`work_mem = '512MB'`, `maintenance_work_mem = '1GB'`, 'synchronize_seqscans = off'])
    await client.query(`set local ${setting}`)
  await client.query(`select setseed(0.5)`)
  const isCopied =
    table.ownerIs === 'child'
      ? isGenerated(`t.${table.owner}`)
      : `exists (select from bench.key where value = t.${table.owner} and kind = 'person')`
  await client.query(
    `create temporary table source on commit drop as
     select t.*, ${isCopied} as is_copied, floor(random() * ${copies})::int as spread from ${table.name} t
     order by ${order === 'by child' ? 't.ctid' : 'random()'}`,
  )
  for (const { drop } of besides) await client.query(drop)
  // Emptied in this transaction, it is written without a log of changes when the server keeps no more than it must.
  await client.query(`truncate ${table.name}`)
  for (let pass = 0; pass < copies; pass += 1) await client.query(passText(table.name, columns, copying, pass))
  for (const { make } of besides) await client.query(make)
  await client.query('commit')
  await client.query(`vacuum (analyze) ${table.name}`)
}

function passText(
  table: string,
  columns: readonly Column[],
  { children, copies, order }: Copying,
  pass: number,
): string {
  const values = columns.map(({ name, kind }) =>
    kind === null ? `s.${name}` : `case s.copy when 0 then s.${name} else ${inCopy(kind, `s.${name}`, children)} end`,
  )
  // A copy without a number has no row in a register of numbers.
  const present = columns
    .filter(({ kind, mayBeNull }) => kind === 'number' && !mayBeNull)
    .map(({ name }) => ` and (s.copy = 0 or ${inCopy('number', `s.${name}`, children)} is not null)`)
  const copy = order === 'by child' ? `${pass}` : `(spread + ${pass}) % ${copies}`
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) select ${values.join(', ')}
    from (select source.*, ${copy} as copy from source) s where (s.is_copied or s.copy = 0)${present.join('')}`
}

/**
 * The name that takes a name's place in copy `s.copy`; a child's is the one that the loader gives to the next children.
 */
const inCopy = (kind: NonNullable<Column['kind']>, column: string, children: number): string =>
  ({
    child: `'G' || lpad((substr(${column}, 2)::int + s.copy * ${children})::text, 7, '0')`,
    person: `s.copy || '.' || ${column}`,
    record: `left(md5(s.copy || ${column}), 16)`,
    number: `(select value from bench.number where old = ${column} and copy = s.copy)`,
  })[kind]

interface Beside {
  readonly drop: string
  readonly make: string
}

/**
 * What is kept up beside a table's rows, as statements that drop it and make it again: indexes, the constraints that
 * rest on one, and the noting of changes, which would write as many rows as the copies have persons and of which nobody
 * has asked anything yet.
 */
async function besidesOf(client: pg.Client, table: string): Promise<readonly Beside[]> {
  const { rows } = await client.query<Beside>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
     from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u')
     union all
     select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
     from pg_index where indrelid = $1::regclass
       and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
     union all
     select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
       format('alter table %s enable always trigger %I', tgrelid::regclass, tgname)
     from pg_trigger where tgrelid = $1::regclass and not tgisinternal and tgenabled = 'A'`,
    [table],
  )
  return rows
}
