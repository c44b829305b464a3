import type { AgencyName } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { SubjectFile } from './subjectAccess.ts'

/** Teams of an authority that keep records of children, by the end of their code, where the registry names none. */
const teams = ['CSC', 'MASH', 'ASC', 'EDU', 'YJS']

/**
 * Organisations for whose records an officer of information governance answers: those of their own controller. An
 * authority is one controller with its teams; a trust, a force or a school is one by itself. Nobody answers for
 * another's.
 */
export function organisationsOf(
  { organisation, la }: Pick<Caller, 'organisation' | 'la'>,
  registry: Registry,
): readonly string[] {
  const controller = organisation.replace(/-IG$/, '')
  if (controller !== la) return [controller]
  const named = [...registry.holders.values()].flatMap((holder) =>
    holder.la === la && holder.organisation?.startsWith(`${la}-`) ? [holder.organisation] : [],
  )
  return [...new Set([la, ...teams.map((team) => `${la}-${team}`), ...named])]
}

/** The parts of one controller's file, one for each of its organisations, as one. */
export function joinedFile(parts: readonly Omit<SubjectFile, 'messages'>[]): Omit<SubjectFile, 'messages'> {
  const sections = new Map<string, SubjectFile['sections'][number]>()
  for (const section of parts.flatMap((part) => part.sections)) {
    const key = `${section.agency} ${section.list}`
    const known = sections.get(key)
    sections.set(key, known ? { ...known, records: [...known.records, ...section.records] } : section)
  }
  const [first] = parts
  return {
    sections: [...sections.values()],
    absent: first?.absent ?? [],
    elsewhere: first?.elsewhere ?? [],
    missing: [...new Set(parts.flatMap((part) => part.missing))],
  }
}

/** Whom to ask for each kind of agency's records: said for every kind and every child alike. */
export const elsewhere = (
  agencies: readonly AgencyName[],
  contracts: Readonly<Record<AgencyName, { readonly agency: string }>>,
  registry: Pick<Registry, 'contacts'>,
): SubjectFile['elsewhere'] =>
  agencies.map((agency) => ({ agency: contracts[agency].agency, contact: registry.contacts[agency] ?? null }))
