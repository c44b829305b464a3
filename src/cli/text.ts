const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `2026-11-20T23:59:59Z` → `20 November 2026`; what is no date stays as it is. */
export const longDate = (text: string | null | undefined): string => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? '')
  const month = parts ? months[Number(parts[2]) - 1] : undefined
  return parts && month ? `${Number(parts[3])} ${month} ${parts[1]}` : (text ?? 'no date')
}

/** `CHILDRENS_SOCIAL_CARE` → `Childrens social care`. Codes of the sector that are said aloud stay as they are. */
export const inWords = (code: string | null | undefined): string => {
  if (!code) return ''
  if (/^(LA\d|F\d|GP|MASH|C\d)/.test(code)) return code
  const text = code.toLowerCase().replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Rows in columns, each as wide as its widest cell. */
export const table = (rows: readonly (readonly string[])[], indent = '  '): string => {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) => indent + row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

/** `1 episode`, `2 episodes`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
