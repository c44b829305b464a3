import { exportJWK, generateKeyPair } from 'jose'
import type { GrantSigner } from '../../../src/federation/grantToken.ts'
import { proofHeader, signSenderProof } from '../../../src/federation/senderProof.ts'
import type { AgencyName } from '../../../src/foundation/agencies.ts'
import type { Clock } from '../../../src/foundation/clock.ts'
import type { Grant } from '../../../src/policy/grant.ts'
import { maskOf } from '../../../src/policy/labels.ts'

export const gatewayIssuer = 'https://gateway.example'

/** A clock that stands still, and can be moved. */
export const frozenClock = (at = '2026-11-20T23:59:59Z') => {
  let now = new Date(at)
  const clock: Clock = { now: () => new Date(now), today: () => new Date(now) }
  return {
    clock,
    forward: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
  }
}

/** The router of these tests, by the secret that it shares with agencies. */
export const routerSecret = 'a secret of a router and its agencies'

export interface TestGateway {
  readonly signer: GrantSigner
  readonly jwks: { readonly keys: readonly object[] }
  /** Headers that prove that this gateway sends a body to an agency. */
  proven(agency: string, url: URL, body: string): Promise<Record<string, string>>
}

export const testGateway = async (clock: Clock): Promise<TestGateway> => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const kid = 'gateway-1'
  const signer = { issuer: gatewayIssuer, kid, key: privateKey, clock }
  return {
    signer,
    proven: async (agency, url, body) => ({
      [proofHeader]: await signSenderProof({ agency, url, body }, signer),
    }),
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig', purpose: 'grant' }] },
  }
}

export const grantFor = (agency: AgencyName, childId: string, changes: Partial<Grant> = {}): Grant => ({
  agency,
  childId,
  persons: [`${agency}-${childId}`],
  headline: maskOf(['CORE_IDENTITY', 'POLICE_RECORD', 'SOCIAL_CARE']),
  content: maskOf(['CORE_IDENTITY', 'POLICE_RECORD', 'SOCIAL_CARE']),
  redact: maskOf(['THIRD_PARTY']),
  own: null,
  rows: { ncnd: false, conditions: true, undecided: false, notRelevant: false },
  places: 'ALL',
  names: 'ADULTS',
  pseudonymKey: 'key-of-a-test',
  heldRecords: ['held-1'],
  withheld: [
    {
      label: 'POLICE_INTELLIGENCE',
      level: 'HEADLINE',
      reason: 'W_ROLE',
      rule: 'police.intelligence',
      requestable: true,
    },
  ],
  organisation: 'LA2-MASH',
  callerType: 'MASH',
  keeper: null,
  asOf: '2026-11-20T23:59:59Z',
  ...changes,
})
