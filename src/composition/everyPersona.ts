import { personas } from '../../seeds/personas.ts'
import type { AgencySeed } from '../../seeds/seed.ts'
import type { Persona } from '../auth/persona.ts'
import { agencies } from '../foundation/agencies.ts'

/** The people of the demonstration, and those whom an agency's own seed brings. */
export const everyPersona = async (): Promise<readonly Persona[]> => {
  const brought = await Promise.all(
    agencies.map(async (name) => {
      const { default: seed }: { default: AgencySeed } = await import(`../../seeds/${name}.ts`)
      return seed.personas ?? []
    }),
  )
  return [...personas, ...brought.flat()]
}
