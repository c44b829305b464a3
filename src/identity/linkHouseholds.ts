import { Refusal } from '../foundation/errors.ts'
import type { Person } from './person.ts'
import type { Register } from './register.ts'

/** A record of an adult or a household, and the child whom its holder says that it matters to. */
export interface Household {
  readonly record: string
  readonly child: Person
}

/**
 * Links households to the children whom they matter to, where it is as sure as for a record of the child itself. Who is
 * not sure, or not known yet, stays unlinked: the same file again, or resolving again, asks anew. What a person refuted
 * stays apart, and what would show a restricted record is never linked here.
 *
 * @returns how many were linked that were not before.
 */
export async function linkHouseholds(register: Register, households: readonly Household[]): Promise<number> {
  let linked = 0
  for (const { record, child } of households) {
    if ((await register.childOf(record)) !== null) continue
    const { decision, childId } = await register.find(child, { record, mayKnowProtected: true })
    const best = decision.outcome === 'SAME' ? decision.seen[0] : undefined
    if (decision.outcome !== 'SAME' || !best || childId === null) continue
    if (await register.exposesRestricted(record, childId)) continue
    if (await isLinked(register.link(record, childId, best.weighed, decision.method))) linked += 1
  }
  return linked
}

/** A person may have said otherwise: then it stays as they said. */
const isLinked = (link: Promise<string>): Promise<boolean> =>
  link.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refusal) return false
      throw error
    },
  )
