import type { Database } from '../store/database.ts'
import { entriesSince } from './entriesSince.ts'

/** Somebody who looked at a child that bears their family name, or whose parent or guardian does. */
export interface SameSurnameAccess {
  readonly subject: string
  readonly organisation: string
  readonly role: string
  readonly childId: string
  readonly day: string
}

/** Family name by the subject of a token. */
export type Staff = ReadonlyMap<string, string>

const page = { entries: 2048, bytes: 8_388_608 } as const

/**
 * Every such look in the log, oldest first; one a day for each person and child. A common name is no finding.
 *
 * @param familyNameIn the family name in a whole one, as names are compared.
 */
export async function sameSurnameAccesses(
  database: Database,
  staff: Staff,
  familyNameIn: (name: string) => string,
): Promise<readonly SameSurnameAccess[]> {
  const families = await familiesOfChildren(database, new Set(staff.values()), familyNameIn)
  const looks = new Map<string, SameSurnameAccess>()
  for (let seq = 0; ; ) {
    const entries = await entriesSince(database, seq, page)
    for (const { leaf } of entries) {
      if (leaf.erased) continue
      const { subject, organisation, role } = leaf.caller
      const family = staff.get(subject)
      if (family === undefined) continue
      for (const { id: childId } of leaf.children)
        if (families.get(childId)?.has(family)) {
          const day = leaf.at.slice(0, 10)
          looks.set(`${subject} ${childId} ${day}`, { subject, organisation, role, childId, day })
        }
    }
    const last = entries.at(-1)
    if (!last) return [...looks.values()]
    seq = last.seq + 1
  }
}

/** Of the children of whom somebody has one of these names: which of them. */
async function familiesOfChildren(
  database: Database,
  names: ReadonlySet<string>,
  familyNameIn: (name: string) => string,
) {
  const found = await database.rows({
    name: 'own_names',
    text: `select link.child_id, split_part(person.folded, '|', 4) from gateway.link link
        join gateway.person_record person on person.agency = link.agency and person.local_id = link.person_id
        where split_part(person.folded, '|', 4) = any($1::text[])
      union select child_id, holder from gateway.parental_responsibility`,
    values: [[...names]],
  })
  const families = new Map<string, Set<string>>()
  for (const [child, name] of found) {
    const family = familyNameIn(name ?? '')
    if (child && names.has(family)) families.set(child, (families.get(child) ?? new Set()).add(family))
  }
  return families
}
