import { readFileSync } from 'node:fs'
import { entriesSince } from '../audit/entriesSince.ts'
import { normalise } from '../identity/normalise.ts'
import type { Database } from '../store/database.ts'
import { UsageFailure } from './commandFailure.ts'

/** Somebody who looked at a child that bears their family name, or whose parent or guardian does. */
export interface OwnNameLook {
  readonly subject: string
  readonly organisation: string
  readonly role: string
  readonly childId: string
  readonly day: string
}

/** Family name by the subject of a token. */
export type Staff = ReadonlyMap<string, string>

/**
 * Who works where, as their employers tell: `subject,name`, one a line. A token names no person, so that without it
 * nobody can be looked for.
 *
 * @throws UsageFailure where the file cannot be read, or a line is neither.
 */
export function readStaff(file: string): Staff {
  const lines = linesOf(file).filter((line) => line.trim() !== '' && line.trim() !== 'subject,name')
  return new Map(
    lines.map((line, at) => {
      const [subject = '', name = ''] = line.split(',')
      const family = familyIn(name)
      if (subject.trim() === '' || family === '')
        throw new UsageFailure(`${file}, line ${at + 1}: a subject and a name are wanted, with a comma between them.`)
      return [subject.trim(), family] as const
    }),
  )
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch {
    throw new UsageFailure(`${file} cannot be read.`)
  }
}

/** The last word of a name, as names are compared. */
const familyIn = (name: string): string => normalise(name).split(' ').at(-1) ?? ''

const page = { entries: 2048, bytes: 8_388_608 } as const

/** Every such look in the log, oldest first; one a day for each person and child. A common name is no finding. */
export async function ownNameLooks(database: Database, staff: Staff): Promise<readonly OwnNameLook[]> {
  const families = await familiesOfChildren(database, new Set(staff.values()))
  const looks = new Map<string, OwnNameLook>()
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
async function familiesOfChildren(database: Database, names: ReadonlySet<string>) {
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
    const family = familyIn(name ?? '')
    if (child && names.has(family)) families.set(child, (families.get(child) ?? new Set()).add(family))
  }
  return families
}
