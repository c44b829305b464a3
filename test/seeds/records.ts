import adultServices from '../../seeds/adultServices.ts'
import education from '../../seeds/education.ts'
import gateway from '../../seeds/gateway.ts'
import health from '../../seeds/health.ts'
import police from '../../seeds/police.ts'
import type { AgencySeed, SeedRow } from '../../seeds/seed.ts'
import socialCare from '../../seeds/socialCare.ts'
import type { AgencyName } from '../../src/agencies.ts'

export const seeds: Readonly<Record<AgencyName, AgencySeed>> = { health, education, police, adultServices, socialCare }

/** Every row of one list of one agency that a gateway link gives to the child. */
export const rowsOf = (child: string, agency: AgencyName, list: string): readonly SeedRow[] => {
  const persons = new Set(
    gateway.links.filter((link) => link.child === child && link.agency === agency).map((link) => link.person),
  )
  return (seeds[agency].records[list] ?? []).filter((row) => persons.has(row.person))
}

export const countOf = (
  child: string,
  agency: AgencyName,
  list: string,
  where: (row: SeedRow) => boolean = () => true,
): number => rowsOf(child, agency, list).filter(where).length
