import { z } from 'zod'
import type { Pack } from './pack.ts'
import { agencyTypes, type Purpose, purposes, type Role, type RoleLine, roleTable } from './vocabulary.ts'

/**
 * The name of a role: of the product's table, or one that a pack brings. Which there are is checked where the packs are
 * known; a name that no pack lists opens nothing.
 */
export const roleName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,63}$/, 'must be a role such as SOCIAL_WORKER')
  .refine((name): name is Role => name.length > 0)

/** What a pack says of a role that the product's table has not. */
export const roleLine = z.strictObject({
  type: z.enum(agencyTypes),
  asks: z.string().refine((text): text is Purpose => (purposes as readonly string[]).includes(text)),
})

/** What is known of each role under a pack, in the order of the table and then of the pack. */
export const rolesOfPack = ({ roles }: Pick<Pack, 'roles'>): ReadonlyMap<Role, RoleLine> =>
  // The keys are those of the tables.
  new Map([...Object.entries(roleTable), ...Object.entries(roles ?? {})] as [Role, RoleLine][])

/** Roles that a pack lists or brings, each of which must be known under it. */
export const unknownRoles = (pack: Pick<Pack, 'roles' | 'labels'>): readonly string[] => {
  const known: ReadonlyMap<string, RoleLine> = rolesOfPack(pack)
  const listed = Object.values(pack.labels).flatMap(({ access, hiddenFrom }) => [
    ...access.flatMap(({ roles }) => roles),
    ...(hiddenFrom === 'ALL_OTHERS' ? [] : hiddenFrom),
  ])
  return [...new Set(listed)].filter((role) => !known.has(role))
}
