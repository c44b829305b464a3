import type { SignInSetting } from '../../web/signIn/setting.ts'
import type { IssuerEntry, IssuerRegistry } from '../auth/issuers.ts'
import { checkJwk, type TrustedKey } from '../auth/jwk.ts'
import { type SigningKey, signingKey } from '../auth/signingKeys.ts'
import type { Config } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'
import { checkIssuers, hereOf } from './issuers.ts'

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

/** @throws StartupError where the file is wrong, or its provider is not registered. */
export async function checkWorkbench(config: Config): Promise<void> {
  const providers = checkIssuers(config)
  if (config.workbench?.file && providers) await signingIn(config.workbench.file, providers)
}

async function signingIn(file: string | null, providers: IssuerRegistry) {
  const setting = file ? (await import('../../web/signIn/setting.ts')).readSignInSetting(file) : null
  const provider = setting
    ? providers.get(setting.provider.issuer)
    : [...providers.values()].find(({ development }) => development)
  if (provider) return { setting, provider }
  throw new StartupError([
    `WORKBENCH_FILE: the provider ${setting?.provider.issuer ?? ''} is not in the issuer registry, which says whom it may speak for.`,
  ])
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
