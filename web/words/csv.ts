/** What a sheet would take for a formula: it is then text, for the one who opens it. */
const begins = /^[=+\-@\t\r]/

const cell = (value: string): string => `"${(begins.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`

/** Rows as a file for a spreadsheet (RFC 4180), in which no cell is a formula. */
export const csvOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
