import { z } from 'zod'
import { StartupError } from '../../src/foundation/errors.ts'
import { codeOf } from '../../src/foundation/jsonFile.ts'
import { textOf } from '../../src/foundation/settingFile.ts'
import { isRoleName, type Role, roles } from '../../src/policy/vocabulary.ts'
import { purposeShape } from '../session/signedInPerson.ts'

const claim = z.string().min(1).max(128)
const roleName = z.string().refine(isRoleName, 'must be a role such as SOCIAL_WORKER')

/**
 * Who signs people in, and how what the provider says becomes a person here. A provider speaks only for the
 * organisations, roles and purposes that its entry in the issuer registry lists; this file can say less and never more.
 */
const settingFile = z.strictObject({
  provider: z.strictObject({
    /** As in the issuer registry. */
    issuer: z.url(),
    name: z.string().min(1).max(80),
    clientId: z.string().min(1).max(256),
    /** A file that holds the client's secret; a public client has none. */
    clientSecretFile: z.string().optional(),
    scope: z.string().default('openid profile'),
  }),
  claims: z.strictObject({
    subject: claim.default('sub'),
    name: claim.default('name'),
    organisation: claim,
    role: claim,
  }),
  /** What the provider calls an organisation → its code in the registry. A value that is not here stands for itself. */
  organisations: z.record(z.string(), z.string()).default({}),
  /** What the provider calls a role → the role. A value that is not here stands for itself. */
  roles: z.record(z.string(), roleName).default({}),
  /** Purposes that a role may declare here; a role that is not here, all that the registry lists for it. */
  purposes: z.partialRecord(roleName, z.array(purposeShape).min(1)).default({}),
})

export type SignInSetting = z.infer<typeof settingFile>

/** @throws StartupError naming everything that is wrong with the file. */
export const readSignInSetting = (file: string): SignInSetting => {
  const read = settingFile.safeParse(parsed(file))
  if (read.success) return read.data
  throw new StartupError(
    read.error.issues.map(
      ({ path, message }) => `WORKBENCH_FILE, ${path.map(String).join('.') || 'whole'}: ${message}.`,
    ),
  )
}

/** Whom and what a setting names, each with its place, whatever else is wrong with it. */
export interface NamedInSetting {
  readonly issuer: string | null
  readonly organisations: readonly (readonly [place: string, code: string])[]
  readonly roles: readonly (readonly [place: string, role: string])[]
}

const texts = z.record(z.string(), z.string().nullable().catch(null)).catch({})
const loosely = z
  .looseObject({
    provider: z.looseObject({ issuer: z.string().nullable().catch(null) }).catch({ issuer: null }),
    organisations: texts,
    roles: texts,
    purposes: z.record(z.string(), z.unknown()).catch({}),
  })
  .catch({ provider: { issuer: null }, organisations: {}, roles: {}, purposes: {} })

export function namedIn(file: string): NamedInSetting {
  let written: unknown = null
  try {
    written = parsed(file)
  } catch {
    // Said by whoever reads the whole of it.
  }
  const { provider, organisations, roles, purposes } = loosely.parse(written)
  const placed = (name: string, of: Readonly<Record<string, string | null>>) =>
    Object.entries(of).flatMap(([key, value]) => (value === null ? [] : [[`${name}.${key}`, value] as const]))
  return {
    issuer: provider.issuer,
    organisations: placed('organisations', organisations),
    roles: [...placed('roles', roles), ...Object.keys(purposes).map((role) => [`purposes.${role}`, role] as const)],
  }
}

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(textOf(file))
  } catch (error) {
    throw new StartupError([`WORKBENCH_FILE: ${file} is no JSON${codeOf(error)}.`])
  }
}

/**
 * The first of a list of roles that is one of the product's, or that this file names; providers give one or many, and
 * groups besides. Whether the registry has it for the organisation is asked when a token is made.
 */
export const roleOf = (setting: Pick<SignInSetting, 'roles'>, value: unknown): Role | null => {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  const known = values.flatMap((each) => {
    const named = typeof each === 'string' ? setting.roles[each] : undefined
    return named ?? roles.filter((role) => role === each)
  })
  return new Set(known).size === 1 ? (known[0] ?? null) : null
}
