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

/** `2019-05` → `May 2019`; a year, or what is none, stays as it is. */
export const longMonth = (text: string): string => {
  const [year, month] = /^\d{4}-\d{2}$/.test(text) ? text.split('-').map(Number) : []
  const name = months[(month ?? 0) - 1]
  return name ? `${name} ${year}` : text
}

/** `11-14`, a day of every year → `14 November`; what is none stays as it is. */
export const longDayOfYear = (text: string): string => {
  const [month, day] = /^\d{2}-\d{2}$/.test(text) ? text.split('-').map(Number) : []
  const name = months[(month ?? 0) - 1]
  return name ? `${day} ${name}` : text
}
