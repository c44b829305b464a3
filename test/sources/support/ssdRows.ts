import { ssdFieldsOf, ssdTables } from './ssd.ts'

/** Values as exports of real systems have them, good and bad, for a column of a type of PostgreSQL. */
const valuesOf = (type: string): readonly unknown[] => {
  if (type === 'timestamp')
    return [
      null,
      '2026-07-10 23:30:00',
      '2026-03-29 01:30:00',
      '0001-01-01 00:00:00',
      '9999-12-31 23:59:59',
      'infinity',
    ]
  if (type === 'date') return [null, '2026-07-10', '0001-01-01', '-infinity']
  if (type === 'boolean') return [null, true, false]
  if (type === 'integer') return [null, 0, -1, 2_147_483_647]
  if (type === 'smallint') return [null, 0, 255]
  if (type === 'double precision') return [null, 0.5, 'NaN', '-Infinity', 1e300]
  const texts = ['Y', 'N', 'NA', '', ' ', '?', 'UN5', 'SSD_SUI', '31/02/2020', '28/02/2020', '{broken', '[]', '["3B"]']
  const most = Number(/\((\d+)\)/.exec(type)?.[1] ?? 300)
  return [
    null,
    ...texts.filter((text) => text.length <= most),
    'x'.repeat(Math.min(most, 300)),
    'é'.repeat(Math.min(most, 9)),
  ]
}

/**
 * Rows of every table about some persons in which every value is what another authority might have there. The same for
 * one seed; each row stands twice.
 */
export function anyRows(
  persons: readonly string[],
  each: number,
  pick: (most: number) => number,
): Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> {
  return Object.fromEntries(
    [...ssdTables.keys()].map((table) => [
      table,
      persons.flatMap((person) =>
        Array.from({ length: each }).flatMap((_, nth) => {
          const row = Object.fromEntries(
            ssdFieldsOf(table).map(({ field, type }) => {
              if (/_person_id$/.test(field) && type.includes('char')) return [field, person]
              // Ids by which tables name each other's rows: few, so that they meet.
              if (/_(id|number)$/.test(field) && type.includes('char')) return [field, `${nth}`]
              const values = valuesOf(type)
              return [field, values[pick(values.length)]]
            }),
          )
          return [row, row]
        }),
      ),
    ]),
  )
}
