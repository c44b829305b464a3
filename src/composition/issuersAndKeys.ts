import { challengeHeaders } from '../auth/challenge.ts'
import { databaseDenylist } from '../auth/denylist.ts'
import { proofNonces } from '../auth/dpopNonce.ts'
import { createKeyRing, withOwnKey } from '../auth/issuerKeys.ts'
import type { RegisteredOrganisation } from '../auth/issuers.ts'
import { sharedReplayStore } from '../auth/replayStore.ts'
import { retiredKeys } from '../auth/retiredKeys.ts'
import { publishedKeys, type SigningKey, signingKey } from '../auth/signingKeys.ts'
import { createVerifier, type Verifier } from '../auth/verifyToken.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import { addressesOf, type Issuers, identityOf, openIssuers } from './issuers.ts'
import { refuseLostKeys } from './refuseLostKeys.ts'
import type { Start } from './startContext.ts'
import type { OpenedStores } from './stores.ts'
import { openWorkbenchTrust, type WorkbenchTrust } from './workbenchIssuer.ts'

export interface OpenedTrust {
  /** The gateway as what it signs names it. */
  readonly identity: string
  readonly signer: GrantSigner
  readonly transferKey: SigningKey
  readonly auditKey: SigningKey
  readonly issuer: Issuers['issuer']
  readonly authenticate: Verifier
  /** An organisation that some issuer speaks for, by its code. */
  readonly organisationOf: (code: string) => RegisteredOrganisation | null
  /** All that some issuer speaks for. */
  readonly organisations: () => readonly RegisteredOrganisation[]
  readonly challenge: () => Readonly<Record<string, string>>
  readonly jwks: () => object
  /** Null where no pages are served. */
  readonly workbench: WorkbenchTrust | null
}

/**
 * Whose word is believed, and with what this gateway gives its own: issuers, the denylist, proofs, and signing keys.
 */
export async function openTrust({ config, clock, reloading }: Start, opened: OpenedStores): Promise<OpenedTrust> {
  const { stores, registerVersions, isWatching } = opened
  await refuseLostKeys(config.keysDir, stores.gateway)
  const mayCreate = !config.production
  const [grantKey, transferKey, auditKey] = await Promise.all([
    signingKey(config.keysDir, 'grant', { mayCreate }),
    signingKey(config.keysDir, 'transfer', { mayCreate }),
    signingKey(config.keysDir, 'audit', { mayCreate }),
  ])
  const keys = publishedKeys({ grant: grantKey, transfer: transferKey, audit: auditKey })
  // A grant lives for less than a minute: only of transfers are there any that an earlier key signed.
  const retired = (await retiredKeys(config.keysDir, 'transfer')).map((key) => ({ ...key, purpose: 'transfer' }))
  const identity = identityOf(config)
  const { registry, again, issuer } = await openIssuers(config)
  const workbench = await openWorkbenchTrust(config, registry, identity)
  const withWorkbench = (issuers: typeof registry): typeof registry =>
    workbench ? new Map([...issuers, [workbench.entry.issuer, workbench.entry]]) : issuers
  const denylist = databaseDenylist(stores.gateway, isWatching ? registerVersions : null)
  const replay = sharedReplayStore(stores.gateway)
  const nonces = config.dpopNonceSecret === null ? null : proofNonces(config.dpopNonceSecret)
  const verifierOf = (issuers: typeof registry): Verifier =>
    createVerifier({
      registry: withWorkbench(issuers),
      ...(workbench && {
        keys: withOwnKey(createKeyRing(clock), workbench.entry.issuer, workbench.key.kid, workbench.trusted),
      }),
      audience: config.audience,
      clock,
      addresses: addressesOf(config),
      denylist,
      replay,
      ...(nonces ? { nonces } : {}),
    })
  let verifier = verifierOf(registry)
  let organisations = organisationsIn(registry)
  reloading.add(() => {
    const issuers = again()
    // With its caches: a token that was believed a moment ago is looked at again.
    const next = verifierOf(issuers)
    return () => {
      verifier = next
      organisations = organisationsIn(issuers)
    }
  })
  return {
    identity,
    signer: { issuer: identity, kid: grantKey.kid, key: grantKey.privateKey, clock },
    transferKey,
    auditKey,
    issuer,
    authenticate: (...presented) => verifier(...presented),
    organisationOf: (code) => organisations.get(code) ?? null,
    organisations: () => [...organisations.values()],
    challenge: () => challengeHeaders(nonces, clock.now()),
    workbench,
    jwks: () => ({ keys: [...keys, ...retired] }),
  }
}

const organisationsIn = (issuers: Issuers['registry']): ReadonlyMap<string, RegisteredOrganisation> =>
  new Map(
    [...issuers.values()]
      .flatMap((entry) => entry.organisations)
      .map((organisation) => [organisation.code, organisation]),
  )
