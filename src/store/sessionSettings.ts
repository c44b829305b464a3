/** What every session sets, on both engines, so that a value has the same text wherever it was read. */
export const sessionSettings: readonly (readonly [name: string, value: string])[] = [
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO, MDY'],
  ['IntervalStyle', 'postgres'],
  ['extra_float_digits', '1'],
  ['bytea_output', 'hex'],
  ['standard_conforming_strings', 'on'],
  ['plan_cache_mode', 'force_generic_plan'],
  // A generic plan expects ten persons where one is asked, and would rather read a small table whole.
  ['enable_seqscan', 'off'],
  // Priced for disks that turn, PostgreSQL would rather read and sort a person's whole list than walk the index that
  // has it in order and stop at the end of a page.
  ['random_page_cost', '1.1'],
  // What must read a table whole is then priced so high that PostgreSQL would compile it to machine code first: a
  // tenth of a second of processor time for a statement of a tenth of a millisecond.
  ['jit', 'off'],
]

/** knex prints to the console what it also rejects with; the gateway's log says it once, without SQL. */
const silent = () => undefined
export const quietLog = { warn: silent, error: silent, deprecate: silent, debug: silent }
