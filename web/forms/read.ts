import { londonInstant } from '../words/dates.ts'
import type { FormField } from './fields.ts'

export interface Problem {
  readonly text: string
  readonly href: string
}

/** What a form said: variables of its operation, and what is lacking. */
export interface FormRead {
  readonly variables: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
}

type Form = Readonly<Record<string, string>>

/**
 * What a person typed, as variables. Whether a value is allowed is for the gateway to say; here only what is missing.
 */
export const readForm = (fields: readonly FormField[], form: Form): FormRead => {
  const variables: Record<string, unknown> = {}
  const problems: Problem[] = []
  for (const field of fields) put(variables, field.name.split('.'), answerOf(field, form, problems))
  return { variables, problems }
}

/** Undefined where nothing was said. */
const answerOf = (field: FormField, form: Form, problems: Problem[]): unknown => {
  const lacking = (value: unknown): unknown => {
    if (value === undefined && field.isRequired)
      problems.push({ text: `Say: ${field.label}`, href: `#${anchorOfField(field.name)}` })
    return value
  }
  const text = (form[field.name] ?? '').trim()
  const said = text === '' ? undefined : text
  switch (field.kind) {
    case 'group':
      return field.isRequired || isBegun(field.fields, form) ? objectOf(field.fields, form, problems) : undefined
    case 'rows': {
      const rows = field.rows.flatMap((row) => {
        const read = isBegun(row, form) ? objectOf(row, form, problems) : undefined
        return read ? [read] : []
      })
      return lacking(rows.length > 0 ? rows : undefined)
    }
    case 'choices': {
      const chosen = field.options.map(({ value }) => value).filter((value) => form[`${field.name}.${value}`] === 'on')
      return lacking(chosen.length > 0 ? chosen : undefined)
    }
    case 'lines': {
      const lines = text.split(/\r?\n|,/).flatMap((line) => line.trim() || [])
      return lacking(lines.length > 0 ? lines : undefined)
    }
    case 'tick':
      return said === 'on'
    case 'yesNo':
      return lacking(said === 'yes' ? true : said === 'no' ? false : undefined)
    case 'number':
      return lacking(said === undefined || Number.isNaN(Number(said)) ? undefined : Number(said))
    case 'time':
      return lacking(said && londonInstant(said))
    default:
      return lacking(said)
  }
}

/** A choice that a browser sends by itself begins nothing. */
const isBegun = (fields: readonly FormField[], form: Form): boolean =>
  fields.some((each) => each.kind !== 'choice' && (form[each.name] ?? '').trim() !== '')

const objectOf = (fields: readonly FormField[], form: Form, problems: Problem[]): object | undefined => {
  const found = fields.flatMap((field) => {
    const value = answerOf(field, form, problems)
    return value === undefined ? [] : [[field.name.split('.').at(-1) ?? '', value] as const]
  })
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

const put = (into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void => {
  if (value === undefined) return
  if (rest.length === 0) {
    into[first] = value
    return
  }
  into[first] ??= {}
  put(into[first] as Record<string, unknown>, rest, value)
}

/** An id of the page: letters, digits and hyphens. */
export const anchorOfField = (name: string): string => name.replaceAll('.', '-')
