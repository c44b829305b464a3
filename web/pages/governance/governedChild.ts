import type { Purpose } from '../../../src/policy/vocabulary.ts'
import type { Visit } from '../../pageVisit.ts'
import { typedChild } from '../../words/typedChild.ts'
import { governedBy, noSuchChild, type Problem } from '../findTypedChild.ts'

type Governed = { readonly id: string } | { readonly problem: Problem }

/** What is said beside the field, whatever was wrong with what was typed into it. */
export const noSuchChildHere: Problem = { text: noSuchChild, href: '#child' }

/**
 * The child that a governance officer means by what they typed: its number here, an NHS number, a UPN, or a name with
 * a date of birth. It is posted, and what comes of it is the number alone; whether a number is one, the form's own
 * operation says.
 */
export const governedChild = async (visit: Visit, purpose: Purpose): Promise<Governed> => {
  const { child = '', born = '' } = visit.form
  if (child.trim() === '') return { problem: { text: 'Enter the child’s number or name', href: '#child' } }
  const meant = await governedBy(visit, typedChild(child, born.trim()), purpose)
  return 'id' in meant ? meant : { problem: { text: meant.problem, href: '#child' } }
}
