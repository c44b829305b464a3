import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { Visit } from '../../pageVisit.ts'

export interface Problem {
  readonly text: string
  readonly href: string
}

type Meant = { readonly id: string } | { readonly problem: Problem }

const problem = (text: string): Meant => ({ problem: { text, href: '#child' } })

/** Never that nobody looked, or that nothing is recorded: nobody is known by what was typed. */
export const noSuchChild =
  'You may know of no child by this number or name. Check it; with a name, give given and family name, or the ' +
  'family name and the date of birth.'

/**
 * The child that a governance officer means by what they typed: its number here, an NHS number, a UPN, or a name with
 * a date of birth. It is posted, and what comes of it is the number alone.
 */
export const governedChild = async (visit: Visit, purpose: Purpose): Promise<Meant> => {
  const typed = (visit.form['child'] ?? '').trim().replace(/\s+/g, ' ')
  const born = (visit.form['born'] ?? '').trim()
  if (typed === '') return problem('Enter the child’s number or name')
  const person = personIn(typed, born)
  if (person === null) return { id: typed }
  const { data, errors } = await visit.ask<{ governedChildren: readonly string[] | null }>(
    'governedChildren',
    { person },
    purpose,
  )
  const [id, ...others] = data?.governedChildren ?? []
  if (id === undefined) {
    const [refused] = errors
    // A number that is none is refused by its digits; what else was refused says why itself.
    return problem(
      !refused || ['OPERATION_INVALID', 'BAD_INPUT'].includes(refused.code) ? noSuchChild : refused.message,
    )
  }
  return others.length > 0 ? problem('Several children are known by this. Give a date of birth or a number') : { id }
}

/** Null for what is a number of this gateway: one word, and no date of birth beside it. */
const personIn = (typed: string, born: string): object | null => {
  const bare = typed.replaceAll(' ', '').toUpperCase()
  if (/^\d{10}$/.test(bare)) return { nhsNumber: bare }
  if (/^[A-Z]\d{11}[A-Z0-9]$/.test(bare)) return { upn: bare }
  const words = typed.split(' ')
  if (words.length === 1) return born === '' ? null : { family: typed, dateOfBirth: born }
  const names = { given: words.slice(0, -1).join(' '), family: words.at(-1) }
  return born === '' ? names : { ...names, dateOfBirth: born }
}
