import gateway from '../../seeds/gateway.ts'
import type { AgencySeed, SeedRow } from '../../seeds/seedRecord.ts'
import { type AgencyName, agencies, eachAgency } from '../../src/foundation/agencies.ts'

const loaded = new Map(
  await Promise.all(
    agencies.map(async (agency) => {
      const { default: seed }: { default: AgencySeed } = await import(`../../seeds/${agency}.ts`)
      return [agency, seed] as const
    }),
  ),
)

/** What every agency holds in the story cases. */
export const seeds: Readonly<Record<AgencyName, AgencySeed>> = eachAgency(
  (agency) => loaded.get(agency) ?? { records: {} },
)

/** Whose the agencies' persons are: by the gateway's own seed, or by an agency's. */
export const links = [
  // One for each holder that knows the person; here it is who is who.
  ...new Map(
    gateway.links.map(({ child, agency, person }) => [`${agency} ${person} ${child}`, { child, agency, person }]),
  ).values(),
  ...agencies.flatMap((agency) => (seeds[agency].links ?? []).map((link) => ({ ...link, agency }))),
]

/**
 * Every row of one list of one agency that a gateway link gives to the child, without those that a later one corrects.
 */
export const rowsOf = (child: string, agency: AgencyName, list: string): readonly SeedRow[] => {
  const persons = new Set(
    links.filter((link) => link.child === child && link.agency === agency).map((link) => link.person),
  )
  const rows = (seeds[agency].records[list] ?? []).filter((row) => persons.has(row.person))
  const corrected = new Set(rows.map((row) => row.supersedes))
  return rows.filter((row) => !corrected.has(row.id))
}

export const countOf = (
  child: string,
  agency: AgencyName,
  list: string,
  where: (row: SeedRow) => boolean = () => true,
): number => rowsOf(child, agency, list).filter(where).length
