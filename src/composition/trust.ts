import { challengeHeaders } from '../auth/challenge.ts'
import { databaseDenylist } from '../auth/denylist.ts'
import { proofNonces } from '../auth/dpopNonce.ts'
import { createKeyRing, withOwnKey } from '../auth/keys.ts'
import { sharedReplayStore } from '../auth/replay.ts'
import { publishedKeys, type SigningKey, signingKey } from '../auth/signingKeys.ts'
import { createVerifier, type Verifier } from '../auth/verify.ts'
import type { GrantSigner } from '../federation/grantToken.ts'
import { addressesOf, type Issuers, identityOf, openIssuers } from './issuers.ts'
import { refuseLostKeys } from './lostKeys.ts'
import type { Start } from './start.ts'
import type { OpenedStores } from './stores.ts'
import { openWorkbenchTrust, type WorkbenchTrust } from './workbenchTrust.ts'

export interface OpenedTrust {
  /** The gateway as what it signs names it. */
  readonly identity: string
  readonly signer: GrantSigner
  readonly transferKey: SigningKey
  readonly auditKey: SigningKey
  readonly issuer: Issuers['issuer']
  readonly authenticate: Verifier
  readonly challenge: () => Readonly<Record<string, string>>
  readonly jwks: () => object
  /** Null where no pages are served. */
  readonly workbench: WorkbenchTrust | null
}

/** Whose word is believed, and with what this gateway gives its own: issuers, the denylist, proofs, and signing keys. */
export async function openTrust({ config, clock }: Start, opened: OpenedStores): Promise<OpenedTrust> {
  const { stores, registerVersions, isWatching } = opened
  await refuseLostKeys(config.keysDir, stores.gateway)
  const mayCreate = !config.production
  const [grantKey, transferKey, auditKey] = await Promise.all([
    signingKey(config.keysDir, 'grant', { mayCreate }),
    signingKey(config.keysDir, 'transfer', { mayCreate }),
    signingKey(config.keysDir, 'audit', { mayCreate }),
  ])
  const keys = publishedKeys({ grant: grantKey, transfer: transferKey, audit: auditKey })
  const identity = identityOf(config)
  const { registry: registered, issuer } = await openIssuers(config)
  const workbench = await openWorkbenchTrust(config, registered, identity)
  const registry = workbench ? new Map([...registered, [workbench.entry.issuer, workbench.entry]]) : registered
  const nonces = config.dpopNonceSecret === null ? null : proofNonces(config.dpopNonceSecret)
  return {
    identity,
    signer: { issuer: identity, kid: grantKey.kid, key: grantKey.privateKey, clock },
    transferKey,
    auditKey,
    issuer,
    authenticate: createVerifier({
      registry,
      ...(workbench && {
        keys: withOwnKey(createKeyRing(clock), workbench.entry.issuer, workbench.key.kid, workbench.trusted),
      }),
      audience: config.audience,
      clock,
      addresses: addressesOf(config),
      denylist: databaseDenylist(stores.gateway, isWatching ? registerVersions : null),
      replay: sharedReplayStore(stores.gateway),
      ...(nonces ? { nonces } : {}),
    }),
    challenge: () => challengeHeaders(nonces, clock.now()),
    workbench,
    jwks: () => ({ keys }),
  }
}
