import type { Database, Statement } from '../../src/store/database.ts'

/** What one question cost the gateway's own store. */
export interface Cost {
  readonly statements: number
  /** Rows that were looked at, whether they were given or passed over. */
  readonly rows: number
  /** The statement that looked at most, for a failure to name. */
  readonly dearest: string
}

type Asked = Pick<Statement, 'text' | 'values'>

/** Writes down every statement that goes to the gateway's own store. */
export class Recorder {
  #asked: Asked[] | null = null

  /** The database, with every statement written down. */
  watch(database: Database): Database {
    database.knex.on('query', ({ sql, bindings }: { sql: string; bindings?: readonly unknown[] }) =>
      this.#asked?.push({ text: sql, values: bindings ?? [] }),
    )
    const noting = (statement: Statement) => {
      this.#asked?.push(statement)
      return statement
    }
    return {
      ...database,
      rows: (statement, signal) => database.rows(noting(statement), signal),
      wireRows: (statement, signal) => database.wireRows(noting(statement), signal),
    }
  }

  async during(act: () => Promise<unknown>): Promise<readonly Asked[]> {
    const asked: Asked[] = []
    this.#asked = asked
    try {
      await act()
    } finally {
      this.#asked = null
    }
    return asked.filter(({ text }) => isCounted(text))
  }
}

/** What follows log, changes and holders from time to time, whoever asks then. */
const fromTimeToTime =
  /gateway\.log_position|as upto|as duty|"gateway"\."change"|gateway\.holder_index|select distinct person\.holder|select max\(id\)::text from gateway\.link_event/

/** A statement that reads or writes for a request. */
const isCounted = (text: string): boolean =>
  /^\s*(select|with|update|insert|delete)/i.test(text) && !fromTimeToTime.test(text)

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}

/** Rows that the scans of a plan looked at, every time that they were carried out. */
const rowsIn = (node: PlanNode): number => {
  const own = /Scan$/.test(node['Node Type']) && !/^(Subquery|CTE|Function|Bitmap Heap) /.test(node['Node Type'])
  const looked =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return (own ? looked * node['Actual Loops'] : 0) + (node.Plans ?? []).reduce((sum, below) => sum + rowsIn(below), 0)
}

/**
 * Carries statements out again, for nothing, and reads how many rows they looked at. As the gateway's own are: prepared
 * once for every value, since a plan that knows its values hides what a plan for any value walks through. Small tables
 * are not read whole where an index would do for a large one.
 */
export async function costOf(database: Database, asked: readonly Asked[]): Promise<Cost> {
  const { knex } = database
  let [rows, most, dearest] = [0, -1, '']
  for (const { text, values } of asked) {
    const looked = await knex
      .transaction(async (trx) => {
        await trx.raw(`set local plan_cache_mode = force_generic_plan`)
        await trx.raw(`set local enable_seqscan = off`)
        await trx.raw(`prepare counted as ${text.replaceAll('?', '\\?')}`)
        const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`
        const { rows: plans }: { rows: readonly Record<string, unknown>[] } = await trx.raw(
          `explain (analyze, timing off, format json) execute counted${given}`.replaceAll('?', '\\?'),
        )
        await trx.raw('deallocate counted')
        const plan = Object.values(plans[0] ?? {})[0]
        const [{ Plan: root }]: readonly [{ Plan: PlanNode }] = typeof plan === 'string' ? JSON.parse(plan) : plan
        throw new Counted(rowsIn(root))
      })
      .catch((error: unknown) => {
        if (error instanceof Counted) return error.rows
        throw new Error(`${error instanceof Error ? error.message : 'failed'}: ${text}`)
      })
    rows += looked
    if (looked > most) [most, dearest] = [looked, `${looked} rows: ${text.replace(/\s+/g, ' ').slice(0, 300)}`]
  }
  return { statements: asked.length, rows, dearest }
}

/** Thrown so that what was carried out is undone. */
class Counted extends Error {
  readonly rows: number
  constructor(rows: number) {
    super('counted')
    this.rows = rows
  }
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return literal(value.toISOString())
  if (Array.isArray(value))
    return literal(`{${value.map((item) => (item === null ? 'null' : JSON.stringify(String(item)))).join(',')}}`)
  return `'${(typeof value === 'object' ? JSON.stringify(value) : String(value)).replaceAll("'", "''")}'`
}
