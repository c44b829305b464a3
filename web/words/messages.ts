import { inWords, within } from './codes.ts'
import { daysBetween } from './dates.ts'

/** `ratingReason` → `Rating reason`. */
export const fieldInWords = (name: string): string => {
  const text = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A value of a message as people say it: codes, yes and no in words; what a person wrote stays as it is. */
export const valueInWords = (value: string): string => {
  if (value === 'true') return 'Yes'
  if (value === 'false') return 'No'
  if (!/^[A-Z][A-Z0-9_]+(, [A-Z][A-Z0-9_]+)*$/.test(value)) return value
  return value.split(', ').map(inWords).join(', ')
}

/** An act as the log names it, `placedOut, PLACED_IN` or `matchChild ASK`: each field and code in words. */
export const actInWords = (act: string): string =>
  act
    .split(' ')
    .map((word) => (/^[a-z]+([A-Z][a-z]+)+$/.test(word) ? fieldInWords(word) : valueInWords(word)))
    .map((word, place) => (place === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : within(word)))
    .join(' ')
    .replace(/^(Match child|Oversight) /, '$1: ')

/** A refusal that names a field of the schema names it as the form beside it does. */
export const problemInWords = (message: string): string => {
  const variable = /^A variable declared as .* is not valid(?:: its field (\w+) is not valid.*)?\.$/.exec(message)
  if (variable) {
    const [, field] = variable
    return `${field ? `“${fieldInWords(field)}”` : 'What was typed'} cannot be read as it stands. Check it.`
  }
  return message.replace(
    /\b[Tt]he field ([a-z]+(?:[A-Z][a-z]+)*(?:\.\w+)*)\b/g,
    (_, path: string) => `“${pathInWords(path)}”`,
  )
}

/** `statements.0.text` → `Statements 1, text`. */
const pathInWords = (path: string): string =>
  path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? ` ${Number(part) + 1}` : `, ${within(fieldInWords(part))}`))
    .join('')
    .slice(2)
    .replace(/^./, (letter) => letter.toUpperCase())

export interface Clock {
  readonly kind: 'alert' | 'at-least' | 'complete' | 'nothing'
  readonly says: string
}

const hourMs = 3_600_000

/** How much time is left, as of an instant: hours below two days, days above. */
export const timeLeft = (dueAt: string, now: string): string => {
  const hours = (Date.parse(dueAt) - Date.parse(now)) / hourMs
  const [away, isLate] = [Math.abs(hours), hours < 0]
  const many =
    away < 48 ? count(Math.max(1, Math.round(away)), 'hour') : count(Math.abs(daysBetween(now, dueAt)), 'day')
  return isLate ? `late by ${many}` : `${many} left`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

interface Owing {
  readonly state: string
  readonly dueAt: string | null
  readonly overdue: boolean
}

/** Where one addressee stands, in words and as a shape. */
export const clockOf = ({ dueAt, overdue, state }: Owing, now: string): Clock => {
  if (state === 'ANSWERED') return { kind: 'complete', says: 'Answered' }
  if (state === 'DECLINED') return { kind: 'complete', says: 'Declined, with a reason' }
  if (state === 'NOT_TOLD') return { kind: 'nothing', says: 'Not told: the child’s place is closed to them' }
  if (state === 'TOLD') return { kind: 'complete', says: 'Told' }
  if (state === 'TAKEN') return { kind: 'complete', says: 'Taken in. Whom of them it reached is not said' }
  if (dueAt === null) return { kind: 'at-least', says: 'No answer yet; no time is set' }
  const left = timeLeft(dueAt, now)
  return overdue ? { kind: 'alert', says: `No answer: ${left}` } : { kind: 'at-least', says: `No answer yet: ${left}` }
}
