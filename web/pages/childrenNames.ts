import type { Purpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'
import { nameOf } from './child/childPage.ts'

type Named = Parameters<typeof nameOf>[0] & { readonly id: string }

/** Names of the children of a list, of those whom this person may know. Asked for like any view, and recorded. */
export const namesOf = async (
  visit: Visit,
  childIds: readonly (string | null)[],
  purpose: Purpose = visit.session.purpose,
): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(childIds)].filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const asked = await visit.ask<{ children: readonly (Named | null)[] | null }>('childrenNames', { ids }, purpose)
  return new Map((asked.data?.children ?? []).flatMap((child) => (child ? [[child.id, nameOf(child)] as const] : [])))
}
