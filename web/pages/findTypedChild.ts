import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'
import { isNameAlone, type TypedChild, typedChild } from '../words/typedChild.ts'

export interface Problem {
  readonly text: string
  readonly href: string
}

/** Which child somebody meant, by its number here; or what to tell them. */
export type Meant = { readonly id: string } | { readonly problem: string }

/** Never that nothing is held, or that nobody looked: nobody is known by what was typed. */
export const noSuchChild =
  'You may know of no child by this number or name. Check it; with a name, give given and family name, or the ' +
  'family name and the date of birth.'

const several = 'Several children are known by this. Give a date of birth or a number.'

/** A number that is none is refused by its digits; what else was refused says why itself. */
const refusedWords = (refused: { readonly code: string; readonly message: string } | undefined): string =>
  !refused || ['OPERATION_INVALID', 'BAD_INPUT', 'NOT_FOUND'].includes(refused.code) ? noSuchChild : refused.message

/** As governance finds a child for whom its authority answers: it is told the number, and nothing else. */
export const governedBy = async (visit: Visit, typed: TypedChild, purpose: Purpose): Promise<Meant> => {
  if ('id' in typed) return typed
  const { data, errors } = await visit.ask<{ governedChildren: readonly string[] | null }>(
    'governedChildren',
    { person: typed.person },
    purpose,
  )
  const [id, ...others] = data?.governedChildren ?? []
  if (id === undefined) return { problem: refusedWords(errors[0]) }
  return others.length > 0 ? { problem: several } : { id }
}

interface Matched {
  readonly outcome: string
  readonly child: { readonly id: string } | null
}

/** As whoever works with children finds one: by a number, or by what is known of them. Looking is recorded. */
export const foundBy = async (visit: Visit, typed: TypedChild, purpose: Purpose): Promise<Meant> => {
  if ('id' in typed) return typed
  const { nhsNumber, upn, ...described } = typed.person
  if (nhsNumber || upn) {
    const asked = await visit.ask<{ findChild: { readonly id: string } | null }>(
      'findByNumber',
      nhsNumber ? { nhsNumber } : { upn },
      purpose,
    )
    const id = asked.data?.findChild?.id
    return id === undefined ? { problem: refusedWords(asked.errors[0]) } : { id }
  }
  const asked = await visit.ask<{ matchChild: Matched | null }>('findByDescription', { person: described }, purpose)
  const match = asked.data?.matchChild
  if (match?.child) return { id: match.child.id }
  return { problem: match?.outcome === 'ASK' ? several : refusedWords(asked.errors[0]) }
}

/**
 * The child of a message, whom its sender may name by a reference of their own: a number that leads to a child becomes
 * that child's, and what else has a digit stays as it was typed. A name alone is no reference.
 */
export const namedOrReferred = async (visit: Visit, text: string, purpose: Purpose): Promise<Meant> => {
  if (isNameAlone(text)) return { problem: 'Give a number or a reference of the child, not a name alone.' }
  const typed = typedChild(text)
  const leads = 'person' in typed && (typed.person.nhsNumber ?? typed.person.upn ?? typed.person.dateOfBirth)
  const meant = leads ? await foundBy(visit, typed, purpose) : null
  return meant && 'id' in meant ? meant : { id: text.trim() }
}

type Variables = Readonly<Record<string, unknown>>

/** Variables of a form with its child by the number here, where it has a field for one and somebody filled it. */
export const withChild = async (
  variables: Variables,
  meantBy: (text: string) => Promise<Meant>,
): Promise<{ readonly variables: Variables } | { readonly problem: Problem }> => {
  const input = variables['input'] as Variables | undefined
  const text = input?.['childId']
  if (typeof text !== 'string') return { variables }
  const meant = await meantBy(text)
  if ('problem' in meant) return { problem: { text: meant.problem, href: '#input-childId' } }
  return { variables: { ...variables, input: { ...input, childId: meant.id } } }
}
