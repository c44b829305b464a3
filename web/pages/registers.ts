import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'

/** A register of one child, or why it is not shown. */
interface Shown {
  readonly rows: readonly object[] | null
  readonly refusal: string | null
}

/** Each register is asked by itself: who may read one of them may often not read the next. */
const asked = ['registerConsents', 'registerHolds', 'registerRelationships', 'registerDuties'] as const
const decided = ['registerOrders', 'registerResponsibilities', 'registerBars'] as const

type Register = (typeof asked)[number] | (typeof decided)[number]

/** What is recorded about the sharing of one child's records. */
export const registersOf = async (
  visit: Visit,
  id: string,
  purpose: Purpose,
): Promise<Readonly<Record<Register, Shown>>> => {
  const answers = [...asked, ...decided].map(async (register) => {
    const { data, errors } = await visit.ask<Readonly<Record<string, readonly object[] | null>>>(
      register,
      { id },
      purpose,
    )
    const rows = Object.values(data ?? {})[0] ?? null
    return [register, { rows, refusal: rows === null ? (errors[0]?.message ?? null) : null }] as const
  })
  return Object.fromEntries(await Promise.all(answers)) as Readonly<Record<Register, Shown>>
}
