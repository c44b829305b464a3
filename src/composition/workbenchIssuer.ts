import type { NamedInSetting, SignInSetting } from '../../web/signIn/setting.ts'
import type { IssuerEntry, IssuerRegistry, NamedIssuer } from '../auth/issuers.ts'
import { checkJwk, type TrustedKey } from '../auth/jwk.ts'
import { type SigningKey, signingKey } from '../auth/signingKeys.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { hereOf, issuersNamed, rolesKnown } from './issuers.ts'

/** What the workbench signs with, and within which bounds it is believed. */
export interface WorkbenchTrust {
  /** Its own entry: no more than its provider's, and bound to its own key. */
  readonly entry: IssuerEntry
  readonly key: SigningKey
  readonly trusted: TrustedKey
  /** The registry as it was read: what providers may say. */
  readonly providers: IssuerRegistry
  /** Null in the demonstration: a page of personas. */
  readonly setting: SignInSetting | null
  /** The entry in whose bounds people are signed in. */
  readonly provider: string
  /** Where people reach the gateway. */
  readonly origin: string
}

const tokenLifetime = 300

/**
 * Whatever else is wrong, with that file or with the issuers.
 *
 * @throws StartupError where the file is wrong, its provider is not registered, or it names whom that does not speak
 *   for.
 */
export async function checkWorkbench(config: Config): Promise<void> {
  const file = config.workbench?.file
  if (!file) return
  const { readSignInSetting, namedIn } = await import('../../web/signIn/setting.ts')
  const problems = [...problemsOf(() => readSignInSetting(file))]
  const named = namedIn(file)
  const providers = providersOf(config)
  const provider = providers?.find(({ issuer }) => issuer === named.issuer)
  if (providers && named.issuer !== null && !provider) problems.push(unregistered(named.issuer))
  if (provider) problems.push(...beyond(named, provider))
  problems.push(...unknownRoles(named, rolesKnown(config)))
  if (problems.length > 0) throw new StartupError([...new Set(problems)])
}

const unregistered = (issuer: string): string =>
  `WORKBENCH_FILE: the provider ${issuer} is not in the issuer registry, which says whom it may speak for.`

/** Organisations for which the provider may not speak: nobody would ever be let in by them. */
const beyond = (named: NamedInSetting, { organisations }: NamedIssuer): readonly string[] =>
  named.organisations
    .filter(([, code]) => organisations.every((each) => each.code !== code))
    .map(([place, code]) => `WORKBENCH_FILE, ${place}: the provider does not speak for ${code}.`)

const unknownRoles = ({ roles }: NamedInSetting, known: readonly string[]): readonly string[] =>
  roles
    .filter(([, role]) => !known.includes(role))
    .map(
      ([place, role]) =>
        `WORKBENCH_FILE, ${place}: ${role} is no role of the product or of a pack that may be in force.`,
    )

/** Those that the file of issuers names, as far as it can be read; null where nothing of it can. */
function providersOf(config: Config): readonly NamedIssuer[] | null {
  const named = issuersNamed(config)
  return named.length > 0 ? named : null
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof StartupError) return error.problems
    throw error
  }
}

async function signingIn(file: string | null, providers: IssuerRegistry) {
  const setting = file ? (await import('../../web/signIn/setting.ts')).readSignInSetting(file) : null
  const provider = setting
    ? providers.get(setting.provider.issuer)
    : [...providers.values()].find(({ development }) => development)
  if (provider) return { setting, provider }
  throw new StartupError([unregistered(setting?.provider.issuer ?? '')])
}

/** @throws StartupError as `checkWorkbench` does. */
export async function openWorkbenchTrust(
  config: Config,
  providers: IssuerRegistry,
  identity: string,
): Promise<WorkbenchTrust | null> {
  if (!config.workbench) return null
  const { setting, provider } = await signingIn(config.workbench.file, providers)
  const key = await signingKey(config.keysDir, 'workbench', { mayCreate: !config.production })
  const checked = await checkJwk({ ...key.publicJwk })
  if (!checked.ok) throw new StartupError([`The key of the workbench cannot be used: ${checked.reason}.`])
  const origin = config.publicUrl ?? hereOf(config)
  const entry: IssuerEntry = {
    issuer: `${identity}/workbench`,
    jwksUri: `${origin}/workbench/jwks.json`,
    algorithms: ['EdDSA'],
    audience: provider.audience ?? config.audience,
    maxLifetimeSeconds: tokenLifetime,
    senderConstraint: 'dpop',
    organisations: provider.organisations,
    ...(provider.development ? { development: true } : {}),
  }
  return { entry, key, trusted: checked.key, providers, setting, provider: provider.issuer, origin }
}
