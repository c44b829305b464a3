import { personas } from '../../seeds/personas.ts'
import type { AgencySeed } from '../../seeds/seedRecord.ts'
import type { Persona } from '../auth/persona.ts'
import { type AgencyName, agencies } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'

/**
 * The people of the demonstration, and those whom an agency's own seed brings.
 *
 * @throws StartupError naming each that has the id of another: a token is asked for by it.
 */
export const everyPersona = async (): Promise<readonly Persona[]> => {
  const brought = await Promise.all(
    agencies.map(async (name) => {
      const { default: seed }: { default: AgencySeed } = await import(`../../seeds/${name}.ts`)
      return [name, seed.personas ?? []] as const
    }),
  )
  return withBrought(personas, brought)
}

/** Those who are there, and those of each seed. @throws StartupError as `everyPersona` does. */
export function withBrought(
  there: readonly Persona[],
  brought: readonly (readonly [AgencyName, readonly Persona[]])[],
): readonly Persona[] {
  const ids = new Set(there.map(({ id }) => id))
  const problems: string[] = []
  for (const [name, more] of brought)
    for (const { id } of more) {
      if (ids.has(id)) problems.push(`seeds/${name}.ts has a persona "${id}", and there is one. Give it another id.`)
      ids.add(id)
    }
  if (problems.length > 0) throw new StartupError(problems)
  return [...there, ...brought.flatMap(([, more]) => more)]
}
