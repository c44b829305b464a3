import { z } from 'zod'
import { StartupError } from '../foundation/errors.ts'
import { isPrivateUrl } from '../foundation/localAddresses.ts'
import type { Registry } from '../foundation/registry.ts'
import { roleName } from '../policy/roleNames.ts'
import { agencyTypes, type Purpose, purposes, roles } from '../policy/vocabulary.ts'
import { senderConstraints } from './confirmationClaim.ts'

/**
 * Algorithms that an issuer may be registered with. RSA PKCS #1 v1.5 and every shared-secret algorithm are left out on
 * purpose.
 */
export const algorithms = ['ES256', 'EdDSA', 'Ed25519', 'PS256'] as const
export type Algorithm = (typeof algorithms)[number]

/** Longest life of an access token, in seconds, that any issuer may be given. */
export const longestLifetime = 600

const pinnedUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username || url.password || url.hash) return false
  return isPrivateUrl(text)
}, 'must be an https URL, or http on loopback, without credentials or fragment')

const code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/, 'must be an organisation code such as LA2-CSC')

/** `purposes` is made of the keys of one table; zod wants it as a tuple that is not empty. */
const purpose = z.string().refine((text): text is Purpose => (purposes as readonly string[]).includes(text), {
  error: 'must be a purpose of the vocabulary',
})

const unique = <Item>(name: string, key: (item: Item) => string) => ({
  check: (items: readonly Item[]) => new Set(items.map(key)).size === items.length,
  error: `${name} must not repeat`,
})
const oncePerRole = unique<{ role: string }>('roles', (grant) => grant.role)
const oncePerCode = unique<{ code: string }>('organisation codes', (organisation) => organisation.code)
const oncePerIssuer = unique<{ issuer: string }>('issuers', (entry) => entry.issuer)

const roleGrant = z.strictObject({
  role: roleName,
  purposes: z.array(purpose).min(1, 'must name at least one purpose'),
})

const organisation = z.strictObject({
  code,
  agencyType: z.enum(agencyTypes),
  la: z.string().min(1).max(16).nullable(),
  force: z.string().min(1).max(16).nullable(),
  roles: z.array(roleGrant).min(1, 'must name at least one role').refine(oncePerRole.check, oncePerRole.error),
})

const entry = z.strictObject({
  issuer: z.string().min(1).max(256),
  jwksUri: pinnedUrl,
  algorithms: z.array(z.enum(algorithms)).min(1, `must name at least one of ${algorithms.join(', ')}`),
  audience: z.string().min(1).max(256).optional(),
  maxLifetimeSeconds: z.int().min(1).max(longestLifetime),
  development: z.boolean().optional(),
  /** What its tokens must be bound to; `none` when left out. A token that is bound must always be proven. */
  senderConstraint: z.enum(senderConstraints).optional(),
  organisations: z
    .array(organisation)
    .min(1, 'must name at least one organisation')
    .refine(oncePerCode.check, oncePerCode.error),
})

/** The registry of issuers, as it is written. */
export const issuersShape = z
  .array(entry)
  .min(1, 'names no issuer. Name who signs the tokens of your people: docs/operations.md, under Tokens')
  .refine(oncePerIssuer.check, oncePerIssuer.error)

/**
 * What one issuer may say. Its signature proves who wrote a token; this entry says which organisations, roles and
 * purposes that writer may assert. Without it any registered issuer could mint a caller of any authority.
 */
export type IssuerEntry = z.infer<typeof entry>
export type RegisteredOrganisation = IssuerEntry['organisations'][number]
export type IssuerRegistry = ReadonlyMap<string, IssuerEntry>

export interface IssuerBounds {
  readonly production: boolean
  /** Roles that there are. */
  readonly known?: readonly string[]
  /** What authorities and forces there are, and whose the organisations are; null: nothing is held to it. */
  readonly registry?: Pick<Registry, 'authorities' | 'forces' | 'holders'> | null
}

/**
 * Reads the registry and refuses to start, with every problem at once, when it is not whole. A development issuer has
 * no place in production.
 */
export const issuerRegistry = (
  data: unknown,
  { production, known = roles, registry = null }: IssuerBounds,
): IssuerRegistry => {
  const read = issuersShape.safeParse(data)
  const problems = [
    ...(read.success ? [] : read.error.issues.map(sentenceOf)),
    ...unknownRoles(data, known),
    ...(registry ? unknownPlaces(data, registry) : []),
    ...(production ? developmentIssuers(data) : []),
  ]
  if (!read.success || problems.length > 0) throw new StartupError(problems)
  return new Map(read.data.map((issuer) => [issuer.issuer, issuer]))
}

/** Of a registry whatever else is wrong with it: a list that is none is as if nothing stood in it. */
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item.nullable().catch(null)).catch([])
const loosely = listOf(
  z.looseObject({
    issuer: z.string().catch('without a name'),
    development: z.unknown().optional(),
    organisations: listOf(
      z.looseObject({
        ...{
          code: z.string().catch(''),
          la: z.string().nullable().catch(null),
          force: z.string().nullable().catch(null),
        },
        roles: listOf(z.looseObject({ role: roleName })),
      }),
    ),
  }),
)

/** An issuer as far as it can be read: for what is said of it elsewhere. */
export interface NamedIssuer {
  readonly issuer: string
  readonly organisations: readonly { readonly code: string }[]
}

/** Issuers that a registry names, whatever is wrong with it. */
export const namedIssuers = (data: unknown): readonly NamedIssuer[] =>
  loosely.parse(data).flatMap((entry) =>
    entry === null
      ? []
      : {
          issuer: entry.issuer,
          organisations: entry.organisations.flatMap((each) => (each === null ? [] : { code: each.code })),
        },
  )

const unknownRoles = (data: unknown, known: readonly string[]): readonly string[] =>
  loosely
    .parse(data)
    .flatMap((entry, issuer) =>
      (entry?.organisations ?? []).flatMap((organisation, at) =>
        (organisation?.roles ?? []).flatMap((held, place) =>
          held === null || known.includes(held.role)
            ? []
            : [
                `ISSUERS_FILE, ${issuer}.organisations.${at}.roles.${place}.role: ${held.role} is no role of the product or of a pack that may be in force.`,
              ],
        ),
      ),
    )

/** Who is of an authority or a force that there is not would be of none, and a colleague of nobody. */
const unknownPlaces = (data: unknown, { authorities, forces, holders }: NonNullable<IssuerBounds['registry']>) =>
  loosely.parse(data).flatMap((entry, issuer) =>
    (entry?.development === true ? [] : (entry?.organisations ?? [])).flatMap((organisation, at): string[] => {
      if (!organisation) return []
      const { code, la, force } = organisation
      const place = `ISSUERS_FILE, ${issuer}.organisations.${at}`
      const holder = [...holders.values()].find((one) => one.organisation === code && one.la !== null)
      return [
        ...(la === null || authorities.has(la) ? [] : [`${place}.la: ${la} is no authority of the registry.`]),
        ...(force === null || forces.has(force) ? [] : [`${place}.force: ${force} is no force of the registry.`]),
        ...(holder && la !== null && authorities.has(la) && la !== holder.la
          ? [`${place}.la: ${code} is of ${holder.la} in the registry, and of ${la} here.`]
          : []),
      ]
    }),
  )

const developmentIssuers = (data: unknown): readonly string[] =>
  loosely
    .parse(data)
    .flatMap((entry) =>
      entry?.development === true
        ? [
            `The issuer ${entry.issuer} is a development issuer, which production refuses. Remove it from the issuer registry.`,
          ]
        : [],
    )

const sentenceOf = (issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string =>
  issue.path.length === 0
    ? `ISSUERS_FILE ${issue.message.replace(/\.$/, '')}.`
    : `ISSUERS_FILE, ${issue.path.map(String).join('.')}: ${issue.message.replace(/\.$/, '')}.`
