import { type Purpose, type PurposePath, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import type { Visit } from '../pageVisit.ts'
import { nameOf } from './child/childPage.ts'

type Named = Parameters<typeof nameOf>[0] & { readonly id: string }

/** For these no record of a child opens to anybody: asked all the same, each list would leave refusals in the log. */
const opensNobody: ReadonlySet<PurposePath> = new Set(['METADATA', 'CLOSED'])

/** As many as the gateway names in one question. */
const mostNamed = 100

/** Names of the children of a list, of those whom this person may know. Asked for like any view, and recorded. */
export const namesOf = async (
  visit: Visit,
  childIds: readonly (string | null)[],
  purpose: Purpose = visit.session.purpose,
): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(childIds)].filter((id) => id !== null).slice(0, mostNamed)
  if (ids.length === 0 || opensNobody.has(pathOfPurpose[purpose])) return new Map()
  const asked = await visit.ask<{ children: readonly (Named | null)[] | null }>('childrenNames', { ids }, purpose)
  const known = (asked.data?.children ?? []).flatMap((child) => (child && child.names.length > 0 ? child : []))
  return new Map(known.map((child) => [child.id, nameOf(child)]))
}

interface OfChild {
  readonly childId: string | null
}

/** Rows of a list with the name of their child, null where it is not for this person. */
export const withNames =
  (names: ReadonlyMap<string, string>) =>
  <Row extends OfChild>(row: Row): Row & { readonly name: string | null } => ({
    ...row,
    name: names.get(row.childId ?? '') ?? null,
  })

/** The same of one list, asked for by itself. */
export const named = async <Row extends OfChild>(
  visit: Visit,
  rows: readonly Row[],
  purpose: Purpose = visit.session.purpose,
) => {
  const names = await namesOf(
    visit,
    rows.map(({ childId }) => childId),
    purpose,
  )
  return rows.map(withNames(names))
}
