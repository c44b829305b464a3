import type { RequestListener } from 'node:http'
import { createDevelopmentIssuer } from '../auth/developmentIssuer.ts'
import {
  type IssuerBounds,
  type IssuerRegistry,
  issuerRegistry,
  type NamedIssuer,
  namedIssuers,
} from '../auth/issuers.ts'
import type { Config } from '../foundation/config.ts'
import { readDataFile } from '../foundation/dataFile.ts'
import { StartupError } from '../foundation/errors.ts'
import { isInstalled, leftOut } from '../foundation/installedPackage.ts'
import { isLoopback } from '../foundation/localAddresses.ts'
import type { Registry } from '../foundation/registry.ts'
import { registryFrom, UnreadRegistry } from '../foundation/registryFile.ts'
import { packsOf } from '../policy/packInForce.ts'
import { rolesOfPack } from '../policy/roleNames.ts'

export interface Issuers {
  readonly registry: IssuerRegistry
  /** Reads them again. @throws StartupError where the file is wrong. */
  readonly again: () => IssuerRegistry
  /** The development issuer, to be served under `/issuer/`; null where issuers are registered by file. */
  readonly issuer: { readonly callback: RequestListener } | null
}

/** The gateway as its grants, transfers and checkpoints name it. */
export const identityOf = (config: Config): string => config.publicUrl ?? `wholeview:${new URL(config.audience).host}`

/**
 * Addresses at which callers ask, for the proofs that they sign. Behind a proxy the public one alone, never what a
 * `Host` header says; on loopback the names of this machine.
 */
export function addressesOf({ publicUrl, host, port, tls }: Config): string[] {
  if (publicUrl !== null) return [`${publicUrl}/graphql`]
  const names = new Set([
    '127.0.0.1',
    'localhost',
    '[::1]',
    ...(host === '0.0.0.0' || host === '::' ? [] : [host.includes(':') ? `[${host}]` : host]),
  ])
  return [...names].map((name) => `${tls ? 'https' : 'http'}://${name}:${port}/graphql`)
}

/**
 * Before anything is opened. @throws StartupError where the demonstration is to run and its issuer is not installed.
 */
export function requireIssuer({ demonstration, host, tls }: Pick<Config, 'demonstration' | 'host' | 'tls'>): void {
  if (!demonstration) return
  if (!tls && !isLoopback(host) && host !== '0.0.0.0' && host !== '::')
    throw new StartupError([
      "HOST: the demonstration's token issuer is reached on loopback. Listen on 127.0.0.1, on 0.0.0.0, or with TLS.",
    ])
  if (isInstalled('oidc-provider')) return
  throw new StartupError([
    `The demonstration has a token issuer of its own. ${leftOut('oidc-provider')}`,
    'To run without the demonstration, name your own issuers in ISSUERS_FILE.',
  ])
}

/** Issuers of access tokens: those of the registry file, and in the demonstration one of our own beside them. */
export async function openIssuers(config: Config): Promise<Issuers> {
  const registered = (): unknown[] => readIssuers(config)
  const registryWith = (own: readonly unknown[]): IssuerRegistry =>
    issuerRegistry([...registered(), ...own], boundsOf(config))
  if (!config.demonstration) return { registry: registryWith([]), again: () => registryWith([]), issuer: null }
  const { everyPersona } = await import('./everyPersona.ts')
  const issuer = await createDevelopmentIssuer({
    // Reached on loopback even when the gateway listens elsewhere: plain HTTP is trusted nowhere else.
    issuerUrl: `${hereOf(config)}/issuer`,
    keysFolder: config.keysDir,
    personas: await everyPersona(),
    production: config.production,
    audience: config.audience,
  })
  const again = () => registryWith([issuer.registryEntry])
  return { registry: again(), again, issuer }
}

/** Roles of the product, and of every pack that may come into force. */
export const rolesKnown = (config: Config): readonly string[] =>
  packsOf(config).flatMap((pack) => [...rolesOfPack(pack).keys()])

/** Issuers that the file names, whatever else is wrong with it; none where it cannot be read. */
export function issuersNamed(config: Config): readonly NamedIssuer[] {
  try {
    return namedIssuers(readIssuers(config))
  } catch (error) {
    if (error instanceof StartupError) return []
    throw error
  }
}

const boundsOf = (config: Config): IssuerBounds => ({
  production: config.production,
  known: rolesKnown(config),
  registry: registryBeside(config),
})

/** The registry of the same partnership, as far as it can be read: what is wrong with it is said of itself. */
function registryBeside({ registryFile }: Config): Registry | null {
  if (registryFile === null) return null
  try {
    return registryFrom(registryFile)
  } catch (error) {
    if (error instanceof UnreadRegistry) return error.rest
    if (error instanceof StartupError) return null
    throw error
  }
}

const readIssuers = ({ issuersFile }: Config): unknown[] =>
  issuersFile === null ? [] : entriesOf(readDataFile('ISSUERS_FILE', issuersFile))

/**
 * Those of the file; null where none is named.
 *
 * @throws StartupError naming all that is wrong with it.
 */
export const checkIssuers = (config: Config): IssuerRegistry | null =>
  config.issuersFile === null ? null : issuerRegistry(readIssuers(config), boundsOf(config))

/** Where this gateway is reached from its own machine. */
export const hereOf = ({ tls, host, port }: Config): string =>
  `${tls ? 'https' : 'http'}://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`

/** What is not a list is left for the registry to refuse by name. */
const entriesOf = (data: unknown): unknown[] => (Array.isArray(data) ? data : [data])
