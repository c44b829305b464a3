/** Words that the sector says letter by letter. */
const saidAloud = new Set(['MASH', 'GP', 'CAMHS', 'SARC', 'LA', 'CIN', 'CP', 'CLA', 'S17', 'S47', 'ED'])

/** `MASH_ENQUIRY` → `MASH enquiry`. A code such as `LA2` stays as it is, and so does text that is no code. */
export const inWords = (code: string | null | undefined): string => {
  if (!code || !/^[A-Z][A-Z0-9_]*$/.test(code) || /^(LA|F|C|T)\d+$/.test(code)) return code ?? ''
  const text = code
    .split('_')
    .map((word) => (saidAloud.has(word) ? word : word.toLowerCase()))
    .join(' ')
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

/** `1 episode`, `2 episodes`; a plural that is none of that kind is given. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number} ${number === 1 ? noun : plural}`

/**
 * Text out of a file as a terminal may show it: no control character, by which a file could move the cursor or repaint
 * the screen.
 */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?').slice(0, 120)
