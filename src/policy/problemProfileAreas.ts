import { z } from 'zod'
import type { Registry } from '../foundation/registry.ts'

/** What a pack says of problem profiles: the areas that are told apart, each of some authorities. */
export const profileSchema = z.strictObject({
  areas: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)),
})

/** Areas by name. */
export interface Areas {
  readonly names: readonly string[]
  /** The area of an authority; null for none, or one that no area holds. */
  readonly nameOf: (la: string | null) => string | null
}

/** The pack's areas; where it names none, each authority of the registry is one. */
export function areasOf(
  { profile }: { readonly profile?: z.infer<typeof profileSchema> | undefined },
  { authorities }: Pick<Registry, 'authorities'>,
): Areas {
  const said = profile ? Object.entries(profile.areas) : [...authorities.keys()].map((la) => [la, [la]] as const)
  const byAuthority = new Map(said.flatMap(([name, las]) => las.map((la) => [la, name] as const)))
  return {
    names: said.map(([name]) => name),
    nameOf: (la) => (la === null ? null : (byAuthority.get(la) ?? null)),
  }
}
