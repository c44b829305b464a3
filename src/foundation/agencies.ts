/**
 * The agencies that this gateway joins, by name. The name is the word used in the schema, the resolvers, the sources
 * and the seeds: `schema/<name>.graphql`, `resolvers/<name>.ts`, `src/sources/<name>.ts`, `seeds/<name>.ts`, and the
 * field `Child.<name>`. To add an agency, add those four files and its name here.
 */
export const agencies = [
  'health',
  'education',
  'police',
  'adultServices',
  'socialCare',
  // A line for each: whoever adds an agency adds one.
] as const

export type AgencyName = (typeof agencies)[number]

/**
 * The agency that leads: its record decides status and responsibility. Working Together, chapter on multi-agency
 * safeguarding.
 */
export const leadAgency = 'socialCare' satisfies AgencyName

/** `adultServices` → `adult_services`: the PostgreSQL schema of an agency. */
export const schemaName = (agency: string): string => agency.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** `adultServices` → `ADULT_SERVICES`: the prefix of an agency's environment variables. */
export const environmentPrefix = (agency: string): string => schemaName(agency).toUpperCase()

/** One value for every agency, by name. */
export const eachAgency = <T>(make: (agency: AgencyName) => T): Record<AgencyName, T> => {
  const values: Partial<Record<AgencyName, T>> = {}
  for (const agency of agencies) values[agency] = make(agency)
  // Every name was given a value just here.
  return values as Record<AgencyName, T>
}

/** Port on which a subgraph listens unless told otherwise: the core, then each agency in order. */
export const subgraphPort = (name: AgencyName | 'core'): number =>
  name === 'core' ? 4100 : 4101 + agencies.indexOf(name)
