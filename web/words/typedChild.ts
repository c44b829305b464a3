import { dayOfBoxes } from './dates.ts'

/** What is known of a person, as a search takes it. */
export interface DescribedPerson {
  readonly nhsNumber?: string
  readonly upn?: string
  readonly given?: string
  readonly family?: string
  readonly dateOfBirth?: string
}

/** What somebody types to say which child: its number in this gateway, or what leads to it. */
export type TypedChild = { readonly id: string } | { readonly person: DescribedPerson }

const day = /^(.*?)[\s,]+(?:born\s+)?(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))$/i

/**
 * `C04`, `999 101 2745`, a UPN, `Sam Thornley 27/6/2013`: one field for whoever knows any of them.
 *
 * @param born a date of birth that was typed beside it, as `YYYY-MM-DD`, or empty.
 */
export const typedChild = (text: string, born = ''): TypedChild => {
  const typed = text.trim().replace(/\s+/g, ' ')
  const bare = typed.replaceAll(' ', '').toUpperCase()
  if (/^\d{10}$/.test(bare)) return { person: { nhsNumber: bare } }
  if (/^[A-Z]\d{11}[A-Z0-9]$/.test(bare)) return { person: { upn: bare } }
  const [, named = typed, y = '', m = '', d = '', d2 = '', m2 = '', y2 = ''] = day.exec(typed) ?? []
  const dateOfBirth = dayOfBoxes(d || d2, m || m2, y || y2) ?? born
  const words = named.split(' ')
  const family = words.at(-1) ?? named
  if (words.length === 1) return dateOfBirth === '' ? { id: typed } : { person: { family, dateOfBirth } }
  const names = { given: words.slice(0, -1).join(' '), family }
  return { person: dateOfBirth === '' ? names : { ...names, dateOfBirth } }
}

/** A name alone, which is no number or reference of anybody's. */
export const isNameAlone = (text: string): boolean => text.trim() !== '' && !/\d/.test(text)
