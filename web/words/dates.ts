/** Days and times are UK time, as people there write them. */
const zone = 'Europe/London'

const dayWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone })
const shortWords = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone })
const monthWords = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const timeWords = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
  timeZone: zone,
})

const instant = (text: string): Date | null => {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at
}

/** `2026-11-20` or an instant → `20 November 2026`; what is no date stays as it is. */
export const longDay = (text: string): string => {
  const at = instant(text)
  return at ? dayWords.format(at) : text
}

/** `20 Nov 2026`, for tables. */
export const shortDay = (text: string): string => {
  const at = instant(text)
  return at ? shortWords.format(at).replaceAll(' ', '\u00a0') : text
}

/** `Nov 2026` of `2026-11`. */
export const monthOf = (text: string): string => {
  const at = instant(`${text.slice(0, 7)}-01`)
  return at ? monthWords.format(at) : text
}

/** `20 November 2026, 4:05pm`. A day without a time has none. */
export const dayAndTime = (text: string): string => {
  const at = instant(text)
  if (!at || /^\d{4}-\d{2}-\d{2}$/.test(text)) return longDay(text)
  return `${dayWords.format(at)}, ${timeWords.format(at).replace(' ', '').toLowerCase()}`
}

const dayMs = 86_400_000

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / dayMs)

/** `3 days ago`, `today`, `in 4 days`: of a day, as of another; in months or years where nobody counts days. */
export const daysAway = (day: string, asOf: string): string => {
  const days = daysBetween(asOf, day)
  if (days === 0) return 'today'
  const away = Math.abs(days)
  const months = Math.floor(away / (365.25 / 12))
  const many =
    away <= 92
      ? `${away} day${away === 1 ? '' : 's'}`
      : months < 24
        ? `${months} months`
        : `${Math.floor(away / 365.25)} years`
  return days < 0 ? `${many} ago` : `in ${many}`
}

/** Age in whole years, in months below two years; null for what is no date or not yet born. */
export const ageAt = (born: string, asOf: string): string | null => {
  const [from, to] = [instant(born.slice(0, 10)), instant(asOf.slice(0, 10))]
  if (!from || !to || from > to) return null
  const months =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 +
    (to.getUTCMonth() - from.getUTCMonth()) -
    (to.getUTCDate() < from.getUTCDate() ? 1 : 0)
  if (months >= 24) return `${Math.floor(months / 12)} years old`
  return months === 1 ? '1 month old' : `${months} months old`
}

/** `20 minutes`, `3 hours`, `2 days`: how long something went on. */
export const lengthOf = (from: string, to: string): string => {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000))
  const said = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
  if (minutes < 60) return said(minutes, 'minute')
  if (minutes < 48 * 60) return said(Math.round(minutes / 60), 'hour')
  return said(Math.round(minutes / 1440), 'day')
}

/** The day that a form's three boxes say, as `YYYY-MM-DD`; null when it is none. */
export const dayOfBoxes = (day: string, month: string, year: string): string | null => {
  const [d, m, y] = [day, month, year].map((text) => text.trim())
  if (!/^\d{1,2}$/.test(d ?? '') || !/^\d{1,2}$/.test(m ?? '') || !/^\d{4}$/.test(y ?? '')) return null
  const text = `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`
  const at = instant(text)
  return at && at.toISOString().slice(0, 10) === text ? text : null
}

/** The instant of a form's day and time, which are London's; undefined when it is none. */
export const londonInstant = (text: string): string | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined
  const asUtc = Date.parse(`${text}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  return new Date(asUtc - londonAhead(asUtc)).toISOString().replace('.000Z', 'Z')
}

const clockOfLondon = new Intl.DateTimeFormat('en-GB', {
  ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
  ...({ hourCycle: 'h23', timeZone: zone } as const),
})

/** How far London's clocks were ahead of UTC. */
const londonAhead = (at: number): number => {
  const part = (type: string) => clockOfLondon.formatToParts(at).find((each) => each.type === type)?.value ?? '00'
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:00Z`
  return Date.parse(shown) - at
}
