import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'
import { asked as askedFor, type Listed, type Paging } from './paging.ts'

/** A register of one child, or why it is not shown. */
interface Shown extends Listed<object> {
  readonly refusal: string | null
}

/** Each register is asked by itself: who may read one of them may often not read the next. */
const ofSharing = ['registerConsents', 'registerHolds', 'registerRelationships', 'registerDuties'] as const
const ofDeciding = ['registerOrders', 'registerResponsibilities', 'registerBars'] as const

type Register = (typeof ofSharing)[number] | (typeof ofDeciding)[number]

/** What is recorded about the sharing of one child's records. */
export const registersOf = async (
  visit: Visit,
  id: string,
  purpose: Purpose,
  paging: Paging,
): Promise<Readonly<Record<Register, Shown>>> => {
  const answers = [...ofSharing, ...ofDeciding].map(async (register) => {
    const { data, errors } = await visit.ask<Readonly<Record<string, readonly { readonly id: string }[] | null>>>(
      register,
      { id, first: askedFor, after: paging.after(register) },
      purpose,
    )
    const listed = paging.of(register, Object.values(data ?? {})[0], ({ id }) => id)
    return [register, { ...listed, refusal: listed.rows === null ? (errors[0]?.message ?? null) : null }] as const
  })
  return Object.fromEntries(await Promise.all(answers)) as Readonly<Record<Register, Shown>>
}
