import { z } from 'zod'
import { agencyTypes, isRoleName, type Purpose, purposes, type Role, type RoleLine, roleTable } from './vocabulary.ts'

/**
 * The name of a role: of the product's table, or one that a pack brings. Which there are is checked where the packs are
 * known; a name that no pack lists opens nothing.
 */
export const roleName = z.string().refine(isRoleName, 'must be a role such as SOCIAL_WORKER')

/** What a pack says of a role that the product's table has not. */
export const roleLine = z.strictObject({
  type: z.enum(agencyTypes),
  asks: z.string().refine((text): text is Purpose => (purposes as readonly string[]).includes(text)),
})

/** What of a pack says which roles there are. */
interface BringsRoles {
  readonly roles?: Readonly<Record<string, RoleLine>> | undefined
}

/** What of a pack names roles. */
interface ListsRoles extends BringsRoles {
  readonly labels: Readonly<
    Record<
      string,
      {
        readonly access: readonly { readonly roles: readonly string[] }[]
        readonly hiddenFrom: readonly string[] | 'ALL_OTHERS'
      }
    >
  >
}

/** What is known of each role under a pack, in the order of the table and then of the pack. */
export const rolesOfPack = ({ roles }: BringsRoles): ReadonlyMap<Role, RoleLine> =>
  // The keys are those of the tables.
  new Map([...Object.entries(roleTable), ...Object.entries(roles ?? {})] as [Role, RoleLine][])

/** Roles that a pack lists and that neither the product nor the pack itself has. */
export const unknownRoles = (pack: ListsRoles): readonly string[] => {
  const known: ReadonlyMap<string, RoleLine> = rolesOfPack(pack)
  const listed = Object.values(pack.labels).flatMap(({ access, hiddenFrom }) => [
    ...access.flatMap(({ roles }) => roles),
    ...(hiddenFrom === 'ALL_OTHERS' ? [] : hiddenFrom),
  ])
  return [...new Set(listed)].filter((role) => !known.has(role))
}
