import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'
import { asked as askedFor, type Listed, type Paging } from './paging.ts'
import { linksOfEntry, linksThatBegin, type Register, registers } from './registerActs.ts'

/** A register of one child with what can be recorded in it, or why it is not shown. */
interface Shown extends Listed<object> {
  readonly refusal: string | null
  readonly begin: readonly object[]
}

export type Registers = Readonly<Record<Register, Shown>>

/**
 * What is recorded about the sharing of one child's records. Each register is asked by itself: who may read one of them
 * may often not read the next.
 *
 * @param path where they are shown: forms about them stand below it.
 */
export const registersOf = async (
  visit: Visit,
  id: string,
  purpose: Purpose,
  paging: Paging,
  path: string,
): Promise<Registers> => {
  const answers = registers.map(async (register) => {
    const { data, errors } = await visit.ask<Readonly<Record<string, readonly { readonly id: string }[] | null>>>(
      register,
      { id, first: askedFor, after: paging.after(register) },
      purpose,
    )
    const listed = paging.of(register, Object.values(data ?? {})[0], ({ id }) => id)
    const rows = listed.rows?.map((row) => ({ ...row, acts: linksOfEntry(visit, path, register, row) })) ?? null
    const isRead = rows !== null
    return [
      register,
      {
        ...{ ...listed, rows, begin: isRead ? linksThatBegin(path, register) : [] },
        refusal: isRead ? null : (errors[0]?.message ?? null),
      },
    ] as const
  })
  return Object.fromEntries(await Promise.all(answers)) as Registers
}
