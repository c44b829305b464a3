/** Columns of a list's table. */
type Times = Readonly<Record<'eventAt' | 'recordedAt', string>>

/** Years that have four digits: `DateTime` has no other, and a record with one is as if it had no time. */
const first = '0001-01-01T00:00:00.000Z'
const last = '9999-12-31T23:59:59.999Z'

/** The same in milliseconds since 1970. */
export const earliest = Date.parse(first)
export const latest = Date.parse(last)

const ordinary = (column: string): string =>
  `${column} >= timestamptz '0001-01-01Z' and ${column} < timestamptz '10000-01-01Z'`

const toTheMillisecond = (sql: string): string => `date_trunc('milliseconds', (${sql}) at time zone 'UTC')`

const epoch = `timestamptz '1970-01-01Z'`

/**
 * The moment at which a record stands, as `momentOf` reads it of a row. Immutable, so that an index can have it: this
 * text is the index's.
 */
export const momentSql = ({ eventAt, recordedAt }: Times): string =>
  toTheMillisecond(
    `case when ${ordinary(`"${eventAt}"`)} then "${eventAt}" when ${ordinary(`"${recordedAt}"`)} then "${recordedAt}" else ${epoch} end`,
  )

/** As `recordedMomentOf` reads it. */
export const recordedMomentSql = ({ recordedAt }: Times): string =>
  toTheMillisecond(`case when ${ordinary(`"${recordedAt}"`)} then "${recordedAt}" else ${epoch} end`)
